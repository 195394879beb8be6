using System.Globalization;
using Ilt.Corruption;
using Ilt.Detection;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Examples.DetectionTable;

/// <summary>How well one score found the corrupted labels of one task.</summary>
internal sealed record Detection(string Detector, double Precision, double AveragePrecision, double RocAuc);

/// <summary>Everything measured in one cell of the table: one set, one corrupted task, one fraction, one seed.</summary>
internal sealed record CellResult(
    string Set, string Task, double Fraction, int Seed,
    List<Detection> Detections,
    Dictionary<string, double> BlindAuc,
    Dictionary<string, double[]> TestErrors);

/// <summary>Runs the detectors of one cell on the same corrupted labels.</summary>
internal sealed class Cell(TaskDefinition[] tasks, TableData train, TableData test, TrainingOptions options, LabelCorruptionKind regressionNoise)
{
    private const int Folds = 5;

    public CellResult Run(string set, int corrupted, double fraction, int seed, bool rivals)
    {
        var (data, wrong) = Corrupt(corrupted, fraction, seed);
        var ids = Enumerable.Range(1, data.RowCount).Select(row => row.ToString(CultureInfo.InvariantCulture)).ToArray();
        var detections = new List<Detection>();
        var blind = new Dictionary<string, double>();
        var errors = new Dictionary<string, double[]>();

        var ilt = Fit(data, seed, LossWeightingKind.InstanceLevel, errors);
        Add("ilt", ilt.NoiseScores(corrupted));
        Add("ilt-s", ilt.LogVariances(corrupted));
        for (var k = 0; k < tasks.Length; k++)
            if (k != corrupted) blind[tasks[k].Name] = DetectionMetrics.RocAuc(ilt.NoiseScores(k), wrong);

        var equal = Fit(data, seed, LossWeightingKind.Equal, errors);
        Add("equal-last", Column(equal.LastLoss));
        Add("equal-mean", Column(equal.MeanLoss));
        Add("equal-log", equal.NoiseScores(corrupted));
        if (rivals)
        {
            Add("equal-5fold", OutOfFold(data, corrupted, seed));
            foreach (var weighting in (LossWeightingKind[])[LossWeightingKind.Uncertainty, LossWeightingKind.DynamicWeightAverage, LossWeightingKind.GeometricLoss])
                Fit(data, seed, weighting, errors);
        }
        return new CellResult(set, tasks[corrupted].Name, fraction, seed, detections, blind, errors);

        float[] Column(Func<int, int, float> value) => [.. Enumerable.Range(0, data.RowCount).Select(row => value(row, corrupted))];

        void Add(string detector, float[] scores)
        {
            var ranking = NoiseRanking.Rank(scores, default, ids);
            detections.Add(new Detection(detector, DetectionMetrics.PrecisionAtTrueCount(ranking, wrong), DetectionMetrics.AveragePrecision(ranking, wrong), DetectionMetrics.RocAuc(scores, wrong)));
        }
    }

    /// <summary>Test error per task of one weighting on clean labels.</summary>
    public double[] CleanTestErrors(int seed, LossWeightingKind weighting)
    {
        var errors = new Dictionary<string, double[]>();
        Fit(train, seed, weighting, errors);
        return errors.Values.Single();
    }

    private InstanceScores Fit(TableData data, int seed, LossWeightingKind weighting, Dictionary<string, double[]> errors)
    {
        var result = MultiTaskTraining.Train(tasks, data, null, options with { Seed = seed, Weighting = weighting });
        using var model = result.Model;
        errors[LossWeightings.ShortName(weighting)] = [.. model.Evaluate(test).Select(m => m.Error)];
        return result.Scores;
    }

    // Each row is scored by a network that never saw its label.
    private float[] OutOfFold(TableData data, int corrupted, int seed)
    {
        var order = Enumerable.Range(0, data.RowCount).ToArray();
        new Random(seed).Shuffle(order);
        var scores = new float[data.RowCount];
        for (var fold = 0; fold < Folds; fold++)
        {
            var held = order.Where((_, i) => i % Folds == fold).ToArray();
            var kept = order.Where((_, i) => i % Folds != fold).ToArray();
            var result = MultiTaskTraining.Train(tasks, data.Subset(kept), null, options with { Seed = seed, Weighting = LossWeightingKind.Equal });
            using var model = result.Model;
            var losses = model.Losses(data.Subset(held))[corrupted];
            for (var i = 0; i < held.Length; i++) scores[held[i]] = losses[i];
        }
        return scores;
    }

    public (TableData Data, bool[] Wrong) Corrupt(int task, double fraction, int seed)
    {
        var labels = train.Labels.ToArray();
        bool[] wrong;
        if (tasks[task] is ClassificationTask classification)
        {
            var classes = ((ClassLabels)labels[task]).Classes.ToArray();
            wrong = new LabelCorruption { Kind = LabelCorruptionKind.UniformFlip, Fraction = fraction, Seed = seed }.CorruptClasses(classes, classification.ClassCount);
            labels[task] = new ClassLabels(classes);
        }
        else
        {
            var values = ((NumberLabels)labels[task]).Values.ToArray();
            wrong = new LabelCorruption { Kind = regressionNoise, Fraction = fraction, Seed = seed }.CorruptNumbers(values, 1);
            labels[task] = new NumberLabels(values);
        }
        return (new TableData(train.Features, train.FeatureCount, labels), wrong);
    }
}
