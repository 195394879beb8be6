using System.Globalization;
using Ilt.Detection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>How well a score finds the rows that are known to be corrupted. NaN where there is no corrupted row, or no other.</summary>
public sealed record NoiseDetectionMetrics
{
    /// <summary>Rows that have a score.</summary>
    public required int Rows { get; init; }

    /// <summary>Corrupted rows among them.</summary>
    public required int Corrupted { get; init; }

    /// <summary>Share of corrupted rows among as many of the highest scores as there are corrupted rows, in [0, 1]; a random order gives Corrupted / Rows.</summary>
    public required double PrecisionAtTrueCount { get; init; }

    /// <summary>Mean, over the corrupted rows, of the precision at their rank, in [0, 1]; a random order gives about Corrupted / Rows.</summary>
    public required double AveragePrecision { get; init; }

    /// <summary>Chance that a corrupted row scores higher than another, ties half, in [0, 1]; a random order gives 0.5.</summary>
    public required double RocAuc { get; init; }

    internal static NoiseDetectionMetrics Measure(IDataView data, string scoreColumnName, string truthColumnName)
    {
        var score = Require(data.Schema, "score", scoreColumnName, NumberDataViewType.Single);
        var truth = Require(data.Schema, "truth", truthColumnName, BooleanDataViewType.Instance);
        using var cursor = data.GetRowCursor([score, truth]);
        var readScore = cursor.GetGetter<float>(score);
        var readTruth = cursor.GetGetter<bool>(truth);
        var (scores, corrupted, ids) = (new List<float>(), new List<bool>(), new List<string>());
        var (value, wrong) = (0f, false);
        while (cursor.MoveNext())
        {
            readScore(ref value);
            if (float.IsNaN(value)) continue;
            readTruth(ref wrong);
            scores.Add(value);
            corrupted.Add(wrong);
            ids.Add(scores.Count.ToString(CultureInfo.InvariantCulture)); // breaks ties by a hash, not by row order
        }
        var result = DetectionResult.Measure([.. scores], NoiseRanking.Rank([.. scores], [], ids), [.. corrupted]);
        return new NoiseDetectionMetrics
        {
            Rows = result.Rows,
            Corrupted = result.Wrong,
            PrecisionAtTrueCount = result.PrecisionAtTrueCount,
            AveragePrecision = result.AveragePrecision,
            RocAuc = result.RocAuc,
        };
    }

    private static DataViewSchema.Column Require(DataViewSchema schema, string role, string name, DataViewType type)
    {
        var column = schema.GetColumnOrNull(name) ?? throw SchemaErrors.NotFound(role, name, "data");
        return column.Type.Equals(type) ? column : throw SchemaErrors.Mismatch(role, name, type.ToString()!, column.Type.ToString()!, "data");
    }
}
