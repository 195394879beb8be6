using MathNet.Numerics.Distributions;

namespace Ilt.Auditing;

/// <summary>Labels and features whose distribution changes along the file.</summary>
/// <remarks>
/// The file is cut into up to ten blocks. A number is compared between each block and all others by the test of Kolmogorov and Smirnov, corrected for the number of
/// features and blocks by Holm's method; classes by a chi-square test. Differences that are sure but small are passed over.
/// </remarks>
internal sealed class DriftCheck : IDataCheck
{
    private const double Chance = 0.001, SmallestDifference = 0.15, SmallestAssociation = 0.1;
    private const int FewestExpected = 5, MostGroups = 100;

    public string Name => "drift";

    public string Summary => "Labels and features that change along the file: rows of one place say little of another, and a split by order is not one by chance.";

    public IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        foreach (var task in evidence.Tasks)
        {
            cancellation.ThrowIfCancellationRequested();
            if (task.Form == LabelForm.Images || FileBlocks.Of([.. Enumerable.Range(0, task.RowCount).Where(task.IsLabelled)]) is not { } blocks) continue;
            if ((task.Form == LabelForm.Classes ? OfClasses(task, blocks) : OfNumbers(task, blocks)) is { } finding) yield return finding;
        }
        if (evidence.FeatureCount > 0 && FileBlocks.Of([.. Enumerable.Range(0, evidence.RowCount)]) is { } all && OfFeatures(evidence, all, cancellation) is { } features)
            yield return features;
    }

    private static Finding? OfClasses(TaskEvidence task, FileBlocks blocks)
    {
        var labels = Array.ConvertAll(blocks.Rows, row => (int)task.Given[row]);
        var totals = labels.GroupBy(label => label).ToDictionary(group => group.Key, group => group.Count());
        // Classes too rare for the test are one.
        var frequent = totals.Where(t => t.Value / blocks.Count >= FewestExpected).Select(t => t.Key).Order().ToArray();
        var columns = frequent.Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i);
        var width = frequent.Length + (frequent.Length < totals.Count ? 1 : 0);
        var counts = new double[blocks.Count, width];
        for (var i = 0; i < labels.Length; i++) counts[blocks.BlockOf[i], columns.GetValueOrDefault(labels[i], frequent.Length)]++;
        var (used, byBlock) = (0, new double[blocks.Count]);
        for (var column = 0; column < width; column++)
        {
            var total = Enumerable.Range(0, blocks.Count).Sum(block => counts[block, column]);
            if (total / blocks.Count < FewestExpected) continue;
            used++;
            for (var block = 0; block < blocks.Count; block++)
            {
                var expected = total * blocks.Size(block) / labels.Length;
                byBlock[block] += Math.Pow(counts[block, column] - expected, 2) / expected;
            }
        }
        if (used < 2) return null;
        var sum = byBlock.Sum();
        var probability = 1 - ChiSquared.CDF((blocks.Count - 1) * (used - 1.0), sum);
        var association = Math.Sqrt(sum / labels.Length / Math.Min(blocks.Count - 1, used - 1));
        if (probability >= Chance || association < SmallestAssociation) return null;
        return OfLabels(task, blocks, byBlock, Words.Text($"Cramér's V {association:0.00}"));
    }

    private static Finding? OfNumbers(TaskEvidence task, FileBlocks blocks)
    {
        var differences = Enumerable.Range(0, task.Columns)
            .Select(column => KolmogorovSmirnov.Differences(Array.ConvertAll(blocks.Rows, row => task.Given[(row * task.Columns) + column]), blocks.BlockOf, blocks.Count)).ToArray();
        if (Sure(differences, blocks).Count == 0) return null;
        var largest = Enumerable.Range(0, blocks.Count).Select(block => differences.Max(d => d[block])).ToArray();
        return OfLabels(task, blocks, largest, Words.Text($"Kolmogorov and Smirnov's D {largest.Max():0.00}"));
    }

    private static Finding OfLabels(TaskEvidence task, FileBlocks blocks, double[] byBlock, string measure)
    {
        var rows = blocks.RowsOf(Array.IndexOf(byBlock, byBlock.Max()));
        return new("drift", task.Task, "The labels change along the file",
            $"Their distribution differs between {Words.Count(blocks.Count, "block")} of rows ({measure}), most in {Words.Rows(rows[0], rows[^1])}. The rows may be sorted, or of different times or people: "
            + "shuffle them before they are split, or validate on the last ones if those to come will follow them.",
            [rows], 1);
    }

    private static Finding? OfFeatures(DataEvidence evidence, FileBlocks blocks, CancellationToken cancellation)
    {
        var (width, features) = (evidence.FeatureCount, evidence.Features!);
        var differences = new double[width][];
        Parallel.For(0, width, new ParallelOptions { CancellationToken = cancellation }, feature =>
            differences[feature] = KolmogorovSmirnov.Differences([.. Enumerable.Range(0, evidence.RowCount).Select(row => features[(row * width) + feature])], blocks.BlockOf, blocks.Count));
        var sure = Sure(differences, blocks);
        if (sure.Count == 0) return null;
        var changing = sure.GroupBy(s => s.Feature).Select(group => group.MaxBy(s => s.Difference)).OrderByDescending(s => s.Difference).ThenBy(s => s.Feature).ToArray();
        var groups = changing.Select(s => s.Block).Distinct().Select(blocks.RowsOf).ToArray();
        return new("drift", null, $"{Words.Number(changing.Length)} of {Words.Count(width, "feature")} change along the file",
            $"Most of all {Words.Some([.. changing.Select(s => Words.Text($"{evidence.FeatureName(s.Feature)} (D {s.Difference:0.00} in {Words.Rows(blocks.RowsOf(s.Block)[0], blocks.RowsOf(s.Block)[^1])})"))])}. "
            + "Rows of one time or place say little of another: shuffle them before they are split, or validate on the last ones if those to come will follow them.",
            [.. groups.Take(MostGroups)], groups.Length);
    }

    /// <summary>By Holm's method: of the tests in the order of their probabilities, those before the first that chance explains.</summary>
    private static List<(int Feature, int Block, double Difference)> Sure(double[][] differences, FileBlocks blocks)
    {
        var sizes = Enumerable.Range(0, blocks.Count).Select(blocks.Size).ToArray();
        var tests = differences.SelectMany((byBlock, feature) => byBlock.Select((difference, block) =>
            (Feature: feature, Block: block, Difference: difference, Probability: KolmogorovSmirnov.Probability(difference, sizes[block], blocks.Rows.Length - sizes[block]))))
            .OrderBy(test => test.Probability).ToArray();
        return [.. tests.TakeWhile((test, i) => test.Probability * (tests.Length - i) < Chance).Where(test => test.Difference >= SmallestDifference).Select(test => (test.Feature, test.Block, test.Difference))];
    }
}
