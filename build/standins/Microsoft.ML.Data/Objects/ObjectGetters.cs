using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Getters over the members of an object that changes from row to row.</summary>
internal static class ObjectGetters
{
    public static DataViewSchema Schema(MemberColumn[] columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, column.Type);
        return builder.ToSchema();
    }

    /// <summary>The <see cref="ValueGetter{T}"/> of one column over the object that <paramref name="current"/> gives.</summary>
    public static Delegate Make<TRow>(MemberColumn column, Func<TRow> current)
    {
        if (column.MemberType == typeof(string))
            return Text(column.Reader<TRow, string>(), current);
        return column.MemberType.IsArray
            ? Generic.Call<Delegate>(Vector<TRow, int>, [typeof(TRow), column.MemberType.GetElementType()], column, current)
            : Generic.Call<Delegate>(Direct<TRow, int>, [typeof(TRow), column.MemberType], column, current);
    }

    private static Delegate Direct<TRow, T>(MemberColumn column, Func<TRow> current)
    {
        var read = column.Reader<TRow, T>();
        return (ValueGetter<T>)((ref T value) => value = read(current()));
    }

    private static Delegate Text<TRow>(Func<TRow, string> read, Func<TRow> current) =>
        (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = read(current()).AsMemory());

    private static Delegate Vector<TRow, T>(MemberColumn column, Func<TRow> current)
    {
        var read = column.Reader<TRow, T[]>();
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var items = read(current()) ?? [];
            var editor = VBufferEditor.Create(ref value, items.Length);
            items.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }
}
