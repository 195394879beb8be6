using System.Text;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>The 128 bytes at the start of a MATLAB 5 file and the list of what follows.</summary>
internal static class MatHeader
{
    private const int HeaderLength = 128;

    // Enough for the flags, the dimensions and the name of any variable: names have at most 63 characters.
    private const int StartOfVariable = 512;

    public static bool ReadBigEndian(ReadOnlySpan<byte> file, string path)
    {
        var text = Encoding.Latin1.GetString(file[..Math.Min(file.Length, 116)]);
        if (file.Length >= 8 && file[..8].SequenceEqual((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]) || text.StartsWith("MATLAB 7.3", StringComparison.Ordinal))
            throw new ImageFormatException(path, "this is a MATLAB file of version 7.3 (HDF5); expected version 5. Save it with save(..., '-v7') in MATLAB, or scipy.io.savemat in Python.");
        if (!"MATLAB".StartsWith(text[..Math.Min(text.Length, 6)], StringComparison.Ordinal))
            throw new ImageFormatException(path, "this is not a MATLAB 5 file (.mat): its header does not begin with MATLAB. A file of version 4 has none; save it with save(..., '-v7').");
        if (file.Length < HeaderLength) throw Truncated(path, "within its header");
        return (file[126], file[127]) switch
        {
            ((byte)'I', (byte)'M') => false,
            ((byte)'M', (byte)'I') => true,
            _ => throw new ImageFormatException(path, "the header of the MATLAB file does not tell its byte order; the file is damaged."),
        };
    }

    public static IEnumerable<MatEntry> Entries(byte[] file, bool bigEndian, string path)
    {
        var last = "";
        for (var offset = HeaderLength; offset < file.Length;)
        {
            var place = last.Length == 0 ? "before its first variable" : $"after the variable '{last}'";
            if (file.Length - offset < 8) throw Truncated(path, place);
            var tag = new MatReader(file.AsMemory(offset, 8), bigEndian, path, "").ReadTag();
            offset += 8;
            if (tag.Type is not (MatType.Matrix or MatType.Compressed) || tag.Small)
                throw new ImageFormatException(path, FormattableString.Invariant($"the MATLAB file holds an element of type {(int)tag.Type} {place}; expected a variable. The file is damaged."));
            var present = Math.Min(tag.Length, file.Length - offset);
            var name = NameOf(file.AsMemory(offset, present), tag.Type == MatType.Compressed, bigEndian, path);
            if (tag.Length > present) throw Truncated(path, name is null ? place : $"within the variable '{name}'");
            if (name is null) throw new ImageFormatException(path, $"the variable that the MATLAB file holds {place} cannot be read; the file is damaged.");
            yield return new MatEntry(last = name, offset, tag.Length, tag.Type == MatType.Compressed);
            offset += tag.Length;
        }
    }

    /// <summary>The name of a variable from its first bytes; null where they do not tell.</summary>
    private static string? NameOf(ReadOnlyMemory<byte> bytes, bool compressed, bool bigEndian, string path)
    {
        try
        {
            if (compressed)
            {
                var start = MatInflate.Start(bytes.Span, StartOfVariable);
                if (start.Length < 8) return null;
                bytes = start.AsMemory(8); // past the tag of the array within
            }

            return new MatReader(bytes, bigEndian, path, "").ReadName();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ImageFormatException Truncated(string path, string place) =>
        new(path, $"the MATLAB file is truncated {place}; copy it again from its source.");
}
