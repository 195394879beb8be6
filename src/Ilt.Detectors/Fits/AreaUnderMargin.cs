using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>
/// The area under the margin with threshold samples (Pleiss, Zhang, Elenberg and Weinberger, Identifying Mislabeled Data using the Area Under the
/// Margin Ranking, 2020): the mean over the epochs of the label's logit less the largest other one. Some rows are given a class that does not exist; what
/// fits no better than 99 % of them is flagged. Two runs have different ones, so that every row is seen with its own label.
/// </summary>
/// <remarks>
/// The score is the threshold less the area, so that rows above 0 are flagged; a row that is a sample of neither run has the mean of both. Departures: all epochs
/// count, where the paper stops at the first drop of the learning rate, which here falls all the time; all classifications get their samples in the
/// same two runs; tasks that are derived from others are not trained along.
/// </remarks>
public sealed class AreaUnderMargin : IDetector
{
    private const double Percentile = 0.99;

    /// <inheritdoc/>
    public string Name => "aum";

    /// <inheritdoc/>
    public string Summary =>
        "how far the area under the row's margin, under equal weights, lies below that of 99 % of rows with a made-up class; a wrong label fits no better than they do";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => task is ClassificationTask;

    /// <inheritdoc/>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var (tasks, train, options) = input;
        int[] wanted = [.. Enumerable.Range(0, tasks.Count).Where(k => input.Wants(k) && AppliesTo(tasks[k], train.Input))];
        if (wanted.Length == 0) return new() { Scores = new float[tasks.Count][], Fits = 0 };
        using var fits = NetworkFits.Open(input, LossWeightingKind.Equal, ThresholdSamples.Runs, cancellation);
        int[] trained = [.. Enumerable.Range(0, tasks.Count).Where(k => tasks[k].HasHead)];
        var sums = wanted.ToDictionary(k => k, _ => new double[train.RowCount]);
        var counts = wanted.ToDictionary(k => k, _ => new int[train.RowCount]);
        for (var run = 0; run < ThresholdSamples.Runs; run++)
        {
            var samples = wanted.ToDictionary(k => k, k => ThresholdSamples.Draw(
                (ClassLabels)train.Labels[k], ((ClassificationTask)tasks[k]).ClassCount, run, RunSeeds.Derive(options.Seed, "threshold samples", k)));
            var result = fits.Fit(
                FormattableString.Invariant($"area under the margin, run {run + 1} of {ThresholdSamples.Runs}"),
                [.. trained.Select(k => samples.ContainsKey(k) ? ((ClassificationTask)tasks[k]) with { ClassCount = ((ClassificationTask)tasks[k]).ClassCount + 1 } : tasks[k])],
                train.WithLabels([.. trained.Select(k => samples.TryGetValue(k, out var of) ? new ClassLabels(of.Classes) : train.Labels[k])]),
                null, cancellation);
            result.Model.Dispose();
            foreach (var k in wanted)
            {
                var task = Array.IndexOf(trained, k);
                Add([.. Enumerable.Range(0, train.RowCount).Select(row => result.Scores.MeanMargin(row, task))], samples[k].IsSample, sums[k], counts[k]);
            }
        }
        var scores = tasks.Select((_, k) => sums.TryGetValue(k, out var of) ? of.Select((sum, row) => (float)(sum / counts[k][row])).ToArray() : null).ToArray();
        return new DetectorResult
        {
            Scores = scores,
            Fits = fits.Done,
            Reasons = [.. scores.Select(of => of is null ? null : FormattableString.Invariant($"{of.Count(score => score > 0)} of {of.Count(score => !float.IsNaN(score))} rows are flagged (above 0)"))],
        };
    }

    /// <summary>Adds what a run says of the rows that it saw with their own label: the threshold less the area. 0 / 0 is left where there is no label.</summary>
    /// <param name="areas">Mean margins; NaN where there is no label.</param>
    /// <param name="isSample">Which rows were given the class that does not exist.</param>
    /// <param name="sums">Per row the sum over the runs.</param>
    /// <param name="counts">Per row how many there are.</param>
    internal static void Add(float[] areas, bool[] isSample, double[] sums, int[] counts)
    {
        var threshold = Threshold([.. areas.Where((_, row) => isSample[row])]);
        for (var row = 0; row < areas.Length; row++)
        {
            if (isSample[row] || float.IsNaN(areas[row])) continue;
            sums[row] += threshold - areas[row];
            counts[row]++;
        }
    }

    /// <summary>The 99th percentile, by linear interpolation.</summary>
    internal static double Threshold(float[] areas) => Ilt.Parameters.OrderStatistics.Quantile(areas, Percentile);
}
