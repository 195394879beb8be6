using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>Writes a table again with some cells replaced; the rest of every row keeps its text, quotes and spacing.</summary>
internal sealed class TableRewriter
{
    private readonly Table table;
    private readonly Func<int, int, string?> replacement;
    private readonly int[] columns;
    private readonly StringBuilder output = new();

    private TableRewriter(Table table, IEnumerable<int> columns, Func<int, int, string?> replacement)
    {
        this.table = table;
        this.replacement = replacement;
        this.columns = columns.Order().ToArray();
    }

    /// <summary>
    /// The bytes of the table with cells of the given columns replaced. <paramref name="replacement"/> answers with the new text of a cell
    /// (row from 0, column index), or null to leave it.
    /// </summary>
    public static byte[] Rewrite(Table table, IEnumerable<int> columns, Func<int, int, string?> replacement)
    {
        var rewriter = new TableRewriter(table, columns, replacement);
        if (table.Format.IsArff)
            rewriter.RewriteArff();
        else
            rewriter.RewriteCsv();
        return [.. table.Source.HasByteOrderMark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(rewriter.output.ToString())];
    }

    private void RewriteCsv()
    {
        var bytes = table.Source.Bytes.Span;
        var newLine = bytes.Contains((byte)'\n') ? bytes.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n" : "\r";
        var separator = table.Format.Separator;
        using var reader = CsvTableReader.Open(table.Source, separator);
        for (var row = table.Format.HasHeader ? -1 : 0; reader.Read(); row++)
        {
            if (output.Length > 0)
                output.Append(newLine);
            for (var column = 0; column < reader.FieldCount; column++)
            {
                if (column > 0)
                    output.Append(separator);
                var old = Encoding.UTF8.GetString(reader.GetRawSpan(column));
                output.Append(NewText(row, column) is { } text ? QuoteCsv(text, old, separator) : old);
            }
        }

        if (bytes[^1] is (byte)'\n' or (byte)'\r')
            output.Append(newLine);
    }

    private void RewriteArff()
    {
        var inData = false;
        var row = 0;
        var lines = table.Source.Decode().Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                output.Append('\n');
            if (inData && !ArffReader.IsBlankOrComment(lines[i]))
                AppendArffRow(lines[i], row++);
            else
                output.Append(lines[i]);
            inData |= ArffReader.IsDataKeyword(lines[i]);
        }
    }

    private void AppendArffRow(string line, int row)
    {
        var fields = ArffLine.Split(line.TrimEnd('\r'))!;
        var copied = 0;
        foreach (var column in columns)
        {
            if (NewText(row, column) is not { } text)
                continue;
            var field = fields[column];
            output.Append(line, copied, field.Start - copied).Append(QuoteArff(text, field));
            copied = field.Start + field.Length;
        }

        output.Append(line, copied, line.Length - copied);
    }

    private string? NewText(int row, int column) =>
        row >= 0 && Array.BinarySearch(columns, column) >= 0 ? replacement(row, column) : null;

    private static string QuoteCsv(string text, string old, char separator) =>
        old.AsSpan().TrimStart().StartsWith("\"") || text.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) >= 0 || text != text.Trim()
            ? $"\"{text.Replace("\"", "\"\"")}\""
            : text;

    private static string QuoteArff(string text, FieldSpan old)
    {
        var needed = text.Length == 0 || text.AsSpan().IndexOfAny(" ,\t'\"%{}") >= 0;
        if (old.Quote is null && !needed)
            return text;
        var quote = old.Quote ?? '\'';
        return $"{quote}{text.Replace("\\", "\\\\").Replace(quote.ToString(), "\\" + quote)}{quote}";
    }
}
