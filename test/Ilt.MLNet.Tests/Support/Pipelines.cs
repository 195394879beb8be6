using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Pipelines over <see cref="Sample"/> that several fixtures use.</summary>
internal static class Pipelines
{
    public static readonly TaskColumn ClassTask = TaskColumn.Classification("class", "Class");
    public static readonly TaskColumn FlagTask = TaskColumn.Classification("flag", "Flag");
    public static readonly TaskColumn NumberTask = TaskColumn.Regression("number", "Number");
    public static readonly TaskColumn VectorTask = TaskColumn.Regression("vector", "Vector");

    public static MultiTaskTrainer.Options AllTasks => new()
    {
        Tasks = [ClassTask, FlagTask, NumberTask, VectorTask],
        IdColumnName = "Id",
        Training = new TrainingOptions { Epochs = 12, BatchSize = 16, LearningRate = 0.01, HiddenUnits = [32], Seed = 1 },
    };

    /// <summary>One-hot, joined, scaled features; the class as a key.</summary>
    public static EstimatorChain<ITransformer> Preparation(MLContext ml) => new EstimatorChain<ITransformer>()
        .Append(ml.Transforms.Categorical.OneHotEncoding("ColourHot", "Colour"))
        .Append(ml.Transforms.Concatenate("Features", "A", "B", "ColourHot"))
        .Append(ml.Transforms.NormalizeMeanVariance("Features"))
        .Append((IEstimator<ITransformer>)ml.Transforms.Conversion.MapValueToKey("Class"));

    public static TransformerChain<MultiTaskTransformer> Fit(MLContext ml, IEnumerable<Sample> rows, MultiTaskTrainer.Options options)
        => Preparation(ml).Append(ml.MultiTask.Train(options)).Fit(ml.Data.LoadFromEnumerable(rows));

    /// <summary>All values of a column.</summary>
    public static T[] Column<T>(IDataView view, string name) => [.. view.GetColumn<T>(name)];
}
