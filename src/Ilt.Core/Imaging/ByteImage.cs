namespace Ilt.Imaging;

/// <summary>An image or a mask, one byte per pixel and channel.</summary>
/// <param name="Height">Number of rows, 1 or more.</param>
/// <param name="Width">Number of columns, 1 or more.</param>
/// <param name="Channels">Bytes per pixel: 1 for gray and for a mask of class ids, 3 for red, green, blue.</param>
/// <param name="Pixels">
/// [Height, Width, Channels], row by row, the channels of a pixel together. In a mask 255 stands for "no label" (see <see cref="MaskEncoding"/>).
/// </param>
public sealed record ByteImage(int Height, int Width, int Channels, byte[] Pixels)
{
    /// <summary>[Height, Width, Channels], row by row, the channels of a pixel together.</summary>
    /// <exception cref="ArgumentException">The length is not Height * Width * Channels.</exception>
    public byte[] Pixels { get; init; } = Pixels.Length == (long)Height * Width * Channels && Height > 0 && Width > 0 && Channels > 0
        ? Pixels
        : throw new ArgumentException(FormattableString.Invariant(
            $"An image of {Height} x {Width} pixels and {Channels} channels has {(long)Height * Width * Channels} bytes, at least one; found {Pixels.Length}."), nameof(Pixels));

    /// <summary>Height and width.</summary>
    public ImageSize Size => new(Height, Width);
}
