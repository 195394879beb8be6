using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.Examples.DetectionTable;

/// <summary>
/// How well the default finds wrong labels, whose number of epochs held-out rows decide, beside runs of a fixed number. Uses all rows: nothing is predicted.
/// </summary>
internal static class Lengths
{
    public const string Default = "default";

    public static readonly int[] Fixed = [5, 10, 20, 40, 80];

    /// <summary>Average precision of each way, one line each.</summary>
    public static IEnumerable<string> Measure(string set, TaskDefinition[] tasks, TableData data, int task, double fraction, int seed, Arguments arguments)
    {
        var (corrupted, wrong) = new Cell(tasks, data, data, arguments.Training, arguments.RegressionNoise).Corrupt(task, fraction, seed);
        foreach (var epochs in Fixed.Cast<int?>().Append(null))
        {
            var result = MultiTaskTraining.Train(tasks, corrupted, null, arguments.Training with { Seed = seed, Epochs = epochs });
            result.Model.Dispose();
            var ids = Enumerable.Range(1, corrupted.RowCount).Select(row => $"{row}").ToArray();
            var precision = DetectionMetrics.AveragePrecision(NoiseRanking.Rank(result.Scores.NoiseScores(task), default, ids), wrong);
            yield return $"lengths,{set},{tasks[task].Name.Replace(',', ' ')},{fraction},{seed},{(epochs is null ? Default : $"{epochs}")},{precision:F4},{result.Lengths?[task].Epochs ?? epochs}";
        }
    }

    /// <summary>A table in Markdown: the mean over the seeds per set, task and share of wrong labels, and how far the default is from the best fixed number.</summary>
    public static void Print(string folder, TextWriter output)
    {
        var lines = File.ReadLines(Path.Combine(folder, "lengths.csv")).Select(line => line.Split(',')).ToList();
        string[] ways = [.. Fixed.Select(epochs => $"{epochs}"), Default];
        output.WriteLine($"| set | task | wrong | {string.Join(" | ", ways)} | epochs found | default - best |");
        output.WriteLine($"| --- | --- | ---: | {string.Join(" | ", ways.Select(_ => "---:"))} | ---: | ---: |");
        var differences = new List<double>();
        var sums = new double[ways.Length];
        foreach (var cell in lines.GroupBy(line => (Set: line[0], Task: line[1], Fraction: double.Parse(line[2]))))
        {
            var means = Array.ConvertAll(ways, way => cell.Where(line => line[4] == way).Average(line => double.Parse(line[5])));
            for (var i = 0; i < means.Length; i++) sums[i] += means[i];
            differences.Add(means[^1] - means[..^1].Max());
            var found = cell.Where(line => line[4] == Default).Average(line => double.Parse(line[6]));
            output.WriteLine($"| {cell.Key.Set} | {cell.Key.Task} | {cell.Key.Fraction:P0} | {string.Join(" | ", means.Select(mean => $"{mean:F3}"))} | {found:F0} | {differences[^1]:+0.000;-0.000} |");
        }
        output.WriteLine($"| mean | | | {string.Join(" | ", sums.Select(sum => $"{sum / differences.Count:F3}"))} | | {differences.Average():+0.000;-0.000} |");
        output.WriteLine();
        output.WriteLine($"{differences.Count} rows; the default is more than .05 below the best fixed number in {differences.Count(difference => difference < -.05)}, at worst {differences.Min():F3}.");
    }
}
