using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// Reads pictures from the files that a text column names, turned as they are seen. Made by <c>mlContext.MultiTask.LoadPictures</c>. It learns
/// nothing.
/// </summary>
public sealed class PictureLoadingEstimator : IEstimator<PictureLoadingTransformer>
{
    private readonly PictureSource source;

    internal PictureLoadingEstimator(PictureSource source)
    {
        source.Validate();
        // Asked here and not of a loaded model, which may be used where the training files are not.
        if (!string.IsNullOrEmpty(source.Folder) && !Directory.Exists(source.Folder))
            throw new ArgumentException(
                $"Column '{source.OutputColumnName}': the folder of the pictures, '{Path.GetFullPath(source.Folder)}', is not there; "
                + "name an existing folder, or null where the paths are complete.",
                "imageFolder");
        this.source = source;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Check(inputSchema, nameof(inputSchema));
        return SchemaShapes.Append(inputSchema, [new DataViewSchema.DetachedColumn(source.OutputColumnName, PictureSource.ColumnType)]);
    }

    /// <summary>Checks the columns; no file is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of paths is absent or no text.</exception>
    public PictureLoadingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check(SchemaShapes.Of(input.Schema), nameof(input));
        return new PictureLoadingTransformer(source);
    }

    private void Check(SchemaShape shape, string parameter)
    {
        var column = SchemaShapes.Find(shape, source.InputColumnName) ?? throw SchemaErrors.NotFound("input", source.InputColumnName, parameter);
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType is not TextDataViewType)
            throw SchemaErrors.Mismatch("input", column.Name, TextDataViewType.Instance.ToString()!, SchemaShapes.Describe(column), parameter, "It holds the paths of the pictures");
    }
}
