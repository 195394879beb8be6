using Ilt.Cli.Tables;

namespace Ilt.Cli.Reports;

/// <summary>
/// Which cells of a column are far from what it usually holds: numbers beyond six robust deviations and among the outer percent, texts that
/// hardly any other row has.
/// </summary>
internal sealed class OddCells
{
    private const double Deviations = 6, DeviationsPerQuartileRange = 1 / 1.349, OuterShare = 0.005, RareShare = 0.002, MostRareRows = 0.2;

    private readonly Func<int, bool> isOdd;

    private OddCells(Func<int, bool> isOdd) => this.isOdd = isOdd;

    /// <summary>Of a column of numbers; NaN is missing, and not odd.</summary>
    public static OddCells OfNumbers(float[] values)
    {
        var sorted = Array.FindAll(values, value => !float.IsNaN(value));
        Array.Sort(sorted);
        if (sorted.Length == 0) return None;
        var (median, range) = (At(0.5), At(0.75) - At(0.25));
        var reach = Deviations * DeviationsPerQuartileRange * range;
        var (low, high) = (At(OuterShare), At(1 - OuterShare));
        return range == 0 ? None : new OddCells(row => Math.Abs(values[row] - median) > reach && (values[row] < low || values[row] >= high));

        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }

    /// <summary>Of a column of texts. Where many of them stand alone, such as names, none is odd for it.</summary>
    public static OddCells OfTexts(TableColumn column, int rows)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < rows; row++)
            if (!column.IsMissing(row)) counts[column.Text(row)] = counts.GetValueOrDefault(column.Text(row)) + 1;
        var most = Math.Max(1, (int)(RareShare * rows));
        var rare = counts.Values.Where(count => count <= most).Sum();
        return rare > MostRareRows * rows ? None : new OddCells(row => !column.IsMissing(row) && counts[column.Text(row)] <= most);
    }

    /// <summary>Whether the cell of a row is odd.</summary>
    public bool IsOdd(int row) => isOdd(row);

    private static OddCells None { get; } = new(_ => false);
}
