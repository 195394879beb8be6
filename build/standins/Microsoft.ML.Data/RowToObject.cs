using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Fills objects from rows: which columns that takes, and how.</summary>
internal sealed class RowToObject<TRow>
    where TRow : class
{
    private readonly List<(SchemaDefinition.Column Member, DataViewSchema.Column Column)> _pairs = [];

    /// <summary>Matches members and columns by name, and checks the types.</summary>
    public RowToObject(DataViewSchema schema, SchemaDefinition definition, bool ignoreMissingColumns)
    {
        foreach (var member in SchemaDefinition.OrCreate<TRow>(definition, SchemaDefinition.Direction.Write))
        {
            if (!MemberTypes.CanWrite(member.Member))
                continue;
            if (schema.GetColumnOrNull(member.ColumnName) is not { } column)
            {
                Check.Param(ignoreMissingColumns, nameof(schema), $"Column '{member.ColumnName}' not found in the data view");
                continue;
            }
            var type = MemberTypes.TypeOf(member.Member);
            Check.That(
                column.Type.RawType == MemberTypes.RawType(type),
                $"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.MemberName}' of type '{type.FullName}'.");
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

    private static Action<TRow> Setter(DataViewRow row, SchemaDefinition.Column member, DataViewSchema.Column column)
    {
        var type = MemberTypes.TypeOf(member.Member);
        if (type == typeof(string))
            return Mapped<ReadOnlyMemory<char>, string>(row, member, column, text => text.ToString());
        if (type == typeof(string[]))
            return Mapped<VBuffer<ReadOnlyMemory<char>>, string[]>(row, member, column, texts => [.. texts.DenseValues().Select(t => t.ToString())]);
        return type.IsArray
            ? Generic.Call<Action<TRow>>(Array<int>, [type.GetElementType()], row, member, column)
            : column.Type is VectorDataViewType vector
                ? Generic.Call<Action<TRow>>(Buffer<int>, [vector.ItemType.RawType], row, member, column)
                : Generic.Call<Action<TRow>>(Direct<int>, [type], row, member, column);
    }

    private static Action<TRow> Direct<T>(DataViewRow row, SchemaDefinition.Column member, DataViewSchema.Column column) =>
        Mapped<T, T>(row, member, column, value => value);

    private static Action<TRow> Mapped<T, TMember>(DataViewRow row, SchemaDefinition.Column member, DataViewSchema.Column column, Func<T, TMember> map)
    {
        var get = row.GetGetter<T>(column);
        var write = MemberTypes.Writer<TRow, TMember>(member.Member);
        T value = default;
        return target =>
        {
            get(ref value);
            write(target, map(value));
        };
    }

    private static Action<TRow> Array<T>(DataViewRow row, SchemaDefinition.Column member, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var read = MemberTypes.CanRead(member.Member) ? MemberTypes.Reader<TRow, T[]>(member.Member) : _ => null;
        var write = MemberTypes.Writer<TRow, T[]>(member.Member);
        VBuffer<T> value = default;
        return target =>
        {
            get(ref value);
            // An object that is used again keeps its array where the length fits.
            var items = read(target);
            if (items is null || items.Length != value.Length)
                items = new T[value.Length];
            value.CopyTo(items);
            write(target, items);
        };
    }

    private static Action<TRow> Buffer<T>(DataViewRow row, SchemaDefinition.Column member, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var write = MemberTypes.Writer<TRow, VBuffer<T>>(member.Member);
        return target =>
        {
            // A fresh buffer each time: the object may outlive the row.
            VBuffer<T> value = default;
            get(ref value);
            write(target, value);
        };
    }
}
