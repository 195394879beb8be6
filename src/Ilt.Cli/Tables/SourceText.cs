using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Ilt.Imaging;
using Ilt.Parameters;

namespace Ilt.Cli.Tables;

/// <summary>A text file: its valid UTF-8 without byte order mark, and the SHA-256 of its bytes. A large one is not held in memory, see <see cref="MappedCopy"/>.</summary>
internal sealed class SourceText
{
    // What a table of such a size takes beside its bytes is a multiple of them.
    private const long MostInMemory = 128L << 20;

    // From here on the file is hashed while it is read.
    private const int LeastBeside = 1 << 20;

    private readonly Task<string> sha256;

    private SourceText(string path, ReadOnlyMemory<byte> bytes)
    {
        Path = path;
        HasByteOrderMark = bytes.Span.StartsWith(Encoding.UTF8.Preamble);
        Bytes = bytes[(HasByteOrderMark ? Encoding.UTF8.Preamble.Length : 0)..];
        sha256 = bytes.Length < LeastBeside ? Task.FromResult(Hash(bytes)) : Task.Run(() => Hash(bytes));
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
    public string Sha256 => sha256.GetAwaiter().GetResult();

    /// <summary>Takes the bytes of a file that is no text.</summary>
    public static SourceText OfBinary(string path, ReadOnlyMemory<byte> bytes) => new(path, bytes);

    /// <summary>Whether memory holds the bytes; else they are in a <see cref="MappedCopy"/>.</summary>
    public bool IsInMemory => MemoryMarshal.TryGetArray(Bytes, out _);

    /// <summary>The bytes as a stream.</summary>
    public Stream Open()
    {
        if (MemoryMarshal.TryGetMemoryManager<byte, MappedCopy>(Bytes, out var copy))
            return copy.Open();
        _ = MemoryMarshal.TryGetArray(Bytes, out var array);
        return new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
    }

    /// <summary>Lets the system have the memory of a large file's bytes; they are read again when they are asked for.</summary>
    /// <param name="withRest">Whether the memory of what was needed for a moment beside them goes, too, which takes a second.</param>
    public void GiveBack(bool withRest = true)
    {
        if (!MemoryMarshal.TryGetMemoryManager<byte, MappedCopy>(Bytes, out var copy))
            return;
        copy.GiveBack();
        // What was needed for a moment, to look at columns of such a length, would stay for long otherwise.
        if (withRest)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    /// <summary>The bytes of a file; absent, a directory and unreadable are <see cref="UserErrorException"/>s.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostInMemory">Bytes from which on they are not held in memory.</param>
    public static ReadOnlyMemory<byte> ReadBytes(string path, long mostInMemory = MostInMemory)
    {
        if (Directory.Exists(path))
            throw new UserErrorException($"{path}: is a directory; give a file.");
        try
        {
            return new FileInfo(path) switch
            {
                { Exists: true, Length: > int.MaxValue } => throw new UserErrorException($"{path}: the file has more than 2 GiB; write it as Parquet, or as several files."),
                { Exists: true, Length: var length } when length > mostInMemory => new MappedCopy(path).Memory,
                { Exists: true, Length: > LeastBeside and var length } => ReadLarge(path, (int)length),
                _ => File.ReadAllBytes(path),
            };
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

    private static ReadOnlyMemory<byte> ReadLarge(string path, int length)
    {
        var bytes = LargePages.Allocate<byte>(length);
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var at = 0;
        for (int read; (read = RandomAccess.Read(file, bytes.AsSpan(at), at)) > 0;)
            at += read;
        return bytes.AsMemory(0, at);
    }

    /// <summary>Checks the bytes of a text file. What is wrong with it (empty, not UTF-8) is a <see cref="UserErrorException"/>.</summary>
    public static SourceText Create(string path, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0)
            throw new UserErrorException($"{path}: the file is empty; give a CSV, TSV, ARFF or Parquet file with data rows.");
        ForeignFile.Refuse(path, bytes.Span);
        // Before UTF-16, whose mark is the first half of that of UTF-32.
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || bytes.Span.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            throw new UserErrorException($"{path}: the file is UTF-32; save it as UTF-8 (for example: iconv -f UTF-32 -t UTF-8 OLD > NEW).");
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new UserErrorException($"{path}: the file is UTF-16; save it as UTF-8 (for example: iconv -f UTF-16 -t UTF-8 OLD > NEW).");
        RefuseBadBytes(path, bytes.Span);
        var source = new SourceText(path, bytes);
        if (source.Bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
            throw new UserErrorException($"{path}: the file holds nothing but blank lines; give a CSV, TSV, ARFF or Parquet file with data rows.");
        return source;
    }

    private static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));

    private static void RefuseBadBytes(string path, ReadOnlySpan<byte> bytes)
    {
        var zero = bytes.IndexOf((byte)0);
        if (zero >= 0 && WideText.Find(bytes) is { } wide)
            throw new UserErrorException($"{path}: the file looks like {wide[..6]} without a byte order mark; save it as UTF-8 (for example: iconv -f {wide} -t UTF-8 OLD > NEW).");
        if (zero >= 0)
            throw new UserErrorException($"{path}: byte {zero + 1} is zero, so this is no text file; give a CSV, TSV, ARFF or Parquet file.");
        if (Utf8.IsValid(bytes))
            return;
        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var used) == System.Buffers.OperationStatus.Done)
            position += used;
        var line = bytes[..position].Count((byte)'\n') + 1;
        throw new UserErrorException(
            $"{path}: line {line}, byte {position + 1} of the file (0x{bytes[position]:X2}) is not UTF-8; "
            + "save the file as UTF-8 (for example: iconv -f LATIN1 -t UTF-8 OLD > NEW).");
    }
}
