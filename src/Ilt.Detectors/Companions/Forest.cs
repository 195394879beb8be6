using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Ilt.Detectors;

/// <summary>
/// ML.NET's random forest (FastForest): the mean of many trees, each of drawn rows and features. The mean of the indicator of a class is its probability.
/// </summary>
internal sealed class Forest : TabularModel
{
    private const int Trees = 50, FewestRowsPerLeaf = 3;
    private const int FewestLeaves = 4, MostLeaves = 128, RowsPerLeaf = 6;

    public override string Name => "forest";

    public override string InWords => "a random forest";

    protected override float[] PredictNumber(TableData table, float[] values, int[] fit, float[]? weights, int[] held, int seed)
    {
        var ml = new MLContext(seed);
        var model = ml.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
        {
            NumberOfTrees = Trees,
            NumberOfLeaves = Math.Clamp(fit.Length / RowsPerLeaf, FewestLeaves, MostLeaves),
            MinimumExampleCountPerLeaf = FewestRowsPerLeaf,
            FeatureFraction = 0.8,
            FeatureFractionPerSplit = 0.5,
            ExampleWeightColumnName = TableRows.Weight,
            Seed = seed,
            FeatureSelectionSeed = seed,
            NumberOfThreads = 1,
        }).Fit(TableRows.Numbers(ml, table, fit, weights, values));
        using var _ = model as IDisposable;
        return [.. model.Transform(TableRows.Numbers(ml, table, held, null, null)).GetColumn<float>("Score")];
    }

    protected override void PredictClasses(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed, float[] predictions)
    {
        var single = targets.Columns == 2; // the other class is the rest
        for (var c = single ? 1 : 0; c < targets.Columns; c++)
            Scatter(PredictNumber(table, Array.ConvertAll(fit, row => targets.Values[row] == c ? 1f : 0f), fit, weights, held, seed), predictions, c, targets.Columns);
        if (single)
            for (var i = 0; i < held.Length; i++) predictions[2 * i] = 1 - predictions[2 * i + 1];
        Normalise(predictions, targets.Columns);
    }
}
