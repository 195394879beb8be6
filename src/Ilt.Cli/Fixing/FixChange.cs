using System.Globalization;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Fixing;

/// <summary>One change of a table.</summary>
/// <param name="Line">The line of the table on which the row starts.</param>
/// <param name="Row">The row, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Task">The task.</param>
/// <param name="Column">The label column; those of a row that is left out are joined by semicolons.</param>
/// <param name="Old">The cell before, without blanks around.</param>
/// <param name="New">The cell after; empty where it is missing, or the row is left out.</param>
/// <param name="Probability">The probability that the label is wrong; NaN where that is not known.</param>
/// <param name="Rule">drop, replace, blank, or corrected for what a person wrote.</param>
internal sealed record FixChange(int Line, int Row, string Id, string Task, string Column, string Old, string New, double Probability, string Rule)
{
    private static readonly string[] Header = ["line", "id", "task", "column", "old", "new", "probability", "rule"];

    /// <summary>Writes the log of all changes.</summary>
    public static void Write(string path, IEnumerable<FixChange> changes, bool isSafe) => CsvOutput.Write(
        path, Header, changes.Select(c => (string[])[c.Line.ToString(CultureInfo.InvariantCulture), c.Id, c.Task, c.Column, c.Old, c.New, Numbers.Format(c.Probability), c.Rule]), isSafe);
}
