using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>Which pictures to load, from where.</summary>
/// <param name="OutputColumnName">The column to add.</param>
/// <param name="InputColumnName">The column of the paths.</param>
/// <param name="Folder">Joined before every path; null: paths are used as they are.</param>
internal sealed record PictureSource(string OutputColumnName, string InputColumnName, string? Folder)
{
    public static ImageDataViewType ColumnType { get; } = new();

    /// <exception cref="ArgumentException">A name is empty.</exception>
    public void Validate()
    {
        if (string.IsNullOrEmpty(OutputColumnName))
            throw new ArgumentException("outputColumnName is empty; name the column to add.", nameof(OutputColumnName));
        if (InputColumnName.Length == 0)
            throw new ArgumentException("inputColumnName is empty; name the column of the paths, or leave it null where it is outputColumnName.", nameof(InputColumnName));
    }
}
