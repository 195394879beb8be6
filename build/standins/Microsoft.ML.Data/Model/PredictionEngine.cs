using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Predicts one object at a time; not for several threads.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ObjectRow<TSrc> _input = new();
    private readonly DataViewRow _output;
    private readonly Action<TDst> _fill;
    private readonly IDisposable _owned;

    private protected PredictionEngineBase(ITransformer transformer, PredictionEngineOptions options)
    {
        Check.Param(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        var mapper = transformer.GetRowToRowMapper(_input.Schema);
        _output = mapper.GetRow(_input, mapper.OutputSchema);
        _fill = new RowToObject<TDst>(mapper.OutputSchema, ignoreMissingColumns: true).Bind(_output);
        _owned = options.OwnsTransformer ? transformer as IDisposable : null;
    }

    public TDst Predict(TSrc example)
    {
        _input.MoveTo(example);
        var result = new TDst();
        _fill(result);
        return result;
    }

    public void Dispose()
    {
        _output.Dispose();
        _owned?.Dispose();
    }
}

public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, PredictionEngineOptions options)
        : base(transformer, options)
    {
    }
}

public sealed class PredictionEngineOptions
{
    /// <summary>Whether disposing the engine disposes the transformer.</summary>
    public bool OwnsTransformer = true;
}
