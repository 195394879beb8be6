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
}
