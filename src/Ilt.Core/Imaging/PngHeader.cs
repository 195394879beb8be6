namespace Ilt.Imaging;

/// <summary>The IHDR chunk of a PNG file.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="BitDepth">Bits per sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Colour">What the samples of a pixel are.</param>
/// <param name="Interlaced">Whether the pixels come in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(int Height, int Width, int BitDepth, PngColour Colour, bool Interlaced)
{
    /// <summary>Samples per pixel.</summary>
    public int Channels => Colour switch { PngColour.Rgb => 3, PngColour.GrayAlpha => 2, PngColour.RgbAlpha => 4, _ => 1 };

    /// <summary>Bytes of a line of <paramref name="width"/> pixels, without its filter byte.</summary>
    public int LineBytes(int width) => (int)(((long)width * Channels * BitDepth + 7) / 8);
}

/// <summary>The colour types of PNG, by their numbers in the file.</summary>
internal enum PngColour
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    RgbAlpha = 6,
}
