using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>Reads a table from a file: Parquet or ARFF when it looks like one, separated values otherwise.</summary>
internal static class TableReader
{
    /// <summary>The formats, for help and messages.</summary>
    public const string Formats = "CSV, TSV (separator and header are detected) or ARFF, in UTF-8, or Parquet";

    /// <summary>Reads the whole file into memory; anything wrong with it is a <see cref="UserErrorException"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the user says of its columns; null: nothing.</param>
    /// <param name="known">How columns are read that another table has too; null: nothing is known.</param>
    /// <param name="progress">Gets the share of the file that has been read, 0 to 1, where it is large.</param>
    public static Table Read(string path, ReadingOptions? options = null, TableReading? known = null, Action<double>? progress = null)
    {
        var bytes = SourceText.ReadBytes(path);
        var raw = ParquetTableReader.IsParquet(bytes.Span) ? ParquetTableReader.Read(SourceText.OfBinary(path, bytes)) : ReadText(SourceText.Create(path, bytes), progress);
        options ??= ReadingOptions.None;
        var table = new Table(raw, new ReadingFinder(raw, options).Read(known), known?.Missing ?? options.Missing);
        raw.Source.GiveBack();
        return table;
    }

    private static RawTable ReadText(SourceText source, Action<double>? progress) => IsArff(source) ? ArffReader.Read(source) : CsvTableReader.Read(source, progress);

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
