using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Detectors;

namespace Ilt.Cli.Reports;

/// <summary>What an audit says of a task, in words: how many, how sure, what to do next.</summary>
internal static class ReportSummary
{
    /// <summary>Why there is no estimate where nobody has made one.</summary>
    public static string NotEstimated { get; } = FormattableString.Invariant(
        $"it was not estimated, which takes models that have not seen the rows (ilt audit, or --score combined, without --fast) and at least {Combined.FewestLabels} labels");

    private const double LeastOverlap = 0.01;

    /// <summary>One sentence each.</summary>
    /// <param name="rows">The task's rows, most suspicious first.</param>
    /// <param name="audit">How many are wrong; null: nobody has estimated it.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<ScoredRow> rows, RunAudit? audit) => [HowMany(rows.Count(row => row.Reviewed.Length == 0), rows.Count, audit), .. Beside(rows, audit)];

    /// <summary>The same without the first sentence, for a page that says by itself how many are wrong.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<string> Beside(IReadOnlyList<ScoredRow> rows, RunAudit? audit) => [.. HowSure(rows, audit), .. Overlap(rows, audit), .. WhatNext(rows, audit), .. Reviewed(rows, audit)];

    private static string HowMany(int open, int all, RunAudit? audit)
    {
        var labels = FormattableString.Invariant($"{open:N0} labels{(open < all ? " that were not reviewed" : "")}");
        return audit switch
        {
            null => $"How many labels are wrong cannot be told: {NotEstimated}.",
            { Share: null } => $"How many labels are wrong cannot be told: {audit.CannotTell}.",
            { Share: < 0.0005, High: var high } => $"No sign of wrong ones among {labels} (at most {Percent(high)}, 95 % interval).",
            { Share: { } share, Low: var low, High: var high } =>
                $"About {Percent(share)} of {labels} are wrong: {Count(share * open)} (95 % interval {Percent(low)} to {Percent(high)}).",
        };
    }

    private static IEnumerable<string> HowSure(IReadOnlyList<ScoredRow> rows, RunAudit? audit)
    {
        if (audit?.Share is null) yield break;
        var flagged = rows.Where(row => row.IsFlagged).ToArray();
        yield return flagged.Length == 0 ? "No row is flagged."
            : FormattableString.Invariant($"{flagged.Length:N0} {(flagged.Length == 1 ? "row is" : "rows are")} flagged; about {Count(flagged.Sum(row => row.ProbabilityWrong))} of them are expected to be wrong, and about {Count(rows.Where(row => !row.IsFlagged && !float.IsNaN(row.ProbabilityWrong)).Sum(row => row.ProbabilityWrong))} of the others.");
    }

    // Not silent where it is most: flips of all rows next to a boundary leave a share of none.
    private static IEnumerable<string> Overlap(IReadOnlyList<ScoredRow> rows, RunAudit? audit)
    {
        if (audit?.Overlap is not { } overlap || overlap < LeastOverlap) yield break;
        yield return $"For another {Percent(overlap)} of the labels ({Count(overlap * rows.Count(row => row.Reviewed.Length == 0))}) models that have not seen the row find another class more probable: taken for classes that overlap, but mistakes that many rows share look the same. If these classes should be clear cut, read further down the ranking.";
    }

    private static IEnumerable<string> WhatNext(IReadOnlyList<ScoredRow> rows, RunAudit? audit)
    {
        if (audit?.Share is null)
            yield return "Rows are ranked: read from the top, and stop when the labels are right again.";
        else if (rows.Any(row => row.IsFlagged))
            yield return "Look at the flagged rows, mark them right, wrong or fix, save the review, and give it to the next run with --reviewed; ilt fix writes a corrected copy of the data.";
    }

    private static IEnumerable<string> Reviewed(IReadOnlyList<ScoredRow> rows, RunAudit? audit)
    {
        var reviewed = rows.Count(row => row.Reviewed.Length > 0);
        if (reviewed == 0) yield break;
        var labels = reviewed == 1 ? "1 label was" : FormattableString.Invariant($"{reviewed:N0} labels were");
        // What a review takes from the top of the ranking is what the estimate would have gone by.
        yield return audit?.Share is null ? $"{labels} reviewed by a person; such rank last."
            : $"{labels} reviewed by a person, and the estimate leaves them out: if they were the most suspicious ones, it comes out too low, and may be 0 with wrong labels left; go on from the top of the ranking.";
    }

    private static string Percent(double share) => share is > 0 and < 0.0095 ? FormattableString.Invariant($"{100 * share:F1} %") : FormattableString.Invariant($"{100 * share:F0} %");

    private static string Count(double number) => FormattableString.Invariant($"{number:N0}");
}
