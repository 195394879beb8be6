using System.Globalization;

namespace Ilt.Experiments;

/// <summary>What methods cost, in fits: that is the same on every machine. Seconds go to a file of their own.</summary>
internal static class CostTable
{
    public static TableText Make(TableSpec spec, IReadOnlyList<(Cell Cell, CellResult Result)> results)
    {
        var rows = results.Where(result => spec.Where.All(filter => filter.Key is "data" or "group" or "corruption" or "corrupted" or "level" or "fit"
                ? filter.Value.Contains(new Observation(result.Cell, new Measured("", "", "", 0))[filter.Key]) : true))
            .GroupBy(result => result.Cell.Method.Name)
            .Select(method => (IReadOnlyList<TableCell>)[new TableCell(method.Key), new TableCell(method.Average(result => result.Result.Fits).ToString("0.##", CultureInfo.InvariantCulture))]).ToList();
        return new TableText(spec.Name, spec.Title, ["fit", "fits per cell"], 1, rows,
            ["All scores read off one training share its fits. A weighting takes three where the number of epochs is found on half of the rows."]);
    }
}
