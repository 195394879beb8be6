using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Tables in and out of memory.</summary>
public sealed class DataOperationsCatalog
{
    internal DataOperationsCatalog()
    {
    }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        Check.NotNull(data, nameof(data));
        return new EnumerableView<TRow>(data);
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Check.NotNull(data, nameof(data));
        // Missing columns and wrong types are told here, not when the first row is asked for.
        return Enumerate(data, new RowToObject<TRow>(data.Schema, ignoreMissingColumns), reuseRowObject);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Check.NotNull(input, nameof(input));
        return new CacheView(input);
    }

    private static IEnumerable<TRow> Enumerate<TRow>(IDataView data, RowToObject<TRow> map, bool reuse)
        where TRow : class, new()
    {
        using var cursor = data.GetRowCursor(map.Columns);
        var fill = map.Bind(cursor);
        TRow row = null;
        while (cursor.MoveNext())
        {
            if (row is null || !reuse)
                row = new TRow();
            fill(row);
            yield return row;
        }
    }
}
