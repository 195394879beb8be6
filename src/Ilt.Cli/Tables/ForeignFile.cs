using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>Files that are given for a table and are something else, which their first bytes say.</summary>
internal static class ForeignFile
{
    private const int Start = 512;

    private static readonly (byte[] Magic, string What, string Advice)[] Known =
    [
        ([0x1F, 0x8B], "compressed by gzip", "unpack it first: gunzip -k FILE"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "compressed by xz", "unpack it first: unxz -k FILE"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed by Zstandard", "unpack it first: unzstd FILE"),
        ("BZh"u8.ToArray(), "compressed by bzip2", "unpack it first: bunzip2 -k FILE"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], "a 7z archive", "unpack it first"),
        ("PK\u0003\u0004"u8.ToArray(), "a zip archive or an Excel workbook (.xlsx)", "unpack it, or save the sheet as CSV UTF-8"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook (.xls)", "save the sheet as CSV UTF-8"),
        ("ARROW1"u8.ToArray(), "an Arrow (Feather) file", "write it as Parquet"),
        ("FEA1"u8.ToArray(), "a Feather file", "write it as Parquet"),
        ([0x89, (byte)'H', (byte)'D', (byte)'F'], "an HDF5 file", "write the table as CSV or Parquet"),
        ("SQLite format 3"u8.ToArray(), "an SQLite database", "export the table as CSV (sqlite3 -header -csv FILE \"select * from TABLE\")"),
        ([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'], "a NumPy array", "write it as CSV with a header, or as Parquet"),
        ("Obj\u0001"u8.ToArray(), "an Avro file", "write it as Parquet"),
        ("%PDF"u8.ToArray(), "a PDF document", "export the table as CSV"),
        ("version https://git-lfs"u8.ToArray(), "a pointer of Git LFS, not the file itself", "fetch it: git lfs pull"),
    ];

    /// <summary>Refuses what is no table.</summary>
    /// <exception cref="UserErrorException">It is something else, which is named, with what to do.</exception>
    public static void Refuse(string path, ReadOnlySpan<byte> bytes)
    {
        foreach (var (magic, what, advice) in Known)
            if (bytes.StartsWith(magic))
                throw Error(path, what, advice);
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, Start)]).TrimStart('\uFEFF').TrimStart();
        if (text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            throw Error(path, "a web page, perhaps an error message of the server in place of the file", "download the file again, and look at it");
        if (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
            throw Error(path, "XML", "save the table as CSV UTF-8");
        if (IsJson(text))
            throw Error(path, "JSON", "write it as CSV or Parquet, for example with pandas: read_json(FILE, lines=True).to_csv(FILE.csv, index=False)");
    }

    // A brace or bracket alone may begin a name; a quoted name and a colon behind it, or one object after the other, do not.
    private static bool IsJson(string text)
    {
        var inside = text.StartsWith('[') ? text[1..].TrimStart() : text;
        if (!inside.StartsWith('{') || !inside[1..].TrimStart().StartsWith('"'))
            return false;
        var name = inside[1..].TrimStart()[1..];
        var end = name.IndexOf('"', StringComparison.Ordinal);
        return end >= 0 && name[(end + 1)..].TrimStart().StartsWith(':');
    }

    private static UserErrorException Error(string path, string what, string advice) =>
        new($"{path}: is {what}; {advice}. Tables are {TableReader.Formats}.");
}
