using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Finds the multi-task transformer in a pipeline.</summary>
internal static class TransformerSearch
{
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public static MultiTaskTransformer Single(ITransformer model)
    {
        var found = All(model).Distinct().ToList();
        if (found.Count == 1) return found[0];
        if (found.Count > 1)
            throw new InvalidOperationException(
                $"The pipeline holds {found.Count} multi-task transformers, expected one: "
                + $"{string.Join("; ", found.Select(one => string.Join(", ", one.Tasks.Select(task => $"'{task.Name}'"))))}. Walk the pipeline to choose one.");
        throw new InvalidOperationException(HoldsCarrier(model)
            ? "The pipeline was loaded with mlContext.Model.Load, which cannot make a multi-task transformer; load it with mlContext.MultiTask.LoadModel."
            : "The pipeline holds no multi-task transformer; expected one that mlContext.MultiTask.Train made. Was it the pipeline of the trainer?");
    }

    // A chain of transformers is a sequence of them, whatever the type of its last one.
    private static IEnumerable<MultiTaskTransformer> All(ITransformer model) => model switch
    {
        MultiTaskTransformer one => [one],
        IEnumerable<ITransformer> chain => chain.SelectMany(All),
        _ => [],
    };

    private static bool HoldsCarrier(ITransformer model)
        => ModelCarrier.IsCarrier(model) || (model is IEnumerable<ITransformer> chain && chain.Any(HoldsCarrier));
}
