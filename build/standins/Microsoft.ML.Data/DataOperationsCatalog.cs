using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Tables in and out of memory, and rows chosen from them.</summary>
public sealed class DataOperationsCatalog : IInternalCatalog
{
    private readonly IHostEnvironment _env;

    internal DataOperationsCatalog(IHostEnvironment env) => _env = env;

    IHostEnvironment IInternalCatalog.Environment => _env;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        Check.NotNull(data, nameof(data));
        return new EnumerableView<TRow>(data, SchemaDefinition.OrCreate<TRow>(schemaDefinition, SchemaDefinition.Direction.Read));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Check.NotNull(data, nameof(data));
        // Missing columns and wrong types are told here, not when the first row is asked for.
        return Enumerate(data, new RowToObject<TRow>(data.Schema, schemaDefinition, ignoreMissingColumns), reuseRowObject);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Check.NotNull(input, nameof(input));
        var cache = new CacheView(input);
        foreach (var name in columnsToPrefetch ?? [])
            Columns.Find(cache.Schema, name, parameter: nameof(columnsToPrefetch));
        return cache;
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(shufflePoolSize >= 1, nameof(shufflePoolSize), "Must be positive");
        return new ShuffleView(input, seed ?? _env.Register("ShuffleRows").Rand.Next(), shufflePoolSize, shuffleSource);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(count > 0, nameof(count), "Must be greater than zero.");
        return new FilterView(input, [], _ => () => true, count, () => input.GetRowCount() is { } n ? Math.Min(n, count) : null);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(count > 0, nameof(count), "Must be greater than zero.");
        return new FilterView(
            input,
            [],
            _ =>
            {
                long seen = 0;
                return () => ++seen > count;
            },
            rowCount: () => input.GetRowCount() is { } n ? Math.Max(0, n - count) : null);
    }

    /// <summary>About a fraction of the rows for testing, drawn row by row; with a key column, rows of one key stay together.</summary>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Check.NotNull(data, nameof(data));
        Check.Param(testFraction > 0 && testFraction < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var start = seed ?? _env.Register("TrainTestSplit").Rand.Next();
        DataViewSchema.Column[] key = samplingKeyColumnName is null ? [] : [Columns.Find(data.Schema, samplingKeyColumnName, "SamplingKeyColumn", nameof(samplingKeyColumnName))];
        IDataView Part(bool test) => new FilterView(data, key, row =>
        {
            var draw = key.Length > 0 ? SamplingKey.Draw(row, key[0], start) : new Random(start).NextDouble;
            return () => draw() < testFraction == test;
        });
        return new TrainTestData(Part(test: false), Part(test: true));
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

    public readonly struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}

/// <summary>A number in [0, 1) that depends on a row's key and a seed only.</summary>
internal static class SamplingKey
{
    public static Func<double> Draw(DataViewRow row, DataViewSchema.Column column, int seed)
    {
        Check.Param(column.Type is PrimitiveDataViewType, "samplingKeyColumnName", $"Sampling key column '{column.Name}' must hold single values, got {column.Type}");
        return Generic.Call<Func<double>>(Typed<int>, [column.Type.RawType], row, column, seed);
    }

    private static Func<double> Typed<T>(DataViewRow row, DataViewSchema.Column column, int seed)
    {
        var get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            var hash = 14695981039346656037UL ^ (uint)seed;
            foreach (var c in Items.ToText(value))
                hash = (hash ^ c) * 1099511628211UL;
            // FNV leaves the high bits of short texts nearly alike; this spreads them.
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
        };
    }
}
