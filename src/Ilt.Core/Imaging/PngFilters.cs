using System.Numerics;
using System.Runtime.InteropServices;

namespace Ilt.Imaging;

/// <summary>The five line filters of PNG, undone in place.</summary>
internal static class PngFilters
{
    /// <summary>Turns a filtered line into its bytes.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 their average, 4 Paeth's choice of left, above and upper left.</param>
    /// <param name="line">The filtered bytes; overwritten.</param>
    /// <param name="above">The bytes of the line above, zeros above the first; same length.</param>
    /// <param name="step">Bytes from a sample to the same sample of the pixel to its left; 1 where a pixel is smaller than a byte.</param>
    /// <returns>False where there is no such filter.</returns>
    public static bool Undo(int filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        above = above[..line.Length];
        switch (filter)
        {
            case 0:
                return true;
            case 1:
                for (var i = step; i < line.Length; i++) line[i] += line[i - step];
                return true;
            case 2:
                Up(line, above);
                return true;
            case 3:
                for (var i = 0; i < Math.Min(step, line.Length); i++) line[i] += (byte)(above[i] >> 1);
                for (var i = step; i < line.Length; i++) line[i] += (byte)((line[i - step] + above[i]) >> 1);
                return true;
            case 4:
                if (step == 1) PaethOfOne(line, above);
                else Paeth(line, above, step);
                return true;
            default:
                return false;
        }
    }

    private static void Up(Span<byte> line, ReadOnlySpan<byte> above)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(line);
        var vectorsAbove = MemoryMarshal.Cast<byte, Vector<byte>>(above);
        for (var i = 0; i < vectors.Length; i++) vectors[i] += vectorsAbove[i];
        for (var i = vectors.Length * Vector<byte>.Count; i < line.Length; i++) line[i] += above[i];
    }

    // Masks have one byte per pixel: the two neighbours to the left stay in registers.
    private static void PaethOfOne(Span<byte> line, ReadOnlySpan<byte> above)
    {
        int left = 0, upperLeft = 0;
        for (var i = 0; i < line.Length; i++)
        {
            int up = above[i];
            left = (byte)(line[i] + Predict(left, up, upperLeft));
            line[i] = (byte)left;
            upperLeft = up;
        }
    }

    private static void Paeth(Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        for (var i = 0; i < Math.Min(step, line.Length); i++) line[i] += above[i];
        for (var i = step; i < line.Length; i++) line[i] += (byte)Predict(line[i - step], above[i], above[i - step]);
    }

    private static int Predict(int left, int up, int upperLeft)
    {
        // Distances of left + up - upperLeft from its three terms.
        var toLeft = Math.Abs(up - upperLeft);
        var toUp = Math.Abs(left - upperLeft);
        var toUpperLeft = Math.Abs(left + up - 2 * upperLeft);
        if (toLeft <= toUp && toLeft <= toUpperLeft) return left;
        return toUp <= toUpperLeft ? up : upperLeft;
    }
}
