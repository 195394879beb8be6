namespace Ilt.Examples.DetectionTable;

/// <summary>Prints what the result files say: detection per set and fraction, wins and losses, blindness, test errors.</summary>
internal static class Summary
{
    private static readonly string[] Rivals = ["equal-last", "equal-mean", "equal-5fold"];

    private sealed record Row(string Set, string Task, double Fraction, int Seed, string Detector, double Precision, double AveragePrecision);

    private sealed record ErrorRow(string Set, string Corrupted, double Fraction, int Seed, string Weighting, string Task, double Error);

    public static void Print(string folder, IReadOnlyList<DataSet> sets)
    {
        var rows = Lines(folder, "detection.csv").Select(f => new Row(f[0], f[1], double.Parse(f[2]), int.Parse(f[3]), f[4], double.Parse(f[5]), double.Parse(f[6])))
            .Where(r => sets.Any(s => s.Name == r.Set)).ToList();
        if (rows.Count == 0) return;
        var detectors = rows.Select(r => r.Detector).Distinct().ToList();
        Console.WriteLine($"\nAverage precision (precision at the true count), mean over tasks and seeds\n\n| set | corrupted | {string.Join(" | ", detectors)} |");
        Console.WriteLine($"|---|---|{string.Concat(detectors.Select(_ => "---|"))}");
        foreach (var set in sets)
            foreach (var group in rows.Where(r => r.Set == set.Name).GroupBy(r => r.Fraction).OrderBy(g => g.Key))
                Console.WriteLine($"| {set.Name}{(set.Tuning ? " *" : "")} | {group.Key:P0} | {string.Join(" | ", detectors.Select(d => Cell(group.Where(r => r.Detector == d).ToList())))} |");
        foreach (var (label, tuning) in new[] { ("tuning sets (*)", true), ("confirmation sets", false) })
        {
            var of = rows.Where(r => sets.Single(s => s.Name == r.Set).Tuning == tuning).ToList();
            if (of.Count > 0) Console.WriteLine($"| **{label}** | all | {string.Join(" | ", detectors.Select(d => Cell(of.Where(r => r.Detector == d).ToList())))} |");
        }
        PrintWins(rows, sets);
        PrintBlindness(folder, sets);
        PrintErrors(folder, sets);
    }

    private static string Cell(List<Row> rows) => rows.Count == 0 ? "-" : $"{rows.Average(r => r.AveragePrecision):F3} ({rows.Average(r => r.Precision):F3})";

    // A win: better by more than one standard deviation (over the seeds) of the difference; a tie within it.
    private static void PrintWins(List<Row> rows, IReadOnlyList<DataSet> sets)
    {
        Console.WriteLine("\nWins / ties / losses of the ILT score by average precision, one count per set, task and fraction\n\n| against | tuning sets | confirmation sets |\n|---|---|---|");
        var rivals = Rivals.Where(r => rows.Any(row => row.Detector == r)).ToList();
        foreach (var rival in rivals.Append("the best of them"))
        {
            var counts = new[] { true, false }.Select(tuning =>
            {
                var (wins, ties, losses) = (0, 0, 0);
                foreach (var cell in rows.Where(r => sets.Single(s => s.Name == r.Set).Tuning == tuning).GroupBy(r => (r.Set, r.Task, r.Fraction)))
                {
                    var present = rivals.Where(d => cell.Any(r => r.Detector == d)).ToList(); // --no-rivals leaves one out
                    if (rivals.Contains(rival) && !present.Contains(rival)) continue;
                    var against = rivals.Contains(rival) ? rival : present.MaxBy(d => cell.Where(r => r.Detector == d).Average(r => r.AveragePrecision))!;
                    var differences = cell.GroupBy(r => r.Seed).Select(s => Of(s, "ilt") - Of(s, against)).ToArray();
                    var (mean, deviation) = MeanAndDeviation(differences);
                    if (Math.Abs(mean) <= deviation) ties++;
                    else if (mean > 0) wins++;
                    else losses++;
                }
                return $"{wins} / {ties} / {losses}";
            });
            Console.WriteLine($"| {rival} | {string.Join(" | ", counts)} |");
        }

        static double Of(IEnumerable<Row> seed, string detector) => seed.Single(r => r.Detector == detector).AveragePrecision;
    }

