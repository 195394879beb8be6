using System.Globalization;

namespace Ilt.Examples.ImageTables;

/// <summary>Prints the measurements as Markdown tables: mean over the seeds, and half the range where there are several.</summary>
internal static class Summary
{
    private static readonly string[] Weightings = ["equal", "mtu", "dwa", "gls", "ilt"];

    public static void Print(ResultFile results, string set)
    {
        var all = results.Read().Where(r => r.Set == set).ToList();
        foreach (var group in all.GroupBy(r => (r.Corruption, r.Fraction)).OrderBy(g => g.Key.Fraction).ThenBy(g => g.Key.Corruption))
        {
            Console.WriteLine();
            Console.WriteLine(group.Key.Corruption == "clean" ? $"### {set}, clean labels" : string.Create(CultureInfo.InvariantCulture, $"### {set}, {group.Key.Corruption}, {group.Key.Fraction:P0}"));
            var weightings = Weightings.Where(w => group.Any(r => r.Weighting == w)).ToArray();
            Console.WriteLine($"| | {string.Join(" | ", weightings)} |");
            Console.WriteLine($"| --- |{string.Concat(weightings.Select(_ => " --- |"))}");
            foreach (var row in group.GroupBy(r => (r.Task, r.Name)))
            {
                var cells = weightings.Select(w => Cell([.. row.Where(r => r.Weighting == w).Select(r => r.Value)]));
                Console.WriteLine($"| {row.Key.Task} {row.Key.Name} | {string.Join(" | ", cells)} |");
            }
        }
    }

    private static string Cell(double[] values) => values.Length switch
    {
        0 => "",
        1 => Format(values[0]),
        _ => $"{Format(values.Average())} ± {Format((values.Max() - values.Min()) / 2)}",
    };

    private static string Format(double value) => value.ToString(Math.Abs(value) < 0.1 ? "0.0000" : "0.000", CultureInfo.InvariantCulture);
}
