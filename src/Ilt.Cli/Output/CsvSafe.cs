using System.CommandLine;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Output;

/// <summary>
/// Cells that a spreadsheet would take for a formula, made plain text: an apostrophe goes before = + - @, tab and carriage return. Numbers stay as they are.
/// Where a cell begins with apostrophes and one of these already, it gets one more, so that the way back is exact.
/// </summary>
internal static class CsvSafe
{
    private const char Mark = '\'';

    /// <summary>The option of a command that writes CSV files.</summary>
    public static Option<bool> Option() => new("--csv-safe") { Description = "Put an apostrophe before cells that a spreadsheet would run as a formula: those that begin with = + - @, tab or carriage return; numbers stay numbers. ilt evaluate reads such files too" };

    /// <summary>The cell as it is written.</summary>
    public static string Escape(string cell) => IsFormula(cell.AsSpan().TrimStart(Mark)) && !(cell[0] != Mark && IsNumber(cell)) ? Mark + cell : cell;

    /// <summary>What undoes <see cref="Escape"/> for the cells of a file where it has been applied, and nothing elsewhere.</summary>
    /// <param name="cells">All texts of the file.</param>
    public static Func<string, string> Undo(IEnumerable<string> cells)
    {
        var marked = false;
        foreach (var cell in cells)
        {
            if (IsMarked(cell)) marked = true;
            else if (IsFormula(cell) && !IsNumber(cell)) return text => text; // such a file was written without
        }

        return marked ? text => IsMarked(text) ? text[1..] : text : text => text;
    }

    private static bool IsMarked(string cell) => cell.Length > 1 && cell[0] == Mark && IsFormula(cell.AsSpan().TrimStart(Mark));

    private static bool IsFormula(ReadOnlySpan<char> cell) => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r';

    private static bool IsNumber(string cell) => Numbers.TryParse(cell, out var number) && double.IsFinite(number);
}
