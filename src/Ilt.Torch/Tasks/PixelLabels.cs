using System.Security.Cryptography;
using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Label images of one task, one per row. A row of which no pixel has a value has no label.</summary>
public abstract class PixelLabels : TaskLabels
{
    private protected readonly bool[] Labelled;

    private protected PixelLabels(PixelStore pixels, ImageSize size, int bytesPerPixel)
    {
        if (pixels.BytesPerRow != size.Height * size.Width * bytesPerPixel)
            throw new ArgumentException($"The label images have {pixels.BytesPerRow} bytes each; {size.Height} x {size.Width} pixels of {bytesPerPixel} byte(s) need {size.Height * size.Width * bytesPerPixel}.", nameof(pixels));
        Pixels = pixels;
        Size = size;
        Labelled = new bool[pixels.Count];
    }

    /// <summary>Size of every label image.</summary>
    public ImageSize Size { get; }

    /// <summary>The label images.</summary>
    public PixelStore Pixels { get; }

    /// <inheritdoc/>
    public sealed override int Count => Labelled.Length;

    /// <inheritdoc/>
    public sealed override bool IsLabelled(int row) => Labelled[row];

    internal sealed override void AppendTo(IncrementalHash hash) => hash.Append(Pixels);

    internal sealed override ImageSize? ImageSize => Size;
}
