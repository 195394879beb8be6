using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Fills objects from rows: which columns that takes, and how.</summary>
internal sealed class RowToObject<TRow>
    where TRow : class
{
    private readonly List<(MemberColumn Member, DataViewSchema.Column Column)> _pairs = [];

    /// <summary>Matches members and columns by name, and checks the types.</summary>
    public RowToObject(DataViewSchema schema, bool ignoreMissingColumns)
    {
        foreach (var member in MemberColumn.Of(typeof(TRow), write: true))
        {
            if (schema.GetColumnOrNull(member.Name) is not { } column)
            {
                Check.Param(ignoreMissingColumns, nameof(schema), $"Column '{member.Name}' not found in the data view");
                continue;
            }
            Check.That(
                column.Type.RawType == member.Type.RawType,
                $"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Member.Name}' of type '{member.MemberType.FullName}'.");
            _pairs.Add((member, column));
        }
    }

    public IEnumerable<DataViewSchema.Column> Columns => _pairs.Select(p => p.Column);

    /// <summary>The action that copies the current row into an object.</summary>
    public Action<TRow> Bind(DataViewRow row)
    {
        var setters = _pairs.Select(p => Setter(row, p.Member, p.Column)).ToArray();
        return target =>
        {
            foreach (var set in setters)
                set(target);
        };
    }

    private static Action<TRow> Setter(DataViewRow row, MemberColumn member, DataViewSchema.Column column)
    {
        if (member.MemberType == typeof(string))
            return Mapped<ReadOnlyMemory<char>, string>(row, member, column, text => text.ToString());
        return member.MemberType.IsArray
            ? Generic.Call<Action<TRow>>(Array<int>, [member.MemberType.GetElementType()], row, member, column)
            : Generic.Call<Action<TRow>>(Direct<int>, [member.MemberType], row, member, column);
    }

    private static Action<TRow> Direct<T>(DataViewRow row, MemberColumn member, DataViewSchema.Column column) =>
        Mapped<T, T>(row, member, column, value => value);

    private static Action<TRow> Array<T>(DataViewRow row, MemberColumn member, DataViewSchema.Column column) =>
        Mapped<VBuffer<T>, T[]>(row, member, column, vector => [.. vector.DenseValues()]);

    private static Action<TRow> Mapped<T, TMember>(DataViewRow row, MemberColumn member, DataViewSchema.Column column, Func<T, TMember> map)
    {
        var get = row.GetGetter<T>(column);
        var write = member.Writer<TRow, TMember>();
        T value = default;
        return target =>
        {
            get(ref value);
            write(target, map(value));
        };
    }
}
