using System.Globalization;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Fixing;

/// <summary>What a run says of one label; NaN, null and empty texts where it does not say.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Task">The task.</param>
/// <param name="Given">The label as the run saw it.</param>
internal sealed record AuditedRow(string Id, string Task, string Given)
{
    /// <summary>From 1, the most suspicious first.</summary>
    public required double Rank { get; init; }

    /// <summary>The noise score.</summary>
    public required double Score { get; init; }

    /// <summary>The probability that the label is wrong.</summary>
    public required double Probability { get; init; }

    /// <summary>Whether it is flagged; null where there is no probability by which it could be.</summary>
    public required bool? IsFlagged { get; init; }

    /// <summary>What the label should be.</summary>
    public required string Suggested { get; init; }

    /// <summary>How sure the suggestion is; of a vector the largest of its numbers.</summary>
    public required double Confidence { get; init; }

    /// <summary>How hard the row is.</summary>
    public required double Difficulty { get; init; }

    /// <summary>What a person had said of it: right, corrected, or nothing.</summary>
    public required string Reviewed { get; init; }
}

/// <summary>A noise-scores.csv, of which later versions have more columns: what is absent is not known.</summary>
internal sealed class AuditedRows
{
    private readonly Table table;

    private AuditedRows(Table table, IReadOnlyList<AuditedRow> rows) => (this.table, Rows) = (table, rows);

    /// <summary>The rows in the file's order.</summary>
    public IReadOnlyList<AuditedRow> Rows { get; }

    /// <summary>Whether a column is there and says something of any row.</summary>
    public bool Knows(string column) => table.Find(column) is { } found
        && Enumerable.Range(0, found.Count).Any(row => !string.IsNullOrWhiteSpace(found[row]));

    /// <summary>Reads the file.</summary>
    public static AuditedRows Read(string path)
    {
        ResultSet.SettleAround(path);
        var table = TableReader.Read(path, new ReadingOptions { Missing = MissingWords.Of([]), Categories = ["*"] });
        TableColumn[] texts = [Required("id"), Required("task"), .. new[] { "given_label", "predicted_label", "suggested_label" }.Select(table.Find).OfType<TableColumn>()];
        var undo = CsvSafe.Undo(Enumerable.Range(0, table.RowCount).SelectMany(row => texts.Select(column => column[row])));
        var rows = new AuditedRow[table.RowCount];
        for (var row = 0; row < rows.Length; row++)
        {
            var at = row;
            rows[row] = new AuditedRow(undo(texts[0][row]), undo(texts[1][row].Trim()), Text("given_label"))
            {
                Rank = Number("rank"),
                Score = Number("noise_score"),
                Probability = Number("probability_wrong"),
                IsFlagged = Number("is_flagged") is var flag && double.IsNaN(flag) ? null : flag != 0,
                Suggested = Text("suggested_label"),
                Confidence = Numbers("confidence").DefaultIfEmpty(double.NaN).Max(),
                Difficulty = Number("difficulty"),
                Reviewed = Text("reviewed").Trim(),
            };

            string Text(string name) => table.Find(name) is { } column ? undo(column[at]) : "";
            double Number(string name) => Numbers(name).DefaultIfEmpty(double.NaN).First();
            IEnumerable<double> Numbers(string name) => table.Find(name) is not { } column ? [] : column[at].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new UserErrorException($"{column.Where(at)}: '{part}' is no number; give a noise-scores.csv as ilt wrote it."));
        }

        return new AuditedRows(table, rows);

        TableColumn Required(string name) => table.Find(name) ?? throw new UserErrorException($"{path}: there is no column '{name}'; expected a noise-scores.csv as ilt flag writes it.");
    }
}
