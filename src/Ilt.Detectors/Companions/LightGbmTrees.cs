using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Ilt.Detectors;

internal sealed class LightGbmTrees(string name, int trees, int leaves, double rate, double rows_, double features) : TabularModel
{
    public override string Name => name;
    public override string InWords => name;

    protected override float[] PredictNumber(TableData table, float[] values, int[] fit, float[]? weights, int[] held, int seed)
    {
        var ml = new MLContext(seed);
        var trainer = ml.Regression.Trainers.LightGbm((LightGbmRegressionTrainer.Options)Options(new LightGbmRegressionTrainer.Options(), fit.Length, seed));
        var model = trainer.Fit(TableRows.Numbers(ml, table, fit, weights, values));
        using var _ = model as IDisposable;
        return [.. model.Transform(TableRows.Numbers(ml, table, held, null, null)).GetColumn<float>("Score")];
    }

    protected override void PredictClasses(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed, float[] predictions)
    {
        var ml = new MLContext(seed);
        var labels = Array.ConvertAll(fit, row => (int)targets.Values[row]);
        var trainer = ml.MulticlassClassification.Trainers.LightGbm((LightGbmMulticlassTrainer.Options)Options(new LightGbmMulticlassTrainer.Options { UseSoftmax = true }, fit.Length, seed));
        var model = trainer.Fit(TableRows.Classes(ml, table, fit, weights, labels, targets.Columns));
        using var _ = model as IDisposable;
        var at = 0;
        foreach (var row in model.Transform(TableRows.Classes(ml, table, held, null, null, targets.Columns)).GetColumn<float[]>("Score"))
        {
            row.CopyTo(predictions, at);
            at += targets.Columns;
        }
        Normalise(predictions, targets.Columns);
    }

    private dynamic Options(dynamic options, int rows, int seed)
    {
        options.NumberOfIterations = trees;
        options.NumberOfLeaves = leaves;
        options.LearningRate = rate;
        options.MinimumExampleCountPerLeaf = Math.Clamp(rows / 50, 2, 20);
        options.Booster = new GradientBooster.Options { SubsampleFraction = rows_, SubsampleFrequency = 1, FeatureFraction = features };
        options.ExampleWeightColumnName = TableRows.Weight;
        options.Seed = seed;
        options.Deterministic = true;
        options.NumberOfThreads = 1;
        options.Silent = true;
        return options;
    }
}
