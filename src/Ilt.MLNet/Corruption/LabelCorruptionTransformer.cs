using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// Replaces the chosen labels of the data that <see cref="LabelCorruptionEstimator"/> was fitted on and adds the truth column.
/// Other data passes unchanged, with a truth of false; data without the label column passes as it is.
/// </summary>
/// <remarks>
/// Wrong labels have no business in a model that is used: saved in a pipeline, this step becomes one that does nothing, and the
/// truth column is gone.
/// </remarks>
public sealed class LabelCorruptionTransformer : ITransformer, IDisposable
{
    private readonly LabelCorruptionEstimator.Options options;
    private readonly LabelColumn label;
    private readonly CorruptionPlan plan;
    private readonly PixelStores stores;

    internal LabelCorruptionTransformer(LabelCorruptionEstimator.Options options, LabelColumn label, CorruptionPlan plan, PixelStores stores)
    {
        this.options = options;
        this.label = label;
        this.plan = plan;
        this.stores = stores;
    }

    /// <summary>Labels that really changed: the number of true cells in the truth of the fitted data.</summary>
    public int CorruptedCount => plan.Count;

    /// <summary>Always true.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new CorruptionMapper(options, label, plan, inputSchema).OutputSchema;
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnsView(input, new CorruptionMapper(options, label, plan, input.Schema));
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new CorruptionMapper(options, label, plan, inputSchema);
    }

    /// <summary>Frees the wrong masks and maps; views of this transformer cannot be read any more. A pipeline that holds it frees it too.</summary>
    public void Dispose() => stores.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)new TransformerChain<ITransformer>()).Save(ctx);
}
