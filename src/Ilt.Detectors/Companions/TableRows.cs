using System.Globalization;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Detectors;

/// <summary>Rows of a table as ML.NET's trainers read them.</summary>
internal static class TableRows
{
    /// <summary>The feature column.</summary>
    public const string Features = "Features";

    /// <summary>The label column.</summary>
    public const string Label = "Label";

    /// <summary>The column that says how much a row counts.</summary>
    public const string Weight = "Weight";

    /// <summary>The rows in memory, where models of another kind than a network need them; said where that is more than was asked for.</summary>
    public static TableData InMemory(DetectorInput input)
    {
        if (input.Train is not StreamedTable streamed) return (TableData)input.Train;
        input.OnNote?.Invoke(string.Create(CultureInfo.InvariantCulture, $"models beside the network hold all rows in memory: {Math.Max(1, streamed.Bytes >> 20)} MiB of features that were in a scratch file are read into it; a score of the training alone needs none of them."));
        return streamed.ToTable();
    }

    /// <summary>Rows whose label is a number.</summary>
    public static IDataView Numbers(MLContext ml, TableData table, int[] rows, float[]? weights, float[]? labels) =>
        Load(ml, table, rows.Select((row, i) => new NumberRow { Features = FeaturesOf(table, row), Weight = weights?[i] ?? 1, Label = labels?[i] ?? 0 }));

    /// <summary>Rows whose label is true or false.</summary>
    public static IDataView Flags(MLContext ml, TableData table, int[] rows, float[]? weights, bool[]? labels) =>
        Load(ml, table, rows.Select((row, i) => new FlagRow { Features = FeaturesOf(table, row), Weight = weights?[i] ?? 1, Label = labels?[i] ?? false }));

    /// <summary>Rows whose label is one of several classes, from 0: LoadFromEnumerable counts keys of user types from there.</summary>
    public static IDataView Classes(MLContext ml, TableData table, int[] rows, float[]? weights, int[]? labels, int classes) =>
        Load(ml, table, rows.Select((row, i) => new KeyRow { Features = FeaturesOf(table, row), Weight = weights?[i] ?? 1, Label = (uint)(labels?[i] ?? 0) }),
            schema => schema[Label].ColumnType = new KeyDataViewType(typeof(uint), classes));

    private static IDataView Load<T>(MLContext ml, TableData table, IEnumerable<T> rows, Action<SchemaDefinition>? change = null) where T : class
    {
        var schema = SchemaDefinition.Create(typeof(T));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, table.FeatureCount);
        change?.Invoke(schema);
        return ml.Data.LoadFromEnumerable(rows.ToList(), schema);
    }

    private static float[] FeaturesOf(TableData table, int row) => table.Features.AsSpan(row * table.FeatureCount, table.FeatureCount).ToArray();

    private sealed class NumberRow
    {
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }

        public float Label { get; set; }
    }

    private sealed class FlagRow
    {
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }

        public bool Label { get; set; }
    }

    private sealed class KeyRow
    {
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }

        public uint Label { get; set; }
    }
}
