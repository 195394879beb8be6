using System.Globalization;

namespace Ilt.Examples.ImageTables;

/// <summary>
/// Prints what was measured on bodies as the paper does: per kind of wrong labels a table of errors on the test people (its Tables 1, 3 and 4), with
/// those of ilt beside its own on clean labels and the best of the others, and one of what was found (its Table 7). Mean over the seeds ± standard deviation.
/// </summary>
internal static class BodySummary
{
    private const string Ours = "ilt";

    private static readonly Figure[] Figures =
    [
        new("surface", "surface error", "surface error, mm", 1, false),
        new("surface", "MPJPE", "MPJPE, mm", 1, false),
        new("surface", "PA-MPJPE", "PA-MPJPE, mm", 1, false),
        new("parts", "accuracy", "pixel accuracy, %", 100, true),
        new("parts", "mIoU", "mIoU, %", 100, true),
    ];

    private static readonly (string Weighting, string Score)[] Scores = [(Ours, "s"), (Ours, "noise score"), ("equal", "noise score"), ("equal", "last loss")];

    public static void Print(IReadOnlyList<ResultLine> lines, string set)
    {
        foreach (var group in lines.GroupBy(line => (line.Corruption, line.Fraction)).OrderBy(g => g.Key.Fraction > 0).ThenByDescending(g => g.Key.Corruption).ThenBy(g => g.Key.Fraction))
        {
            Summary.PrintHeading(set, group.Key.Corruption, group.Key.Fraction);
            PrintErrors([.. group], "", "the last epoch");
            if (group.Key.Corruption != "clean") PrintRatios([.. group], [.. lines.Where(line => line.Corruption == "clean")]);
            Console.WriteLine();
            PrintErrors([.. group], "best ", "the best epoch of each run");
            if (group.Key.Corruption != "clean") PrintFound([.. group], group.Key.Corruption, group.Key.Fraction);
        }
    }

    private static void PrintErrors(ResultLine[] lines, string prefix, string title)
    {
        Summary.PrintHead([title, .. Figures.Select(figure => figure.Head), "runs"]);
        foreach (var weighting in Summary.Weightings.Where(w => lines.Any(line => line.Weighting == w)))
        {
            var cells = Figures.Select(figure => Cell(Values(lines, weighting, figure.Task, prefix + figure.Name), figure.Factor, "0.0"));
            Console.WriteLine($"| {weighting} | {string.Join(" | ", cells)} | {lines.Where(line => line.Weighting == weighting).Select(line => line.Seed).Distinct().Count()} |");
        }
    }

    private static void PrintRatios(ResultLine[] lines, ResultLine[] clean)
    {
        PrintRow("ilt / its own on clean labels", figure => Mean(clean, Ours, figure));
        PrintRow("ilt / the best of the others", figure =>
        {
            double[] others = [.. Summary.Weightings.Where(w => w != Ours).Select(w => Mean(lines, w, figure)).Where(double.IsFinite)];
            return others.Length == 0 ? double.NaN : figure.HigherIsBetter ? others.Max() : others.Min();
        });

        void PrintRow(string name, Func<Figure, double> other)
        {
            var ratios = Figures.Select(figure => Mean(lines, Ours, figure) / other(figure)).ToArray();
            if (ratios.Any(double.IsFinite)) Console.WriteLine($"| {name} | {string.Join(" | ", ratios.Select(ratio => double.IsFinite(ratio) ? Format(ratio, "0.00") : ""))} | |");
        }
    }

    private static void PrintFound(ResultLine[] lines, string corruption, double fraction)
    {
        string[] wrong = corruption == "parts" ? ["parts"] : ["shape", "pose", "surface"];
        Console.WriteLine();
        Summary.PrintHead(["scores of", "by", string.Create(CultureInfo.InvariantCulture, $"wrong rows in the top {fraction:P0}, %"), "AP", "ROC-AUC"]);
        foreach (var task in (string[])["parts", "shape", "pose", "surface"])
            foreach (var (weighting, score) in Scores)
            {
                var found = Values(lines, weighting, task, $"found by {score}");
                if (found.Length == 0) continue;
                Console.WriteLine($"| {task}{(wrong.Contains(task) ? "" : " (its labels are right)")} | {weighting}, {score} | {Cell(found, 100, "0.0")} | {Other("AP")} | {Other("ROC-AUC")} |");

                string Other(string name) => Cell(Values(lines, weighting, task, $"{name} by {score}"), 1, "0.000");
            }
    }

    private static double[] Values(ResultLine[] lines, string weighting, string task, string name) =>
        [.. lines.Where(line => line.Weighting == weighting && line.Task == task && line.Name == name).Select(line => line.Value)];

    private static double Mean(ResultLine[] lines, string weighting, Figure figure) => Values(lines, weighting, figure.Task, figure.Name).DefaultIfEmpty(double.NaN).Average();

    private static string Cell(double[] values, double factor, string format)
    {
        if (values.Length == 0) return "";
        var mean = values.Average();
        if (values.Length == 1) return Format(factor * mean, format);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return $"{Format(factor * mean, format)} ± {Format(factor * deviation, format)}";
    }

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Figure(string Task, string Name, string Head, double Factor, bool HigherIsBetter);
}
