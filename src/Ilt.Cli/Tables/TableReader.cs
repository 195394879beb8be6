using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>Reads a table from a file: ARFF when it looks like one, separated values otherwise.</summary>
internal static class TableReader
{
    /// <summary>Reads the whole file into memory; anything wrong with it is a <see cref="UserErrorException"/>.</summary>
    public static Table Read(string path)
    {
        var source = SourceText.Read(path);
        return IsArff(source) ? ArffReader.Read(source) : CsvTableReader.Read(source);
    }

    private static bool IsArff(SourceText source)
    {
        if (source.Path.EndsWith(".arff", StringComparison.OrdinalIgnoreCase))
            return true;
        var start = source.Bytes.Span;
        var text = Encoding.UTF8.GetString(start[..Math.Min(start.Length, 4096)]);
        foreach (var line in text.Split('\n'))
        {
            if (!ArffReader.IsBlankOrComment(line))
                return line.TrimStart().StartsWith("@relation", StringComparison.OrdinalIgnoreCase);
        }

        return false;
    }
}
