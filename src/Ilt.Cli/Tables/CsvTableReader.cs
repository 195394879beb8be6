using System.Text;
using CsvHelper;

namespace Ilt.Cli.Tables;

/// <summary>Reads a table from separated values; separator and header are detected, every row must have the same number of fields.</summary>
internal static class CsvTableReader
{
    private const int RowsLookedAt = 100;
    private const int RowsPerReport = 1 << 16;
    private const int RowsOfPart = 1 << 13;
    private const int LargeFile = 1 << 23;

    /// <summary>Reads the cells; without a header line the columns are named column1, column2, ...</summary>
    public static RawTable Read(SourceText source, Action<double>? progress = null)
    {
        var lines = 0;
        try
        {
            var preamble = CsvPreamble.Of(source.Bytes.Span);
            lines = preamble.Lines;
            var (names, separator, hasHeader) = ReadStart(source, preamble);
            return ReadRows(source, preamble, names, separator, hasHeader, progress) with
            {
                Notes = preamble.Comments == 0 ? [] : [$"{source.Path}: {(preamble.Comments == 1 ? "the line before the table that begins" : $"the {preamble.Comments} lines before the table that begin")} with # {(preamble.Comments == 1 ? "is" : "are")} left out."],
            };
        }
        catch (CsvFormatException e)
        {
            throw BadQuote(source.Path, e.LineNumber + lines, e);
        }
    }

    private static UserErrorException BadQuote(string path, long line, Exception inner) => new(
        $"{path}: line {line} has a quote (\") where none belongs, or one that is never closed; "
        + "put whole fields in quotes and double the quotes inside.", inner);

