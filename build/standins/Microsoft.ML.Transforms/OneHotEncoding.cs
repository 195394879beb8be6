using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly ValueToKeyMappingEstimator _keys;
    private readonly KeyToIndicatorTransformer _indicators;

    internal OneHotEncodingEstimator(InputOutputColumnPair[] columns, ValueToKeyMappingEstimator keys, OutputKind outputKind)
    {
        _keys = keys;
        // The second step works in place on the keys of the first.
        if (outputKind != OutputKind.Key)
            _indicators = new KeyToIndicatorTransformer([.. columns.Select(c => new InputOutputColumnPair(c.OutputColumnName))], outputKind == OutputKind.Bag);
    }

    public enum OutputKind : byte
    {
        Bag = 1,
        Indicator = 2,
        Key = 3,
    }

    public OneHotEncodingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        var keys = _keys.Fit(input);
        ITransformer[] steps = _indicators is null ? [keys] : [keys, _indicators];
        var chain = new TransformerChain<ITransformer>(steps);
        _ = chain.GetOutputSchema(input.Schema);
        return new OneHotEncodingTransformer(chain);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var keyed = _keys.GetOutputSchema(inputSchema);
        return _indicators is null ? keyed : _indicators.GetOutputShape(keyed);
    }
}

public sealed class OneHotEncodingTransformer : ITransformer
{
    private readonly ITransformer _steps;

    internal OneHotEncodingTransformer(ITransformer steps) => _steps = steps;

    bool ITransformer.IsRowToRowMapper => _steps.IsRowToRowMapper;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _steps.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => _steps.Transform(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => _steps.GetRowToRowMapper(inputSchema);

    /// <summary>Saves the steps: what is loaded is a chain, as in ML.NET.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => _steps.Save(ctx);
}
