using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        Check.NotNull(data, nameof(data));
        Check.NotEmpty(columnName, nameof(columnName));
        return data.GetColumn<T>(Columns.Find(data.Schema, columnName, parameter: nameof(columnName)));
    }

    /// <summary>The column's values; texts also as strings, vectors also as arrays.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Check.NotNull(data, nameof(data));
        if (column.Type.RawType == typeof(T))
            return Read<T, T>(data, column, value => value, fresh: true);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return (IEnumerable<T>)Read<ReadOnlyMemory<char>, string>(data, column, text => text.ToString());
        if (column.Type is VectorDataViewType vector)
        {
            if (typeof(T) == typeof(string[]) && vector.ItemType is TextDataViewType)
                return (IEnumerable<T>)Read<VBuffer<ReadOnlyMemory<char>>, string[]>(data, column, texts => [.. texts.DenseValues().Select(t => t.ToString())]);
            if (typeof(T) == vector.ItemType.RawType.MakeArrayType())
                return Generic.Call<IEnumerable<T>>(Arrays<int>, [vector.ItemType.RawType], data, column);
        }
        throw new ArgumentOutOfRangeException(nameof(T), $"Could not map a data view column '{column.Name}' of type {column.Type} to {typeof(T)}.");
    }

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column) =>
        Read<VBuffer<T>, T[]>(data, column, vector => [.. vector.DenseValues()]);

    private static IEnumerable<TOut> Read<T, TOut>(IDataView data, DataViewSchema.Column column, Func<T, TOut> map, bool fresh = false)
    {
        using var cursor = data.GetRowCursor([column]);
        var get = cursor.GetGetter<T>(column);
        T value = default;
        while (cursor.MoveNext())
        {
            // What is handed out as it is must not share its memory with the next row.
            if (fresh)
                value = default;
            get(ref value);
            yield return map(value);
        }
    }
}
