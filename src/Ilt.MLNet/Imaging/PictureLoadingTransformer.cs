using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// Adds a column of pictures, read from the files that a text column names and turned as their Exif orientation says, when a row's value is asked
/// for. An empty path gives no picture, as with <c>LoadImages</c>.
/// </summary>
/// <remarks>
/// A file that cannot be read is an <see cref="InvalidOperationException"/> that names row, column and file. Save with <c>mlContext.Model.Save</c>,
/// load with <see cref="MultiTaskCatalog.LoadModel(string, out DataViewSchema, Ilt.Torch.CustomNetworkDefinition, IReadOnlyList{Ilt.Torch.TaskDerivation})"/>.
/// </remarks>
public sealed class PictureLoadingTransformer : ITransformer
{
    private readonly PictureSource source;

    internal PictureLoadingTransformer(PictureSource source) => this.source = source;

    /// <summary>Always true.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new PictureMapper(source, inputSchema).OutputSchema;
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new AddedColumnsView(input, new PictureMapper(source, input.Schema));
    }

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new PictureMapper(source, inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelCarrier.Create(ModelCarrier.Pictures, PictureSourceFormat.Write(source)).Save(ctx);
}
