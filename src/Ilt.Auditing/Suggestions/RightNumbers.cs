using Ilt.Detectors;

namespace Ilt.Auditing;

/// <summary>The expected numbers, and how far right ones scatter around them.</summary>
internal static class RightNumbers
{
    private const double Interval = 0.9;

    /// <summary>Reads them off what is right with some probability.</summary>
    /// <param name="evidence">The task, with out-of-fold predictions.</param>
    /// <param name="counted">Rows whose labels count.</param>
    /// <param name="right">How probably each of them is right.</param>
    public static RightLabels Of(TaskEvidence evidence, int[] counted, double[] right)
    {
        var columns = evidence.Columns;
        var (suggested, confidence) = (RightLabels.Nothing(evidence.Given.Length), RightLabels.Nothing(evidence.Given.Length));
        var scatter = new double[evidence.RowCount];
        if (counted.Length == 0) return RightLabels.Unknown(evidence.RowCount);
        for (var c = 0; c < columns; c++)
        {
            var all = Enumerable.Range(0, evidence.RowCount).Select(row => (double)evidence.OutOfFold![row * columns + c]).ToArray();
            var predicted = Array.ConvertAll(counted, row => all[row]);
            var given = Array.ConvertAll(counted, row => (double)evidence.Given[row * columns + c]);
            var line = CentreLine.Fit(predicted, given, right);
            var errors = given.Select((y, i) => Math.Abs(y - line.At(predicted[i]))).ToArray();
            // Rows without a label have the scale of the nearest predictions: they take part with a weight of 0.
            var (known, weights, padded) = (new List<double>(), new List<double>(), new List<double>());
            var places = new List<int>();
            var at = new Dictionary<int, int>();
            for (var i = 0; i < counted.Length; i++) at[counted[i]] = i;
            for (var row = 0; row < all.Length; row++)
            {
                if (!double.IsFinite(all[row])) continue;
                places.Add(row);
                known.Add(all[row]);
                weights.Add(at.TryGetValue(row, out var i) ? right[i] : 0);
                padded.Add(at.TryGetValue(row, out i) ? errors[i] : 0);
            }
            var scales = LocalScale.Of([.. known], [.. padded], [.. weights]);
            var width = Quantile([.. padded.Select((error, i) => error / scales[i])], [.. weights]);
            var usual = Math.Max(1e-12, scales.Average());
            for (var i = 0; i < places.Count; i++)
            {
                var cell = places[i] * columns + c;
                (suggested[cell], confidence[cell]) = evidence.KnownRight?[places[i]] == true && !float.IsNaN(evidence.Given[cell])
                    ? (evidence.Given[cell], 0f)
                    : ((float)line.At(all[places[i]]), (float)(width * scales[i]));
                scatter[places[i]] += Math.Log(Math.Max(1e-12, scales[i] / usual));
            }
            for (var row = 0; row < all.Length; row++)
                if (!double.IsFinite(all[row])) scatter[row] = double.NaN;
        }
        return new RightLabels(suggested, confidence, RankShare.Of(scatter));
    }

    private static double Quantile(double[] values, double[] weights)
    {
        Array.Sort(values, weights);
        var (wanted, sum) = (Interval * weights.Sum(), 0.0);
        for (var i = 0; i < values.Length; i++)
            if ((sum += weights[i]) >= wanted) return values[i];
        return values.Length > 0 ? values[^1] : double.NaN;
    }
}
