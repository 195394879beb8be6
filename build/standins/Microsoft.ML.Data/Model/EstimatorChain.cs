using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data
{
    /// <summary>Estimators fitted one after another, each on what the ones before it give.</summary>
    public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
        where TLastTransformer : class, ITransformer
    {
        private readonly (IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter)[] _links;

        public readonly IEstimator<TLastTransformer> LastEstimator;

        public EstimatorChain() => _links = [];

        internal EstimatorChain((IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter)[] links)
        {
            _links = links;
            LastEstimator = links.LastOrDefault().Estimator as IEstimator<TLastTransformer>;
        }

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
                if (i == _links.Length - 1)
                    break;
                data = transformers[i].Transform(data);
                if (_links[i].CacheAfter)
                    data = new CacheView(data);
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
            return new EstimatorChain<TNewTrans>([.. _links, (estimator, scope, false)]);
        }

        public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(IHostEnvironment env)
        {
            Check.NotNull(env, nameof(env));
            return _links is [.. var before, var last] ? new EstimatorChain<TLastTransformer>([.. before, last with { CacheAfter = true }]) : this;
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

        public static EstimatorChain<TTrans> AppendCacheCheckpoint<TTrans>(this IEstimator<TTrans> start, IHostEnvironment env)
            where TTrans : class, ITransformer
        {
            Check.NotNull(start, nameof(start));
            return new EstimatorChain<ITransformer>().Append(start).AppendCacheCheckpoint(env);
        }

        public static TransformerChain<TTrans> Append<TTrans>(this ITransformer start, TTrans transformer)
            where TTrans : class, ITransformer
        {
            Check.NotNull(start, nameof(start));
            Check.NotNull(transformer, nameof(transformer));
            return new TransformerChain<TTrans>(start, transformer);
        }
    }
}
