using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Ilt.Cli.Tests.Robustness;

/// <summary>Makes check sums fit again, so that what lies behind them is met too.</summary>
internal static class Repairs
{
    /// <summary>The sums of the chunks of a PNG file, as far as they can be followed.</summary>
    public static byte[] Png(byte[] file)
    {
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) break;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Imaging.Crc32.Of(file.AsSpan(at + 4, 4 + (int)length)));
            at += 12 + (int)length;
        }

        return file;
    }

    /// <summary>The sum at the end of a checkpoint.</summary>
    public static byte[] Checkpoint(byte[] file)
    {
        if (file.Length > 32) SHA256.HashData(file.AsSpan(0, file.Length - 32), file.AsSpan(file.Length - 32));
        return file;
    }

    /// <summary>Changes what is in one part of a zip file, and packs it anew.</summary>
    public static byte[] InZip(byte[] file, uint which, Func<byte[], byte[]> change)
    {
        using var result = new MemoryStream();
        using (var old = new ZipArchive(new MemoryStream(file)))
        using (var zip = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            var changed = (int)(which % (uint)old.Entries.Count);
            for (var i = 0; i < old.Entries.Count; i++)
            {
                using var source = old.Entries[i].Open();
                using var bytes = new MemoryStream();
                source.CopyTo(bytes);
                using var target = zip.CreateEntry(old.Entries[i].FullName, CompressionLevel.Fastest).Open();
                target.Write(i == changed ? change(bytes.ToArray()) : bytes.ToArray());
            }
        }

        return result.ToArray();
    }
}
