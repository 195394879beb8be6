using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Ilt.Detectors;

/// <summary>
/// ML.NET's gradient-boosted trees: LightGBM, or FastTree where that does not load. Each tree sees a drawn share of the rows and of the features.
/// </summary>
/// <param name="library">Which of the two.</param>
/// <param name="size">How many trees of which size.</param>
internal sealed class BoostedTrees(TreeLibrary library, TreeSize size) : TabularModel
{
    private const int FewestRowsPerLeaf = 2, MostRowsPerLeaf = 20;
    private const int LeavesForRows = 50;

    public override string Name => size.Name;

    public override string InWords => size.InWords;

    protected override float[] PredictNumber(TableData table, float[] values, int[] fit, float[]? weights, int[] held, int seed)
    {
        var ml = new MLContext(seed);
        IEstimator<ITransformer> trainer = library == TreeLibrary.LightGbm
            ? ml.Regression.Trainers.LightGbm(LightGbmNumber(fit.Length, seed))
            : ml.Regression.Trainers.FastTree(FastTree(new FastTreeRegressionTrainer.Options(), fit.Length, seed));
        var model = trainer.Fit(TableRows.Numbers(ml, table, fit, weights, values));
        using var _ = model as IDisposable;
        return [.. model.Transform(TableRows.Numbers(ml, table, held, null, null)).GetColumn<float>("Score")];
    }

    protected override void PredictClasses(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed, float[] predictions)
    {
        if (library == TreeLibrary.LightGbm)
        {
            var ml = new MLContext(seed);
            var labels = Array.ConvertAll(fit, row => (int)targets.Values[row]);
            var model = ml.MulticlassClassification.Trainers.LightGbm(LightGbmClasses(fit.Length, seed))
                .Fit(TableRows.Classes(ml, table, fit, weights, labels, targets.Columns));
            using var _ = model as IDisposable;
            ReadProbabilities(model.Transform(TableRows.Classes(ml, table, held, null, null, targets.Columns)), predictions);
        }
        else OneAgainstTheRest(table, targets, fit, weights, held, seed, predictions);
        Normalise(predictions, targets.Columns);
    }

    // FastTree knows two classes only.
    private void OneAgainstTheRest(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed, float[] predictions)
    {
        var ml = new MLContext(seed);
        for (var c = 0; c < targets.Columns; c++)
        {
            var members = Array.ConvertAll(fit, row => targets.Values[row] == c);
            if (!members.Contains(true) || !members.Contains(false)) continue;
            var model = ml.BinaryClassification.Trainers.FastTree(FastTree(new FastTreeBinaryTrainer.Options(), fit.Length, seed))
                .Fit(TableRows.Flags(ml, table, fit, weights, members));
            using var _ = model as IDisposable;
            float[] probabilities = [.. model.Transform(TableRows.Flags(ml, table, held, null, null)).GetColumn<float>("Probability")];
            Scatter(probabilities, predictions, c, targets.Columns);
        }
    }

    private static int RowsPerLeaf(int rows) => Math.Clamp(rows / LeavesForRows, FewestRowsPerLeaf, MostRowsPerLeaf);

    private LightGbmRegressionTrainer.Options LightGbmNumber(int rows, int seed) => new()
    {
        NumberOfIterations = size.Trees,
        NumberOfLeaves = size.Leaves,
        LearningRate = size.Rate,
        MinimumExampleCountPerLeaf = RowsPerLeaf(rows),
        Booster = Booster,
        ExampleWeightColumnName = TableRows.Weight,
        Seed = seed,
        Deterministic = true,
        NumberOfThreads = 1,
        Silent = true,
    };

    private LightGbmMulticlassTrainer.Options LightGbmClasses(int rows, int seed) => new()
    {
        UseSoftmax = true,
        NumberOfIterations = size.Trees,
        NumberOfLeaves = size.Leaves,
        LearningRate = size.Rate,
        MinimumExampleCountPerLeaf = RowsPerLeaf(rows),
        Booster = Booster,
        ExampleWeightColumnName = TableRows.Weight,
        Seed = seed,
        Deterministic = true,
        NumberOfThreads = 1,
        Silent = true,
    };

    private GradientBooster.Options Booster => new() { SubsampleFraction = size.RowShare, SubsampleFrequency = 1, FeatureFraction = size.FeatureShare };

    private T FastTree<T>(T options, int rows, int seed) where T : BoostedTreeOptions
    {
        options.NumberOfTrees = size.Trees;
        options.NumberOfLeaves = size.Leaves;
        options.LearningRate = size.Rate;
        options.MinimumExampleCountPerLeaf = RowsPerLeaf(rows);
        options.BaggingSize = 1;
        options.BaggingExampleFraction = size.RowShare;
        options.FeatureFraction = size.FeatureShare;
        options.ExampleWeightColumnName = TableRows.Weight;
        options.Seed = options.FeatureSelectionSeed = seed;
        options.NumberOfThreads = 1;
        return options;
    }
}

/// <summary>How many trees of which size.</summary>
/// <param name="Name">Short name.</param>
/// <param name="InWords">What messages call them.</param>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="RowShare">Share of the rows that a tree sees.</param>
/// <param name="FeatureShare">Share of the features.</param>
internal sealed record TreeSize(string Name, string InWords, int Trees, int Leaves, double Rate, double RowShare, double FeatureShare)
{
    public static readonly TreeSize Usual = new("boosted-trees", "boosted trees", 100, 16, 0.1, 0.7, 0.7);

    /// <summary>Larger trees in smaller steps, each of fewer rows and features: nearer to a forest, for labels that follow loosely.</summary>
    public static readonly TreeSize Slow = new("slow-trees", "boosted trees in small steps", 150, 31, 0.03, 0.6, 0.4);

    /// <summary>Small trees: for few rows and many wrong labels.</summary>
    public static readonly TreeSize Small = new("small-trees", "small boosted trees", 60, 8, 0.1, 0.7, 0.7);
}
