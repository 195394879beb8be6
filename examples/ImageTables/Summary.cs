using System.Globalization;

namespace Ilt.Examples.ImageTables;

/// <summary>Prints the measurements as Markdown tables: mean over the seeds, and half the range where there are several.</summary>
internal static class Summary
{
    public static IReadOnlyList<string> Weightings { get; } = ["equal", "mtu", "dwa", "gls", "ilt"];

    public static void Print(IReadOnlyList<ResultLine> all, string set)
    {
        foreach (var group in all.GroupBy(r => (r.Corruption, r.Fraction)).OrderBy(g => g.Key.Fraction).ThenBy(g => g.Key.Corruption))
        {
            PrintHeading(set, group.Key.Corruption, group.Key.Fraction);
            var weightings = Weightings.Where(w => group.Any(r => r.Weighting == w)).ToArray();
            PrintHead(["", .. weightings]);
            foreach (var row in group.GroupBy(r => (r.Task, r.Name)))
            {
                var cells = weightings.Select(w => Cell([.. row.Where(r => r.Weighting == w).Select(r => r.Value)]));
                Console.WriteLine($"| {row.Key.Task} {row.Key.Name} | {string.Join(" | ", cells)} |");
            }
        }
    }

    public static void PrintHeading(string set, string corruption, double fraction)
    {
        Console.WriteLine();
        Console.WriteLine(corruption == "clean" ? $"### {set}, clean labels" : string.Create(CultureInfo.InvariantCulture, $"### {set}, {corruption}, {fraction:P0}"));
    }

    public static void PrintHead(IReadOnlyList<string> columns)
    {
        Console.WriteLine($"|{string.Concat(columns.Select(c => c.Length > 0 ? $" {c} |" : " |"))}");
        Console.WriteLine($"| --- |{string.Concat(columns.Skip(1).Select(_ => " --- |"))}");
    }

    private static string Cell(double[] values) => values.Length switch
    {
        0 => "",
        1 => Format(values[0]),
        _ => $"{Format(values.Average())} ± {Format((values.Max() - values.Min()) / 2)}",
    };

    private static string Format(double value) => value.ToString(Math.Abs(value) < 0.1 ? "0.0000" : "0.000", CultureInfo.InvariantCulture);
}