    private static void PrintBlindness(string folder, IReadOnlyList<DataSet> sets)
    {
        var blind = Lines(folder, "blind.csv").Where(f => sets.Any(s => s.Name == f[0])).Select(f => (Key: string.Join(' ', f[..5]), Auc: double.Parse(f[5]))).ToList();
        if (blind.Count == 0) return;
        var worst = blind.MaxBy(b => Math.Abs(b.Auc - 0.5));
        var distances = sets.Select(s => (s.Name, Cells: blind.Where(b => b.Key.StartsWith(s.Name + ' ', StringComparison.Ordinal)).ToList()))
            .Where(s => s.Cells.Count > 0).Select(s => $"{s.Name} {s.Cells.Average(b => Math.Abs(b.Auc - 0.5)):F3}");
        Console.WriteLine($"\nROC-AUC of the other tasks' scores against the corrupted task's truth: mean {blind.Average(b => b.Auc):F3}, "
            + $"mean distance from 0.5 {blind.Average(b => Math.Abs(b.Auc - 0.5)):F3}, worst {worst.Auc:F3} ({worst.Key}), {blind.Count} cells");
        Console.WriteLine($"\nMean distance per set: {string.Join(", ", distances)}");
    }

    private static void PrintErrors(string folder, IReadOnlyList<DataSet> sets)
    {
        var errors = Lines(folder, "errors.csv").Where(f => sets.Any(s => s.Name == f[0]))
            .Select(f => new ErrorRow(f[0], f[1], double.Parse(f[2]), int.Parse(f[3]), f[4], f[5], double.Parse(f[6]))).ToList();
        var clean = errors.Where(e => e.Corrupted == "clean" && e.Weighting == "equal").ToDictionary(e => (e.Set, e.Seed, e.Task), e => e.Error);
        var fraction = errors.Max(e => e.Fraction);
        var cells = errors.Where(e => e.Fraction == fraction && clean.ContainsKey((e.Set, e.Seed, e.Task))).ToList();
        var weightings = cells.Select(e => e.Weighting).Distinct().ToList();
        foreach (var (title, own) in new[] { ("the corrupted task's own", true), ("the other, clean tasks'", false) })
        {
            Console.WriteLine($"\nTest error at {fraction:P0} corruption, {title}, relative to equal weights on clean labels (1.00 = as good)");
            PrintHead(weightings);
            foreach (var set in sets)
            {
                var of = cells.Where(e => e.Set == set.Name && e.Corrupted == e.Task == own).ToList();
                if (of.Count == 0) continue;
                var ratios = weightings.Select(w => of.Where(e => e.Weighting == w).Select(e => e.Error / clean[(e.Set, e.Seed, e.Task)]).DefaultIfEmpty(double.NaN).Average());
                Console.WriteLine($"| {set.Name} | {string.Join(" | ", ratios.Select(ratio => ratio.ToString("F3")))} |");
            }
        }
        PrintAgainstEqual(cells, weightings, fraction, sets);
        Console.WriteLine("\nClean labels, ILT against equal weights (1.00 = as good)\n\n| set | ilt |\n|---|---|");
        foreach (var set in sets)
        {
            var of = errors.Where(e => e.Set == set.Name && e.Corrupted == "clean" && e.Weighting == "ilt").ToList();
            if (of.Count > 0) Console.WriteLine($"| {set.Name} | {of.Average(e => e.Error / clean[(e.Set, e.Seed, e.Task)]):F3} |");
        }
    }

    // Per task the mean error over the seeds first: on a small test set a single seed's ratio says little.
    private static void PrintAgainstEqual(List<ErrorRow> cells, List<string> weightings, double fraction, IReadOnlyList<DataSet> sets)
    {
        Console.WriteLine($"\nTest error at {fraction:P0} corruption, the corrupted task's own, "
            + "relative to equal weights with the same labels (below 1 is better)");
        PrintHead(weightings);
        foreach (var set in sets)
        {
            var tasks = cells.Where(e => e.Set == set.Name && e.Corrupted == e.Task).GroupBy(e => e.Task).ToList();
            if (tasks.Count > 0)
                Console.WriteLine($"| {set.Name} | {string.Join(" | ", weightings.Select(w => tasks.Average(t => MeanOf(t, w) / MeanOf(t, "equal")).ToString("F3")))} |");
        }

        static double MeanOf(IEnumerable<ErrorRow> rows, string weighting) =>
            rows.Where(e => e.Weighting == weighting).Select(e => e.Error).DefaultIfEmpty(double.NaN).Average();
    }

    private static (double Mean, double Deviation) MeanAndDeviation(double[] values)
    {
        var mean = values.Average();
        return (mean, values.Length < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1)));
    }

    private static void PrintHead(IReadOnlyList<string> weightings) =>
        Console.WriteLine($"\n| set | {string.Join(" | ", weightings)} |\n|---|{string.Concat(weightings.Select(_ => "---|"))}");

    private static IEnumerable<string[]> Lines(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllLines(path).Select(line => line.Split(',')) : [];
    }
}
