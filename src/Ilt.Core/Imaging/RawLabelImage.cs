namespace Ilt.Imaging;

/// <summary>A label image as its file holds it.</summary>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="BitDepth">Bits per pixel: 1, 2, 4, 8 or 16.</param>
/// <param name="IsPalette">Whether <paramref name="Values"/> are indices of a palette; the colours themselves are not kept.</param>
/// <param name="Values">[Height, Width], row by row, 0 .. 2^BitDepth - 1, not scaled.</param>
public sealed record RawLabelImage(int Height, int Width, int BitDepth, bool IsPalette, ushort[] Values);
