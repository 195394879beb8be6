using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Copies the feature columns of the current row, one after the other, into one span.</summary>
internal sealed class FeatureReader : InputReader
{
    private readonly IReadOnlyList<FeatureColumn> columns;
    private readonly Reader[] readers;

    /// <param name="row">A row or cursor in which the feature columns are active.</param>
    /// <param name="columns">The columns, which have passed the schema check.</param>
    public FeatureReader(DataViewRow row, IReadOnlyList<FeatureColumn> columns)
    {
        this.columns = columns;
        Size = columns.Sum(c => c.Size);
        readers = new Reader[columns.Count];
        for (var i = 0; i < readers.Length; i++)
            readers[i] = Create(row, columns[i]);
    }

    private delegate string? Reader(Span<float> destination);

    /// <summary>Numbers per row.</summary>
    public override int Size { get; }

    /// <summary>Reads the current row.</summary>
    /// <param name="destination"><see cref="Size"/> numbers.</param>
    /// <returns>Null, or what is wrong: a vector has another length than its column's type says.</returns>
    public override string? Read(Span<float> destination)
    {
        var start = 0;
        for (var i = 0; i < readers.Length; i++)
        {
            if (readers[i](destination.Slice(start, columns[i].Size)) is { } problem) return problem;
            start += columns[i].Size;
        }
        return null;
    }

    /// <summary>Names the first number that is not finite; null where all are.</summary>
    public string? Problem(ReadOnlySpan<float> features)
    {
        for (var i = 0; i < features.Length; i++)
        {
            if (float.IsFinite(features[i])) continue;
            var slot = i;
            var column = 0;
            while (slot >= columns[column].Size) slot -= columns[column++].Size;
            var place = columns[column].Size > 1 ? $", slot {slot + 1}," : "";
            return $"feature column '{columns[column].Name}'{place} is {features[i].ToString(CultureInfo.InvariantCulture)}; a finite number was expected"
                + (float.IsNaN(features[i]) ? ". Replace missing values first (mlContext.Transforms.ReplaceMissingValues)" : "");
        }
        return null;
    }

    private static Reader Create(DataViewRow row, FeatureColumn feature)
    {
        var column = feature.Require(row.Schema, "input");
        if (column.Type is not VectorDataViewType)
        {
            var scalar = row.GetGetter<float>(column);
            return destination =>
            {
                scalar(ref destination[0]);
                return null;
            };
        }
        var getter = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> buffer = default;
        return destination =>
        {
            getter(ref buffer);
            if (buffer.Length != destination.Length)
                return $"feature column '{feature.Name}' holds {buffer.Length} numbers where its type says {destination.Length}";
            buffer.CopyTo(destination);
            return null;
        };
    }
}
