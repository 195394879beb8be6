using CsvHelper;

namespace Ilt.Cli.Tables;

/// <summary>Reads a table from separated values; separator and header are detected, every row must have the same number of fields.</summary>
internal static class CsvTableReader
{
    private const int RowsLookedAt = 100;

    /// <summary>Reads the table; without a header line the columns are named column1, column2, ...</summary>
    public static Table Read(SourceText source)
    {
        try
        {
            var (names, separator, hasHeader) = ReadStart(source);
            return ReadRows(source, names, separator, hasHeader);
        }
        catch (CsvFormatException e)
        {
            throw new UserErrorException(
                $"{source.Path}: line {e.LineNumber} has a quote (\") where none belongs, or one that is never closed; "
                + "put whole fields in quotes and double the quotes inside.", e);
        }
    }

    /// <summary>A reader over the records of the file; the header line, if there is one, comes as the first record.</summary>
    public static CsvReader Open(SourceText source, char? separator) =>
        CsvReader.Create(source.Bytes, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            // Most cells of a table repeat; sharing their strings keeps a large table small.
            PoolStrings = true,
        });

    private static (string[] Names, char Separator, bool HasHeader) ReadStart(SourceText source)
    {
        using var reader = Open(source, null);
        var records = new List<string[]>();
        while (records.Count <= RowsLookedAt && reader.Read())
            records.Add(Fields(reader));
        if (records.Count == 0)
            throw new UserErrorException($"{source.Path}: the file has no rows; give a table with a header line and data rows.");
        var hasHeader = CsvHeader.Detect(records[0], records.Skip(1).ToList());
        var names = hasHeader
            ? HeaderNames(source.Path, records[0])
            : Enumerable.Range(1, records[0].Length).Select(i => $"column{i}").ToArray();
        return (names, reader.Separator, hasHeader);
    }

    private static Table ReadRows(SourceText source, string[] names, char separator, bool hasHeader)
    {
        using var reader = Open(source, separator);
        if (hasHeader)
            reader.Read();
        var cells = names.Select(_ => new List<string>()).ToArray();
        var lines = new List<int>();
        while (reader.Read())
        {
            if (reader.FieldCount != names.Length)
                throw Ragged(source.Path, reader, names.Length, hasHeader ? "the header" : "the first row");
            for (var column = 0; column < names.Length; column++)
                cells[column].Add(reader.GetString(column));
            lines.Add((int)reader.LineNumber);
        }

        if (lines.Count == 0)
            throw new UserErrorException($"{source.Path}: the file has a header line but no data rows; add rows.");
        var lineOfRow = lines.ToArray();
        var columns = names.Select((name, i) => new TableColumn(source.Path, name, cells[i].ToArray(), lineOfRow)).ToArray();
        return new Table(source, new TableFormat(false, separator, hasHeader), columns);
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = reader.GetString(i);
        return fields;
    }

    private static string[] HeaderNames(string path, string[] header)
    {
        var names = new string[header.Length];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            // Row names are often written under an empty heading.
            names[i] = header[i].Length == 0 ? $"column{i + 1}" : header[i];
            if (!seen.TryAdd(names[i], i + 1))
                throw new UserErrorException($"{path}: columns {seen[names[i]]} and {i + 1} are both named '{names[i]}'; give each column its own name.");
        }

        return names;
    }

    private static UserErrorException Ragged(string path, CsvReader reader, int expected, string where)
    {
        var found = reader.FieldCount == 1 ? "1 field" : $"{reader.FieldCount} fields";
        var open = reader.RawRecord.Contains((byte)'\n') ? " A field of this row goes over several lines: is a closing quote missing?" : "";
        return new UserErrorException(
            $"{path}: line {reader.LineNumber} has {found}, {where} has {expected} (separator: {Name(reader.Separator)}); "
            + $"mend the row, or put a field that holds the separator in quotes.{open}");
    }

    private static string Name(char separator) => separator switch
    {
        '\t' => "tab",
        ';' => "semicolon",
        '|' => "bar",
        _ => "comma",
    };
}
