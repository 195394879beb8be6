using System.Globalization;
using CsvHelper;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Output;

/// <summary>The file <c>noise-scores.csv</c>: its name and columns are fixed, since people script against them.</summary>
internal static class NoiseScoresCsv
{
    /// <summary>The file's name within the output folder.</summary>
    public const string FileName = "noise-scores.csv";

    private static readonly string[] Always = ["id", "task", "rank", "noise_score", "log_variance", "given_label", "predicted_label", "loss"];

    // Files of earlier versions have none of these.
    private static readonly string[] Audited = ["probability_wrong", "is_flagged", "suggested_label", "confidence", "difficulty", "reviewed"];

    /// <summary>The columns in order.</summary>
    public static IReadOnlyList<string> Header { get; } = [.. Always, .. Audited];

    /// <summary>Writes the scores in the order of the cursor: by task, then by rank.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="isSafe">Whether cells are no formulas, see <see cref="CsvSafe"/>.</param>
    public static void Write(string path, ScoreCursor scores, bool isSafe = false) => CsvOutput.Write(path, Header, isSafe, writer =>
    {
        var cells = new CellWriter(writer, isSafe);
        while (scores.Read())
            WriteRow(cells, scores);
    });

    /// <summary>Reads a file that <see cref="Write"/> wrote, in either way.</summary>
    public static IReadOnlyList<ScoredRow> Read(string path)
    {
        ResultSet.SettleAround(path);
        var table = TableReader.Read(path);
        var columns = Always.Select(name => table.Contains(name)
            ? table.Column(name, path)
            : throw new UserErrorException($"{path}: there is no column '{name}'; expected a noise-scores.csv as ilt flag writes it, with columns {string.Join(",", Header)}.")).ToArray();
        var scores = columns[3].ToNumbers("noise_score");
        var variances = columns[4].ToNumbers("log_variance");
        var losses = columns[7].ToNumbers("loss");
        var audited = Audited.Select(name => table.Contains(name) ? table.Column(name, path) : null).ToArray();
        var probabilities = audited[0]?.ToNumbers("probability_wrong");
        var confidences = audited[3]?.ToNumbers("confidence");
        var difficulties = audited[4]?.ToNumbers("difficulty");
        var text = CsvSafe.Undo(Enumerable.Range(0, table.RowCount).SelectMany(row => (string[])[columns[0][row], columns[1][row], columns[5][row], columns[6][row], audited[2]?[row] ?? ""]));
        return Enumerable.Range(0, table.RowCount)
            .Select(row => new ScoredRow(text(columns[0][row]), text(columns[1][row].Trim()), Rank(columns[2], row), scores[row], variances[row], text(columns[5][row]), text(columns[6][row]), losses[row])
            {
                ProbabilityWrong = probabilities?[row] ?? float.NaN,
                IsFlagged = audited[1]?[row].Trim() is "1",
                SuggestedLabel = text(audited[2]?[row] ?? ""),
                Confidence = confidences?[row] ?? float.NaN,
                Difficulty = difficulties?[row] ?? float.NaN,
                Reviewed = audited[5]?[row].Trim() ?? "",
            })
            .ToArray();
    }

    private static int Rank(TableColumn column, int row) =>
        int.TryParse(column[row].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && rank > 0
            ? rank
            : throw new UserErrorException($"{column.Where(row)}: '{column[row]}' is no rank; expected a whole number from 1.");

    private static void WriteRow(CellWriter cells, ScoreCursor row)
    {
        cells.Text(row.Id);
        cells.Text(row.Task);
        cells.Whole(row.Rank);
        cells.Number(row.NoiseScore);
        cells.Number(row.LogVariance);
        cells.Text(row.GivenLabel);
        cells.Text(row.PredictedLabel);
        cells.Number(row.Loss);
        var probability = row.ProbabilityWrong;
        cells.Number(probability);
        cells.Text(float.IsNaN(probability) ? "" : row.IsFlagged ? "1" : "0");
        cells.Text(row.SuggestedLabel);
        cells.Number(row.Confidence);
        cells.Number(row.Difficulty);
        cells.Text(row.Reviewed);
        cells.EndRecord();
    }
}
