using System.IO.Compression;
using Ilt.Imaging;

namespace Ilt.MLNet;

/// <summary>
/// Holds the parts of a zip file against their lengths and check sums, which .NET does not do: what ML.NET reads from a part that has changed could ask
/// for any amount of memory. Parts are unpacked piece by piece and thrown away.
/// </summary>
internal static class ZipCheck
{
    /// <param name="stream">At its first byte, and there again afterwards; what cannot seek is not checked.</param>
    /// <exception cref="FormatException">A part is not what it was when it was written; the message names it.</exception>
    /// <exception cref="InvalidDataException">It is no zip file, or cut short.</exception>
    public static void Require(Stream stream)
    {
        if (!stream.CanSeek) return;
        var start = stream.Position;
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            var piece = new byte[1 << 16];
            foreach (var entry in zip.Entries) Require(entry, piece);
        }
        stream.Position = start;
    }

    private static void Require(ZipArchiveEntry entry, byte[] piece)
    {
        using var part = entry.Open();
        var (sum, length) = (0u, 0L);
        for (int read; length <= entry.Length && (read = part.Read(piece)) > 0; length += read) sum = Crc32.Append(sum, piece.AsSpan(0, read));
        if (length != entry.Length || sum != entry.Crc32)
            throw new FormatException($"The model file is damaged: its part '{entry.FullName}' has changed since it was written. Save the model again, or copy the file again from where it is whole.");
    }
}
