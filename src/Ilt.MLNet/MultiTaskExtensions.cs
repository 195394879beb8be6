using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Adds <c>mlContext.MultiTask</c>, beside ML.NET's own catalogs.</summary>
public static class MultiTaskExtensions
{
    extension(MLContext mlContext)
    {
        /// <summary>Trainers and steps for several tasks at once, with a noise score per row and task.</summary>
        /// <exception cref="ArgumentNullException">The context is null.</exception>
        public MultiTaskCatalog MultiTask => new(mlContext);
    }

    extension(ITransformer model)
    {
        /// <summary>The multi-task transformer in a fitted or loaded pipeline, in nested ones too: with the noise scores, history and warnings.</summary>
        /// <example>
        /// <code>
        /// var model = mlContext.MultiTask.LoadModel("model.zip", out _);
        /// var suspicious = model.GetMultiTaskTransformer().NoiseScores;
        /// </code>
        /// </example>
        /// <exception cref="ArgumentNullException">The model is null.</exception>
        /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
        public MultiTaskTransformer GetMultiTaskTransformer()
        {
            ArgumentNullException.ThrowIfNull(model);
            return TransformerSearch.Single(model);
        }
    }
}
