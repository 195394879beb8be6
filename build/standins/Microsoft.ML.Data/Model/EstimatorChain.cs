namespace Microsoft.ML.Data
{
    /// <summary>Estimators fitted one after another, each on what the ones before it give.</summary>
    public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
        where TLastTransformer : class, ITransformer
    {
        private readonly (IEstimator<ITransformer> Estimator, TransformerScope Scope)[] _links;

        public EstimatorChain() => _links = [];

        internal EstimatorChain((IEstimator<ITransformer> Estimator, TransformerScope Scope)[] links) => _links = links;

        public TransformerChain<TLastTransformer> Fit(IDataView input)
        {
            Check.NotNull(input, nameof(input));
            // Tells a column that is missing anywhere in the chain before any data is read.
            GetOutputSchema(SchemaShape.Create(input.Schema));
            var data = input;
            var transformers = new ITransformer[_links.Length];
            for (var i = 0; i < _links.Length; i++)
            {
                transformers[i] = _links[i].Estimator.Fit(data);
                if (i < _links.Length - 1)
                    data = transformers[i].Transform(data);
            }
            return new TransformerChain<TLastTransformer>(transformers, [.. _links.Select(l => l.Scope)]);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            Check.NotNull(inputSchema, nameof(inputSchema));
            return _links.Aggregate(inputSchema, (shape, link) => link.Estimator.GetOutputSchema(shape));
        }

        public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
            where TNewTrans : class, ITransformer
        {
            Check.NotNull(estimator, nameof(estimator));
            return new EstimatorChain<TNewTrans>([.. _links, (estimator, scope)]);
        }
    }
}

namespace Microsoft.ML
{
    using Microsoft.ML.Data;

    public static class LearningPipelineExtensions
    {
        public static EstimatorChain<TTrans> Append<TTrans>(
            this IEstimator<ITransformer> start, IEstimator<TTrans> estimator, TransformerScope scope = TransformerScope.Everything)
            where TTrans : class, ITransformer
        {
            Check.NotNull(start, nameof(start));
            return new EstimatorChain<ITransformer>().Append(start).Append(estimator, scope);
        }
    }
}
