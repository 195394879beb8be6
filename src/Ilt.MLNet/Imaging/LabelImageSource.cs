using Ilt.Imaging;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>Which label images to load, from where, and what to make of them. One of <see cref="Mask"/> and <see cref="Map"/> is set.</summary>
internal sealed record LabelImageSource
{
    public required string OutputColumnName { get; init; }

    public required string InputColumnName { get; init; }

    /// <summary>Joined before every path of the input column; null: paths are used as they are.</summary>
    public required string? Folder { get; init; }

    /// <summary>The size of every label image in the output column.</summary>
    public required ImageSize Size { get; init; }

    /// <summary>How files of another size are made to fit; null: they are refused.</summary>
    public required ImageResizingEstimator.ResizingKind? Resizing { get; init; }

    public required ImageResizingEstimator.Anchor CropAnchor { get; init; }

    public MaskEncoding? Mask { get; init; }

    public MapEncoding? Map { get; init; }

    public string Kind => Mask is not null ? "mask" : "map";

    public VectorDataViewType ColumnType
        => new(Mask is not null ? NumberDataViewType.Byte : NumberDataViewType.Single, Size.Height, Size.Width);

    /// <exception cref="ArgumentException">A name is empty, the size is not positive, or the encoding is out of its range.</exception>
    public void Validate()
    {
        if (string.IsNullOrEmpty(OutputColumnName))
            throw new ArgumentException("outputColumnName is empty; name the column to add.", nameof(OutputColumnName));
        if (InputColumnName.Length == 0)
            throw new ArgumentException("inputColumnName is empty; name the column of the paths, or leave it null where it is outputColumnName.", nameof(InputColumnName));
        if (Size.Height < 1 || Size.Width < 1 || (long)Size.Height * Size.Width > Array.MaxLength / sizeof(float))
            throw new ArgumentOutOfRangeException(nameof(Size), FormattableString.Invariant($"Column '{OutputColumnName}': imageHeight {Size.Height} and imageWidth {Size.Width} must be positive, and their product at most {Array.MaxLength / sizeof(float)}."));
        if (Resizing is { } kind && !Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(Resizing), kind, $"Column '{OutputColumnName}': resizing must be IsoPad, IsoCrop, Fill or null.");
        if (!Enum.IsDefined(CropAnchor))
            throw new ArgumentOutOfRangeException(nameof(CropAnchor), CropAnchor, $"Column '{OutputColumnName}': cropAnchor must be Right, Left, Top, Bottom or Center.");
        Mask?.Validate();
        Map?.Validate();
    }
}
