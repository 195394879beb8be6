using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Reports;

namespace Ilt.Cli.Reports;

/// <summary>What the most suspicious rows of a table look like beside their labels, and which of their cells are odd.</summary>
internal static class ReportTableCells
{
    private const int MostColumns = 30, LongestText = 80;

    /// <summary>The cells of some rows.</summary>
    /// <param name="data">The table.</param>
    /// <param name="record">Says which columns were features.</param>
    /// <param name="ids">The rows.</param>
    public static ReportCells Of(ReportData data, RunRecord record, IReadOnlyCollection<string> ids)
    {
        string[] names = [.. record.Features.Numbers.Concat(record.Features.Texts).Where(data.Table.Contains).Take(MostColumns)];
        TableColumn[] columns = [.. names.Select(name => data.Table.Column(name, "report"))];
        OddCells[] odd = [.. columns.Select((column, i) => record.Features.Numbers.Contains(names[i]) ? OddCells.OfNumbers(column.ToNumbers("report")) : OddCells.OfTexts(column, data.Table.RowCount))];
        var shown = ids.Select(id => (Id: id, Row: data.RowOf(id))).Where(one => one.Row is not null).Select(one => (one.Id, Row: one.Row!.Value)).ToArray();
        return new ReportCells(
            names,
            shown.ToDictionary(one => one.Id, one => columns.Select(column => Short(column.IsMissing(one.Row) ? "" : column.Text(one.Row))).ToArray(), StringComparer.Ordinal),
            shown.Select(one => (one.Id, Odd: Enumerable.Range(0, columns.Length).Where(i => odd[i].IsOdd(one.Row)).ToArray())).Where(one => one.Odd.Length > 0)
                .ToDictionary(one => one.Id, one => one.Odd, StringComparer.Ordinal));
    }

    private static string Short(string text) => text.Length <= LongestText ? text : text[..(LongestText - 3)] + "...";
}