    private static (string[] Names, char Separator, bool HasHeader) ReadStart(SourceText source, CsvPreamble preamble)
    {
        var options = CsvReaderOptions.Default with
        {
            Separator = preamble.Separator ?? CsvReaderOptions.Default.Separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using var rest = source.IsInMemory ? null : source.Open();
        rest?.Seek(preamble.Length + (source.HasByteOrderMark ? Encoding.UTF8.Preamble.Length : 0), SeekOrigin.Begin);
        // It would copy all of the bytes of a file that memory does not hold.
        using var reader = rest is null ? CsvReader.Create(source.Bytes[preamble.Length..], options) : CsvReader.Create(rest, options);
        var records = new List<string[]>();
        while (records.Count <= RowsLookedAt && reader.Read())
            records.Add(Fields(reader));
        if (records.Count == 0)
            throw new UserErrorException($"{source.Path}: the file has no rows; give a table with a header line and data rows.");
        RefuseBlanksBetween(source.Path, records);
        var hasHeader = CsvHeader.Detect(records[0], records.Skip(1).ToList());
        var names = hasHeader
            ? HeaderNames(source.Path, records[0])
            : Enumerable.Range(1, records[0].Length).Select(i => $"column{i}").ToArray();
        return (names, reader.Separator, hasHeader);
    }

    // Words of a text differ in number from line to line.
    private static void RefuseBlanksBetween(string path, List<string[]> records)
    {
        int[] words = [.. records.Select(record => record.Length == 1 ? record[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length : 1)];
        if (words.Length > 2 && words[0] > 1 && words.All(count => count == words[0]))
            throw new UserErrorException(FormattableString.Invariant(
                $"{path}: all lines looked at have {words[0]} words parted by blanks, and nothing else parts columns; part them by commas or tabs (for example: sed 's/^ *//; s/  */,/g' OLD > NEW)."));
    }

    private static RawTable ReadRows(SourceText source, CsvPreamble preamble, string[] names, char separator, bool hasHeader, Action<double>? progress)
    {
        if (source.Bytes.Length < LargeFile)
            progress = null;
        var records = new CsvRecords(source.Bytes, separator, preamble);
        CsvPlaces places;
        PlainNumbers[] numbers;
        int[] lines;
        (int Line, string Text)? header = null;
        try
        {
            if (hasHeader && records.Read())
                header = (records.Line, string.Join(separator, names));
            if (CsvLines.Read(source.Bytes, records.Position, separator, names.Length, progress) is { } read)
            {
                (places, numbers) = read;
                lines = new int[places.Count];
                for (var row = 0; row < lines.Length; row++)
                    lines[row] = records.NextLine + row;
            }
            else
            {
                (places, lines) = ReadRecords(source, records, separator, names.Length, header, progress);
                numbers = PlainNumbers.Of(names.Length, places.Count);
                ReadNumbers(source.Bytes, places, numbers);
            }
        }
        catch (FormatException e)
        {
            throw BadQuote(source.Path, records.Line, e);
        }

        if (places.Count == 0)
            throw new UserErrorException($"{source.Path}: the file has a header line but no data rows; add rows.");
        var columns = new RawColumn[names.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new RawColumn(names[i], new CsvCells(source.Bytes, places, i, numbers[i]));

        return new RawTable(source, new TableFormat(TableFileKind.Separated, separator, hasHeader), columns, lines);
    }

    // Row by row: what stands in quotes may hold anything, lines too.
    private static (CsvPlaces Places, int[] Lines) ReadRecords(SourceText source, CsvRecords records, char separator, int columns, (int Line, string Text)? header, Action<double>? progress)
    {
        var most = Math.Max(source.Bytes.Span.Count((byte)'\n'), source.Bytes.Span.Count((byte)'\r')) + 1;
        var places = new CsvPlaces(columns, most);
        var lines = new int[most];
        while (records.Read())
        {
            var fields = records.Fields;
            if (fields.Length != columns)
                throw Ragged(source.Path, records, columns, header, separator);
            lines[places.Count] = records.Line;
            places.Add(fields);
            if (places.Count % RowsPerReport == 0)
                progress?.Invoke((double)fields[0].Start / source.Bytes.Length);
        }

        progress?.Invoke(1);
        Array.Resize(ref lines, places.Count);
        places.Trim();
        return (places, lines);
    }

    private static void ReadNumbers(ReadOnlyMemory<byte> bytes, CsvPlaces places, PlainNumbers[] numbers) =>
        Parallel.For(0, (places.Count + RowsOfPart - 1) / RowsOfPart, part =>
        {
            var parts = Array.ConvertAll(numbers, column => column.Begin());
            for (var row = part * RowsOfPart; row < Math.Min(places.Count, (part + 1) * RowsOfPart); row++)
            {
                for (var column = 0; column < parts.Length; column++)
                {
                    var place = places.Of(row, column);
                    parts[column].Add(row, bytes.Span.Slice(place.Start, place.Length));
                }
            }

            foreach (ref var column in parts.AsSpan())
                column.End();
        });

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
            var key = UnicodeForm.Compose(names[i]);
            if (!seen.TryAdd(key, i + 1))
                throw new UserErrorException($"{path}: columns {seen[key]} and {i + 1} are both named '{names[i]}'; give each column its own name.");
        }

        return names;
    }

    private static UserErrorException Ragged(string path, CsvRecords record, int expected, (int Line, string Text)? header, char separator)
    {
        const int Shown = 60;
        var found = record.FieldCount == 1 ? "1 field" : $"{record.FieldCount} fields";
        var open = record.HasLineBreak ? " A field of this row goes over several lines: is a closing quote missing?" : "";
        var first = header is { Text: var text, Line: var line } ? $"; the header is line {line}, '{(text.Length > Shown ? text[..Shown] + "..." : text)}'" : "";
        var title = expected == 1 && record.FieldCount > 1 && header is not null ? " If that line is a title, and the table begins below it, delete what stands above the table." : "";
        return new UserErrorException(
            $"{path}: line {record.Line} has {found}, {(header is null ? "the first row" : "the header")} has {expected} (separator: {Name(separator)}{first}); "
            + $"mend the row, or put a field that holds the separator in quotes.{title}{open}");
    }

    private static string Name(char separator) => separator switch
    {
        '\t' => "tab",
        ';' => "semicolon",
        '|' => "bar",
        _ => "comma",
    };
}
