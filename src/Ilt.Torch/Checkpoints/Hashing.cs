using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>Rows of numbers and pixels in a hash.</summary>
internal static class Hashing
{
    private const int Piece = 1 << 20; // the bytes of a large array are more than a span can count

    public static void Append<T>(this IncrementalHash hash, ReadOnlySpan<T> values) where T : unmanaged
    {
        for (; values.Length > 0; values = values[Math.Min(values.Length, Piece)..])
            hash.AppendData(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, Piece)]));
    }

    public static void Append(this IncrementalHash hash, PixelStore pixels)
    {
        var row = new byte[pixels.BytesPerRow];
        for (var i = 0; i < pixels.Count; i++)
        {
            pixels.Read(i, row);
            hash.AppendData(row);
        }
    }
}
