using System.Collections;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Data;

/// <summary>Transformers applied one after another.</summary>
public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer>, IDisposable
    where TLastTransformer : class, ITransformer
{
    private readonly ITransformer[] _transformers;
    private readonly TransformerScope[] _scopes;
    private bool _disposed;

    public readonly TLastTransformer LastTransformer;

    public TransformerChain(IEnumerable<ITransformer> transformers, IEnumerable<TransformerScope> scopes)
    {
        Check.NotNull(transformers, nameof(transformers));
        Check.NotNull(scopes, nameof(scopes));
        _transformers = [.. transformers];
        _scopes = [.. scopes];
        Check.Param(!_transformers.Contains(null), nameof(transformers), "Cannot contain null");
        Check.Param(_transformers.Length == _scopes.Length, nameof(scopes), "Must have the same number of transformers and scopes");
        LastTransformer = _transformers.LastOrDefault() as TLastTransformer;
        Check.Param(_transformers.Length == 0 || LastTransformer is not null, nameof(transformers), $"The last transformer must be a {typeof(TLastTransformer)}");
    }

    public TransformerChain(params ITransformer[] transformers)
        : this(transformers, transformers?.Select(_ => TransformerScope.Everything))
    {
    }

    bool ITransformer.IsRowToRowMapper => _transformers.All(t => t.IsRowToRowMapper);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return _transformers.Aggregate(inputSchema, (schema, transformer) => transformer.GetOutputSchema(schema));
    }

    public IDataView Transform(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        // Tells a schema that does not fit before any view is made.
        GetOutputSchema(input.Schema);
        return _transformers.Aggregate(input, (data, transformer) => transformer.Transform(data));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        Check.That(((ITransformer)this).IsRowToRowMapper, "GetRowToRowMapper method called despite IsRowToRowMapper being false.");
        var mappers = new List<IRowToRowMapper>();
        foreach (var transformer in _transformers)
            mappers.Add(transformer.GetRowToRowMapper(mappers.Count == 0 ? inputSchema : mappers[^1].OutputSchema));
        return new ChainMapper(inputSchema, [.. mappers]);
    }

    public TransformerChain<ITransformer> GetModelFor(TransformerScope scopeFilter)
    {
        var kept = Enumerable.Range(0, _transformers.Length).Where(i => (_scopes[i] & scopeFilter) == scopeFilter).ToArray();
        return new TransformerChain<ITransformer>(kept.Select(i => _transformers[i]), kept.Select(i => _scopes[i]));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Check.NotNull(ctx, nameof(ctx));
        var writer = ctx.Begin(TransformerChainLoader.Signature, this);
        writer.Write(_transformers.Length);
        for (var i = 0; i < _transformers.Length; i++)
        {
            writer.Write((int)_scopes[i]);
            ctx.SaveNode(TransformerChainLoader.NodeName(i), _transformers[i]);
        }
    }

    public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var transformer in _transformers)
            (transformer as IDisposable)?.Dispose();
    }
}

internal static class TransformerChainLoader
{
    public const string Signature = "TransformerChain";

    public static string NodeName(int i) => $"Transform_{i:000}";

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node =>
    {
        var scopes = new TransformerScope[node.Reader.ReadInt32()];
        for (var i = 0; i < scopes.Length; i++)
            scopes[i] = (TransformerScope)node.Reader.ReadInt32();
        return new TransformerChain<ITransformer>(scopes.Select((_, i) => node.LoadNode(NodeName(i))).ToArray(), scopes);
    });
}

/// <summary>Mappers in a row. Each must speak of the very schema instance that the one before it gives.</summary>
internal sealed class ChainMapper : IRowToRowMapper
{
    private readonly IRowToRowMapper[] _mappers;

    public ChainMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers)
    {
        _mappers = mappers;
        InputSchema = inputSchema;
        OutputSchema = inputSchema;
        foreach (var mapper in mappers)
        {
            Check.That(ReferenceEquals(mapper.InputSchema, OutputSchema), $"{mapper.GetType().Name} is not bound to the schema instance it was asked for");
            OutputSchema = mapper.OutputSchema;
        }
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        _mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(ReferenceEquals(input.Schema, InputSchema), nameof(input), "Schema of input row must be the same as the schema the mapper is bound to");
        var wanted = new IEnumerable<DataViewSchema.Column>[_mappers.Length];
        for (var i = _mappers.Length - 1; i >= 0; i--)
        {
            wanted[i] = activeColumns;
            activeColumns = _mappers[i].GetDependencies(activeColumns);
        }
        var row = input;
        for (var i = 0; i < _mappers.Length; i++)
        {
            row = _mappers[i].GetRow(row, wanted[i]);
            Check.That(ReferenceEquals(row.Schema, _mappers[i].OutputSchema), $"{_mappers[i].GetType().Name} gave a row of another schema instance");
        }
        return row;
    }
}
