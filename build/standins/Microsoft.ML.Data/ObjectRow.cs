using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Getters over the members of an object that changes from row to row.</summary>
internal static class ObjectGetters
{
    /// <summary>The <see cref="ValueGetter{T}"/> of one column over the object that <paramref name="current"/> gives.</summary>
    public static Delegate Make<TRow>(SchemaDefinition.Column column, Func<TRow> current)
    {
        var type = MemberTypes.TypeOf(column.Member);
        if (column.ColumnType is VectorDataViewType vector && type.IsArray)
            return type == typeof(string[])
                ? TextArray(MemberTypes.Reader<TRow, string[]>(column.Member), current)
                : Generic.Call<Delegate>(Array<TRow, uint>, [typeof(TRow), type.GetElementType()], column, current, vector.ItemType as KeyDataViewType);
        if (type == typeof(string))
            return Text(MemberTypes.Reader<TRow, string>(column.Member), current);
        if (column.ColumnType is KeyDataViewType key)
            return Generic.Call<Delegate>(Key<TRow, uint>, [typeof(TRow), type], column, current, key);
        if (column.ColumnType is VectorDataViewType)
            return Generic.Call<Delegate>(Buffer<TRow, int>, [typeof(TRow), type.GetGenericArguments()[0]], column, current);
        return Generic.Call<Delegate>(Direct<TRow, int>, [typeof(TRow), type], column, current);
    }

    /// <summary>From the member's count from 0 to the raw value counted from 1; what lies outside is missing.</summary>
    private static Func<T, T> ToRaw<T>(ulong count)
    {
        if (typeof(T) == typeof(uint))
            return (Func<T, T>)(object)(Func<uint, uint>)(x => x < count ? x + 1 : 0);
        if (typeof(T) == typeof(byte))
            return (Func<T, T>)(object)(Func<byte, byte>)(x => x < count ? (byte)(x + 1) : (byte)0);
        if (typeof(T) == typeof(ushort))
            return (Func<T, T>)(object)(Func<ushort, ushort>)(x => x < count ? (ushort)(x + 1) : (ushort)0);
        return (Func<T, T>)(object)(Func<ulong, ulong>)(x => x < count ? x + 1 : 0);
    }

    private static Delegate Direct<TRow, T>(SchemaDefinition.Column column, Func<TRow> current)
    {
        var read = MemberTypes.Reader<TRow, T>(column.Member);
        return (ValueGetter<T>)((ref T value) => value = read(current()));
    }

    private static Delegate Key<TRow, T>(SchemaDefinition.Column column, Func<TRow> current, KeyDataViewType key)
    {
        var read = MemberTypes.Reader<TRow, T>(column.Member);
        var toRaw = ToRaw<T>(key.Count);
        return (ValueGetter<T>)((ref T value) => value = toRaw(read(current())));
    }

    private static Delegate Text<TRow>(Func<TRow, string> read, Func<TRow> current) =>
        (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory());

    private static Delegate TextArray<TRow>(Func<TRow, string[]> read, Func<TRow> current) =>
        (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var texts = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, texts.Length);
            for (var i = 0; i < texts.Length; i++)
                editor.Values[i] = texts[i].AsMemory();
            value = editor.Commit();
        });

    private static Delegate Array<TRow, T>(SchemaDefinition.Column column, Func<TRow> current, KeyDataViewType key)
    {
        var read = MemberTypes.Reader<TRow, T[]>(column.Member);
        var toRaw = key is null ? null : ToRaw<T>(key.Count);
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var items = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, items.Length);
            items.CopyTo(editor.Values);
            for (var i = 0; toRaw is not null && i < items.Length; i++)
                editor.Values[i] = toRaw(items[i]);
            value = editor.Commit();
        });
    }

    private static Delegate Buffer<TRow, T>(SchemaDefinition.Column column, Func<TRow> current)
    {
        var read = MemberTypes.Reader<TRow, VBuffer<T>>(column.Member);
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => read(current()).CopyTo(ref value));
    }
}

/// <summary>A row over one object; the prediction engine's input.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly Delegate[] _getters;
    private TRow _value;
    private long _position = -1;

    public ObjectRow(SchemaDefinition definition)
    {
        Schema = definition.ToSchema();
        _getters = [.. definition.Select(c => ObjectGetters.Make(c, () => _value))];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public void MoveTo(TRow value)
    {
        Check.NotNull(value, nameof(value));
        _value = value;
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Check.Param(column.Index < _getters.Length, nameof(column), "Column index is out of range");
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Check.Active(IsColumnActive(column), column.Name);
        return Check.Getter<TValue>(_getters[column.Index], Schema[column.Index].Type);
    }
}
