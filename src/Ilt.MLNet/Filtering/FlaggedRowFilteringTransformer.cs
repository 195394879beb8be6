using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Leaves out rows that are flagged for any of its tasks.</summary>
/// <remarks>
/// Flags are about rows of the training: other rows have none and stay. A single row, as a <c>PredictionEngine</c> passes it, always passes, since every
/// row has a prediction. Saved in a pipeline, this step becomes one that does nothing.
/// </remarks>
public sealed class FlaggedRowFilteringTransformer : ITransformer
{
    private readonly string[] columns;

    internal FlaggedRowFilteringTransformer(string[] columns) => this.columns = columns;

    /// <summary>Always true, of single rows.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A column of flags is absent.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var flags = columns.Select(name => input.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentException($"There is no column '{name}'; give rows as the multi-task model before this step does.", nameof(input))).ToArray();
        return new FilteredView(input, flags, keep: false);
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new Identity(inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)new TransformerChain<ITransformer>()).Save(ctx);

    private sealed class Identity(DataViewSchema input) : AddedColumnsMapper(input, [])
    {
        protected override IEnumerable<int> Dependencies(bool[] activeAdded, bool lookahead) => [];

        internal override AddedGetters CreateGetters(DataViewRow input, bool[] activeAdded, IDataView? source) => new([]);
    }
}
