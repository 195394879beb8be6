using Ilt.Cli.Tables;

namespace Ilt.Cli.Pipeline;

/// <summary>Columns of numbers that another table writes in another way than the training table did.</summary>
internal static class ForeignNumbers
{
    /// <summary>Refuses a column that is read as numbers and holds others throughout: with a comma where the training table has a point, and the like.</summary>
    /// <exception cref="UserErrorException">It does; both ways of writing are named, and the first such cell as it should be.</exception>
    public static void Refuse(TableColumn column)
    {
        if (column.Kind != ColumnKind.Number || column.FirstText < 0)
            return;
        var finder = new NumberFormatFinder();
        foreach (var row in Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)))
            finder.Add(column.Text(row));
        var reading = column.Reading.Number;
        if (finder.Find(null) is not { IsComplete: true } found || found.Format == reading)
            return;
        var text = column.Text(column.FirstText);
        var here = found is { IsOpen: true, Other: { } other } ? $"{found.Format.Describe()} or {other.Describe()}" : found.Format.Describe();
        var example = !found.IsOpen && found.Format.TryParse(text, out var value) ? $", '{reading.Dress(Numbers.Format(value))}'" : "";
        throw new UserErrorException(
            $"{column.Where(column.FirstText)}: '{text}' is no number as the training table writes them ({reading.Describe()}{(reading.IsPlain ? ", or whole numbers" : "")}); "
            + $"this table writes the column with {here}: write it as the training table does{example}.");
    }
}
