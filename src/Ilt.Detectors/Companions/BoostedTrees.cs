using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Ilt.Detectors;

/// <summary>ML.NET's gradient-boosted trees (FastTree, MART), one model per number or class; classes one against the rest.</summary>
internal sealed class BoostedTrees : TabularModel
{
    private const int Trees = 100;
    private const int Leaves = 16;
    private const double Rate = 0.1;

    public override string Name => "boosted-trees";

    public override string InWords => "boosted trees";

    protected override float[] PredictNumber(TableData table, float[] values, int[] fit, float[]? weights, int[] held, int seed)
    {
        var ml = new MLContext(seed);
        var trainer = ml.Regression.Trainers.FastTree(Options(new FastTreeRegressionTrainer.Options(), fit.Length, seed));
        using var model = trainer.Fit(TableRows.Numbers(ml, table, fit, weights, values)) as IDisposable;
        return [.. ((ITransformer)model!).Transform(TableRows.Numbers(ml, table, held, null, null)).GetColumn<float>("Score")];
    }

    protected override void PredictClasses(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed, float[] predictions)
    {
        var ml = new MLContext(seed);
        var single = targets.Columns == 2; // the other class is the rest
        for (var c = single ? 1 : 0; c < targets.Columns; c++)
        {
            var is_ = Array.ConvertAll(fit, row => targets.Values[row] == c);
            if (!is_.Contains(true) || !is_.Contains(false)) continue;
            var trainer = ml.BinaryClassification.Trainers.FastTree(Options(new FastTreeBinaryTrainer.Options(), fit.Length, seed));
            using var model = trainer.Fit(TableRows.Flags(ml, table, fit, weights, is_)) as IDisposable;
            float[] probabilities = [.. ((ITransformer)model!).Transform(TableRows.Flags(ml, table, held, null, null)).GetColumn<float>("Probability")];
            Scatter(probabilities, predictions, c, targets.Columns);
        }
        if (single)
            for (var i = 0; i < held.Length; i++) predictions[2 * i] = 1 - predictions[2 * i + 1];
        Normalise(predictions, targets.Columns);
    }

    private static T Options<T>(T options, int rows, int seed) where T : BoostedTreeOptions
    {
        options.NumberOfTrees = Trees;
        options.NumberOfLeaves = Leaves;
        options.LearningRate = Rate;
        options.MinimumExampleCountPerLeaf = Math.Clamp(rows / 50, 2, 20);
        options.BaggingSize = 1;
        options.BaggingExampleFraction = 0.7;
        options.FeatureFraction = 0.7;
        options.ExampleWeightColumnName = TableRows.Weight;
        options.Seed = options.FeatureSelectionSeed = seed;
        options.NumberOfThreads = 1;
        return options;
    }
}
