using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Ilt.Cli.Tables;

/// <summary>A text file read whole: its valid UTF-8 without byte order mark, and the SHA-256 of its bytes.</summary>
internal sealed class SourceText
{
    private SourceText(string path, byte[] bytes)
    {
        Path = path;
        HasByteOrderMark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);
        Bytes = bytes.AsMemory(HasByteOrderMark ? Encoding.UTF8.Preamble.Length : 0);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>The path as the user gave it.</summary>
    public string Path { get; }

    /// <summary>The bytes of the text: valid UTF-8, byte order mark left out.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Decodes the text.</summary>
    public string Decode() => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>Whether the file starts with the UTF-8 byte order mark (a rewritten file keeps it).</summary>
    public bool HasByteOrderMark { get; }

    /// <summary>Lower-case hexadecimal SHA-256 of the file's bytes.</summary>
    public string Sha256 { get; }

    /// <summary>Takes the bytes of a file that is no text.</summary>
    public static SourceText OfBinary(string path, byte[] bytes) => new(path, bytes);

    /// <summary>The bytes of a file; absent, a directory and unreadable are <see cref="UserErrorException"/>s.</summary>
    public static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
            throw new UserErrorException($"{path}: is a directory; give a file.");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{path}: there is no such file; check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserErrorException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check the path and its permissions.", e);
        }
    }

    /// <summary>Checks the bytes of a text file. What is wrong with it (empty, not UTF-8) is a <see cref="UserErrorException"/>.</summary>
    public static SourceText Create(string path, byte[] bytes)
    {
        if (bytes.Length == 0)
            throw new UserErrorException($"{path}: the file is empty; give a CSV, TSV, ARFF or Parquet file with data rows.");
        // Before UTF-16, whose mark is the first half of that of UTF-32.
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            throw new UserErrorException($"{path}: the file is UTF-32; save it as UTF-8 (for example: iconv -f UTF-32 -t UTF-8 OLD > NEW).");
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new UserErrorException($"{path}: the file is UTF-16; save it as UTF-8 (for example: iconv -f UTF-16 -t UTF-8 OLD > NEW).");
        RefuseBadBytes(path, bytes);
        var source = new SourceText(path, bytes);
        if (source.Bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
            throw new UserErrorException($"{path}: the file holds nothing but blank lines; give a CSV, TSV, ARFF or Parquet file with data rows.");
        return source;
    }

    private static void RefuseBadBytes(string path, byte[] bytes)
    {
        var zero = bytes.AsSpan().IndexOf((byte)0);
        if (zero >= 0)
            throw new UserErrorException($"{path}: byte {zero + 1} is zero, so this is no text file; give a CSV, TSV, ARFF or Parquet file.");
        if (Utf8.IsValid(bytes))
            return;
        var position = 0;
        while (Rune.DecodeFromUtf8(bytes.AsSpan(position), out _, out var used) == System.Buffers.OperationStatus.Done)
            position += used;
        var line = bytes.AsSpan(0, position).Count((byte)'\n') + 1;
        throw new UserErrorException(
            $"{path}: line {line}, byte {position + 1} of the file (0x{bytes[position]:X2}) is not UTF-8; "
            + "save the file as UTF-8 (for example: iconv -f LATIN1 -t UTF-8 OLD > NEW).");
    }
}
