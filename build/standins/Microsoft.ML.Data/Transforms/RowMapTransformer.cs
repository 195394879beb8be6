namespace Microsoft.ML.Data;

/// <summary>
/// The base of transformers that append columns computed from one row. A subclass says which columns it appends to a schema, where it
/// also checks that its input columns exist and fit, and saves itself; laziness, cursors and mappers are here.
/// </summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase()
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        return new RowMapView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Check.NotNull(ctx, nameof(ctx));
        SaveModel(ctx);
    }

    private protected abstract IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema);

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private RowMapper Bind(DataViewSchema inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return new RowMapper(inputSchema, [.. MapColumns(inputSchema)]);
    }
}

public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase()
    {
    }
}

/// <summary>An estimator with nothing to learn.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private protected readonly TTransformer Transformer;

    private protected TrivialEstimator(TTransformer transformer) => Transformer = transformer;

    public TTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        // Errors of the schema are told here, not at the first row.
        Transformer.GetOutputSchema(input.Schema);
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
