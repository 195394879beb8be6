using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// Adds a column of label images, read from the files that a text column names, when a row's value is asked for. An empty path gives a
/// label image without labels: all 255 in a mask, all NaN in a map.
/// </summary>
/// <remarks>
/// Label images are needed for training only: data without the column of paths passes as it is. A file that cannot be read is an
/// <see cref="InvalidOperationException"/> that names row, column and file. Save with <c>mlContext.Model.Save</c>, load with
/// <see cref="MultiTaskCatalog.LoadModel(string, out DataViewSchema, Ilt.Torch.CustomNetworkDefinition, IReadOnlyList{Ilt.Torch.TaskDerivation})"/>.
/// </remarks>
public sealed class LabelImageLoadingTransformer : ITransformer
{
    internal LabelImageLoadingTransformer(LabelImageSource source) => Source = source;

    internal LabelImageSource Source { get; }

    /// <summary>Always true.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new LabelImageMapper(Source, inputSchema).OutputSchema;
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnsView(input, new LabelImageMapper(Source, input.Schema));
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new LabelImageMapper(Source, inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
        => ModelCarrier.Create(ModelCarrier.LabelImages, LabelImageFormat.Write(Source)).Save(ctx);
}
