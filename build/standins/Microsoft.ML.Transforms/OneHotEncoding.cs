using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly ValueToKeyMappingEstimator _keys;
    private readonly KeyToIndicatorTransformer _indicators;

    internal OneHotEncodingEstimator(InputOutputColumnPair[] columns, ValueToKeyMappingEstimator keys)
    {
        _keys = keys;
        // The second step works in place on the keys of the first.
        _indicators = new KeyToIndicatorTransformer([.. columns.Select(c => new InputOutputColumnPair(c.OutputColumnName))]);
    }

    public enum OutputKind : byte
    {
        Indicator = 2,
    }

    public OneHotEncodingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        var chain = new TransformerChain<ITransformer>(_keys.Fit(input), _indicators);
        _ = chain.GetOutputSchema(input.Schema);
        return new OneHotEncodingTransformer(chain);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _indicators.GetOutputShape(_keys.GetOutputSchema(inputSchema));
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
