using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>One model of all four label types, trained once; tests only read it.</summary>
internal static class SharedModel
{
    public static MLContext Context { get; } = new(1);

    public static IReadOnlyList<Sample> Rows { get; } = Sample.Rows(300);

    public static IReadOnlyList<Sample> Unseen { get; } = Sample.Rows(200, seed: 2, prefix: "new");

    public static TransformerChain<MultiTaskTransformer> Model { get; } = Pipelines.Fit(Context, Rows, Pipelines.AllTasks);

    public static IDataView OnTraining => Model.Transform(Context.Data.LoadFromEnumerable(Rows));

    public static IDataView OnUnseen => Model.Transform(Context.Data.LoadFromEnumerable(Unseen));
}
