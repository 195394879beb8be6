using CsCheck;

namespace Ilt.Cli.Tests.Robustness;

/// <summary>One change of a file: what is done, where (a share of its length), and with what.</summary>
internal readonly record struct Change(ChangeKind Kind, uint Place, uint Length, byte[] Bytes)
{
    // Numbers at which counts and sizes go wrong.
    private static readonly byte[][] Limits =
    [
        [0], [0xFF], [0x7F], [0x80], [0xFF, 0xFF], [0xFF, 0x7F], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 1],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "999999999"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "NaN"u8.ToArray(), "\""u8.ToArray(), "\n"u8.ToArray(), ","u8.ToArray(), "{"u8.ToArray(),
    ];

    /// <summary>Changes by the seed of the generator: from one to six at once.</summary>
    public static Gen<Change[]> Several { get; } = Gen.Select(
        Gen.Int[0, Enum.GetValues<ChangeKind>().Length - 1], Gen.UInt, Gen.UInt[0, 64], Gen.OneOf(Gen.Byte.Array[1, 8], Gen.Int[0, Limits.Length - 1].Select(i => Limits[i])),
        (kind, place, length, bytes) => new Change((ChangeKind)kind, place, length, bytes)).Array[1, 6];

    /// <summary>The changed file.</summary>
    public byte[] Of(byte[] file)
    {
        var at = (int)(Place / (uint.MaxValue + 1.0) * (file.Length + 1));
        var end = Math.Min(file.Length, at + (int)Length);
        switch (Kind)
        {
            case ChangeKind.FlipBit:
                if (at == file.Length) return file;
                file = [.. file];
                file[at] ^= (byte)(1 << (int)(Length % 8));
                return file;
            case ChangeKind.Overwrite:
                file = [.. file];
                Bytes.AsSpan(0, Math.Min(Bytes.Length, file.Length - at)).CopyTo(file.AsSpan(at));
                return file;
            case ChangeKind.Insert:
                return [.. file[..at], .. Bytes, .. file[at..]];
            case ChangeKind.Delete:
                return [.. file[..at], .. file[end..]];
            case ChangeKind.Repeat:
                return [.. file[..end], .. file[at..]];
            case ChangeKind.Cut:
                return file[..at];
            default: // the start is where a format says what it is: it is met more often than by chance
                file = [.. file];
                for (var i = 0; i < Bytes.Length && (at % 64) + i < file.Length; i++) file[(at % 64) + i] = Bytes[i];
                return file;
        }
    }
}

/// <summary>What a change does.</summary>
internal enum ChangeKind
{
    FlipBit,
    Overwrite,
    Insert,
    Delete,
    Repeat,
    Cut,
    OverwriteHead,
}
