using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>Writes a table again with some cells replaced and some rows left out; all else keeps its text, quotes and spacing.</summary>
internal sealed class TableRewriter
{
    private readonly Table table;
    private readonly Func<int, int, string?> replacement;
    private readonly Func<int, bool> isLeftOut;
    private readonly int[] columns;
    private readonly MemoryStream output = new();

    private TableRewriter(Table table, IEnumerable<int> columns, Func<int, int, string?> replacement, Func<int, bool>? isLeftOut)
    {
        this.table = table;
        this.replacement = replacement;
        this.isLeftOut = isLeftOut ?? (_ => false);
        this.columns = columns.Order().ToArray();
    }

    /// <summary>What a replacement answers for a cell that is to be missing: the word of the column where it has one, else nothing; in ARFF a question mark.</summary>
    public static readonly string Missing = new("missing");

    /// <summary>
    /// The bytes of the table with cells of the given columns replaced. <paramref name="replacement"/> answers with the new text of a cell
    /// (row from 0, column index), <see cref="Missing"/>, or null to leave it; rows of <paramref name="isLeftOut"/> are not written.
    /// </summary>
    public static byte[] Rewrite(Table table, IEnumerable<int> columns, Func<int, int, string?> replacement, Func<int, bool>? isLeftOut = null)
    {
        if (table.Format.Kind == TableFileKind.Parquet)
            return ParquetRewriter.Rewrite(table, columns, replacement, isLeftOut ?? (_ => false));
        var rewriter = new TableRewriter(table, columns, replacement, isLeftOut);
        if (table.Source.HasByteOrderMark)
            rewriter.Copy(Encoding.UTF8.Preamble);
        switch (table.Format.Kind)
        {
            case TableFileKind.Arff:
                rewriter.Copy(Encoding.UTF8.GetBytes(rewriter.RewriteArff()));
                break;
            default:
                rewriter.RewriteCsv();
                break;
        }

        return rewriter.output.ToArray();
    }

    /// <summary>The table is written as it is, so its name must not say something else.</summary>
    /// <exception cref="UserErrorException">The ending is that of another format.</exception>
    public static void RequireFittingName(Table table, string output)
    {
        var kind = table.Format.Kind;
        if (kind != TableFileKind.Parquet && IsParquet(output) || kind == TableFileKind.Separated && output.EndsWith(".arff", StringComparison.OrdinalIgnoreCase))
            throw new UserErrorException($"--out {output}: the table is {table.Format.Word} and stays it; give a name with another ending.");
        if (kind == TableFileKind.Parquet && !IsParquet(output))
            throw new UserErrorException($"--out {output}: the table is Parquet and stays it; give a name that ends with .parquet.");
    }

    private static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".pq", StringComparison.OrdinalIgnoreCase);

    private void RewriteCsv()
    {
        var bytes = table.Source.Bytes.Span;
        var copied = 0;
        for (var row = 0; row < table.RowCount; row++)
        {
            if (isLeftOut(row))
            {
                Copy(bytes[copied..StartOf(row)]);
                copied = row + 1 < table.RowCount ? StartOf(row + 1) : bytes.Length;
                continue;
            }

            foreach (var column in columns)
            {
                if (replacement(row, column) is not { } text)
                    continue;
                var cell = table.Columns[column].Span(row);
                Copy(bytes[copied..cell.Start]);
                var old = Encoding.UTF8.GetString(bytes.Slice(cell.Start, cell.Length));
                Copy(Encoding.UTF8.GetBytes(ReferenceEquals(text, Missing) ? QuoteCsv(MissingText(table.Columns[column]), "", table.Format.Separator) : QuoteCsv(text, old, table.Format.Separator)));
                copied = cell.Start + cell.Length;
            }
        }

        Copy(bytes[copied..]);
    }

    private int StartOf(int row) => table.Columns[0].Span(row).Start;

    // A line of one empty cell would be no row.
    private string MissingText(TableColumn column) => column.MissingWordCounts.Count > 0
        ? column.MissingWordCounts.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).First().Key
        : table.Columns.Count > 1 ? "" : table.Missing.Words.FirstOrDefault() ?? "";

    private void Copy(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private string RewriteArff()
    {
        var text = new StringBuilder();
        var inData = false;
        var row = 0;
        var lines = table.Source.Decode().Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var isRow = inData && !ArffReader.IsBlankOrComment(lines[i]);
            if (isRow && isLeftOut(row))
            {
                row++;
                continue;
            }

            if (i > 0)
                text.Append('\n');
            if (isRow)
                AppendArffRow(text, lines[i], row++);
            else
                text.Append(lines[i]);
            inData |= ArffReader.IsDataKeyword(lines[i]);
        }

        return text.ToString();
    }

    private void AppendArffRow(StringBuilder output, string line, int row)
    {
        var fields = ArffRow.Read(line.TrimEnd('\r'), table.Columns.Count);
        var texts = columns.Select(column => (Column: column, Text: replacement(row, column))).Where(cell => cell.Text is not null).ToArray();
        if (texts.Any(cell => fields.Of(cell.Column) is null))
        {
            AppendSparse(output, line, fields, texts.ToDictionary(cell => cell.Column, cell => cell.Text!));
            return;
        }

        var copied = 0;
        foreach (var (column, text) in texts)
        {
            var field = fields.Of(column)!.Value;
            output.Append(line, copied, field.Start - copied).Append(QuoteArff(text!, field));
            copied = field.Start + field.Length;
        }

        output.Append(line, copied, line.Length - copied);
    }

    // A value that the sparse row leaves out comes in at its place.
    private static void AppendSparse(StringBuilder output, string line, ArffRow row, Dictionary<int, string> texts)
    {
        var values = row.Places!.Zip(row.Fields, (place, field) => (Place: place, Text: texts.TryGetValue(place, out var text) ? QuoteArff(text, field) : line.Substring(field.Start, field.Length)))
            .Concat(texts.Where(pair => row.Of(pair.Key) is null).Select(pair => (Place: pair.Key, Text: QuoteArff(pair.Value, default))));
        output.Append(line, 0, line.IndexOf('{') + 1)
            .AppendJoin(", ", values.OrderBy(value => value.Place).Select(value => FormattableString.Invariant($"{value.Place} {value.Text}")))
            .Append(line, row.End, line.Length - row.End);
    }

    private static string QuoteCsv(string text, string old, char separator) =>
        old.AsSpan().TrimStart().StartsWith("\"") || text.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) >= 0 || text != text.Trim()
            ? $"\"{text.Replace("\"", "\"\"")}\""
            : text;

    private static string QuoteArff(string text, FieldSpan old)
    {
        if (ReferenceEquals(text, Missing))
            return "?";
        var needed = text.Length == 0 || text != text.Trim() || text.AsSpan().IndexOfAny(" ,\t'\"%{}") >= 0;
        if (old.Quote is null && !needed)
            return text;
        var quote = old.Quote ?? '\'';
        return $"{quote}{text.Replace("\\", "\\\\").Replace(quote.ToString(), "\\" + quote)}{quote}";
    }
}
