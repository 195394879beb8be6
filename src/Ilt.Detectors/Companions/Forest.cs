using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Ilt.Detectors;

/// <summary>ML.NET's random forest (FastForest): the mean of many trees on drawn rows. The mean of the indicator of a class is its probability.</summary>
internal sealed class Forest : TabularModel
{
    public override string Name => "forest";

    public override string InWords => "a random forest";

    protected override float[] PredictNumber(TableData table, float[] values, int[] fit, float[]? weights, int[] held, int seed)
    {
        var ml = new MLContext(seed);
        var trainer = ml.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
        {
            NumberOfTrees = 100,
            NumberOfLeaves = Math.Clamp(fit.Length / 6, 4, 256),
            MinimumExampleCountPerLeaf = 3,
            FeatureFraction = 0.8,
            FeatureFractionPerSplit = 0.5,
            ExampleWeightColumnName = TableRows.Weight,
            Seed = seed,
            FeatureSelectionSeed = seed,
            NumberOfThreads = 1,
        });
        using var model = trainer.Fit(TableRows.Numbers(ml, table, fit, weights, values)) as IDisposable;
        return [.. ((ITransformer)model!).Transform(TableRows.Numbers(ml, table, held, null, null)).GetColumn<float>("Score")];
    }

    protected override void PredictClasses(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed, float[] predictions)
    {
        for (var c = targets.Columns == 2 ? 1 : 0; c < targets.Columns; c++)
            Scatter(PredictNumber(table, Array.ConvertAll(fit, row => targets.Values[row] == c ? 1f : 0f), fit, weights, held, seed), predictions, c, targets.Columns);
        if (targets.Columns == 2)
            for (var i = 0; i < held.Length; i++) predictions[2 * i] = 1 - predictions[2 * i + 1];
        Normalise(predictions, targets.Columns);
    }
}
