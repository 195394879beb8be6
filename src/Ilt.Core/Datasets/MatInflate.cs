using System.IO.Compression;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>Unpacks the zlib streams of compressed variables.</summary>
internal static class MatInflate
{
    /// <summary>The first bytes; fewer where the stream ends before, or is damaged.</summary>
    public static byte[] Start(ReadOnlySpan<byte> compressed, int wanted)
    {
        var bytes = new byte[wanted];
        var length = 0;
        try
        {
            // A few hundred bytes never need more than this of the packed ones.
            using var zlib = new ZLibStream(new MemoryStream(compressed[..Math.Min(compressed.Length, 4 * wanted)].ToArray()), CompressionMode.Decompress);
            while (length < wanted && zlib.Read(bytes, length, wanted - length) is > 0 and var read) length += read;
        }
        catch (Exception e) when (IsDamage(e))
        {
            // What came before the damage may be all that is wanted.
        }

        return bytes[..length];
    }

    /// <exception cref="ImageFormatException">The stream is damaged.</exception>
    public static byte[] All(ReadOnlySpan<byte> compressed, string path, string name)
    {
        using var result = new MemoryStream();
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            zlib.CopyTo(result);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new ImageFormatException(path, $"the variable '{name}' cannot be unpacked; the MATLAB file is damaged, copy it again from its source.", e);
        }

        return result.ToArray();
    }

    // Some damage makes zlib itself give up, which is an IOException.
    private static bool IsDamage(Exception e) => e is InvalidDataException or IOException;
}
