using System.Globalization;
using Ilt.Detection;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Examples.ImageTables;

/// <summary>One figure of a run: of a task ("" for the whole run), by name.</summary>
internal sealed record Measure(string Task, string Name, double Value);

/// <summary>Trains once and measures everything that the tables print.</summary>
internal static class Run
{
    /// <summary>The figure that ends a run: what lacks it was interrupted.</summary>
    public const string LastFigure = "share waited";

    public static List<Measure> Train(Experiment experiment, string corruption, double fraction, int seed, LossWeightingKind weighting, Action<EpochReport>? progress)
    {
        var chosen = experiment.Corruptions.FirstOrDefault(c => c.Name == corruption);
        var labels = experiment.Train.Labels.ToArray();
        bool[]? wrong = null;
        if (chosen is not null)
        {
            (var changed, wrong) = chosen.Apply(fraction, seed);
            for (var i = 0; i < changed.Count; i++) labels[chosen.Tasks[i]] = changed[i];
        }
        var train = new ImageData(experiment.Train.Images, experiment.Train.Size, experiment.Train.Input.Channels, labels);
        var result = MultiTaskTraining.Train(experiment.Tasks, train, experiment.Test, experiment.Training with { Seed = seed, Weighting = weighting, OnEpoch = progress });
        using var model = result.Model;

        var measures = new List<Measure>();
        for (var k = 0; k < experiment.Tasks.Count; k++)
        {
            var name = experiment.Tasks[k].Name;
            foreach (var (figure, value, higher) in Figures(result.History[^1].Validation![k]))
            {
                measures.Add(new Measure(name, figure, value));
                var all = result.History.Select(e => Figures(e.Validation![k]).Single(f => f.Name == figure).Value);
                measures.Add(new Measure(name, "best " + figure, higher ? all.Max() : all.Min()));
            }
            if (wrong is not null) AddDetection(measures, name, result.Scores, k, wrong, fraction);
        }
        if (chosen is { InRegions: true })
            measures.AddRange(RegionMeasures.Of(experiment, chosen.Tasks[0], train, wrong!, result));
        foreach (var (name, task, rows) in experiment.KnownWrong)
            foreach (var share in (double[])[0.1, 0.2, 0.4])
                AddDetection(measures, $"{experiment.Tasks[task].Name} ({name}; top {share:P0})", result.Scores, task, rows, share);
        measures.Add(new Measure("", "seconds per epoch", result.History.Average(e => e.Seconds)));
        measures.Add(new Measure("", LastFigure, result.History.Skip(1).Sum(e => e.WaitSeconds) / result.History.Skip(1).Sum(e => e.Seconds)));
        return measures;
    }

    private static IEnumerable<(string Name, double Value, bool Higher)> Figures(TaskMetrics metrics)
    {
        if (metrics.MeanIoU is { } iou) yield return ("mIoU", iou, true);
        if (metrics.Accuracy is { } accuracy) yield return ("accuracy", accuracy, true);
        if (metrics.MeanAbsoluteError is { } absolute) yield return ("absolute error", absolute, false);
        if (metrics.RootMeanSquaredError is { } root) yield return ("RMSE", root, false);
        if (metrics.SurfaceError is { } surface) yield return ("surface error", surface, false);
        if (metrics.JointError is { } joints) yield return ("MPJPE", joints, false);
        if (metrics.AlignedJointError is { } aligned) yield return ("PA-MPJPE", aligned, false);
    }

    private static void AddDetection(List<Measure> measures, string task, InstanceScores scores, int k, bool[] wrong, double fraction)
    {
        var ids = Enumerable.Range(1, wrong.Length).Select(row => row.ToString(CultureInfo.InvariantCulture)).ToArray();
        var columns = new (string Name, float[] Values)[]
        {
            ("noise score", scores.NoiseScores(k)),
            ("s", scores.LogVariances(k)),
            ("last loss", [.. Enumerable.Range(0, wrong.Length).Select(row => scores.LastLoss(row, k))]),
            ("mean loss", [.. Enumerable.Range(0, wrong.Length).Select(row => scores.MeanLoss(row, k))]),
        };
        foreach (var (name, values) in columns)
        {
            if (values.All(float.IsNaN)) continue;
            var ranking = NoiseRanking.Rank(values, name == "s" ? scores.NoiseScores(k) : default, ids);
            // Of the wrong rows, those among the first share of all rows.
            var top = (int)Math.Round(fraction * wrong.Length);
            var found = ranking.Take(top).Count(row => wrong[row]) / (double)wrong.Count(isWrong => isWrong);
            measures.Add(new Measure(task, $"found by {name}", found));
            measures.Add(new Measure(task, $"AP by {name}", DetectionMetrics.AveragePrecision(ranking, wrong)));
            measures.Add(new Measure(task, $"ROC-AUC by {name}", DetectionMetrics.RocAuc(values, wrong)));
        }
    }
}
