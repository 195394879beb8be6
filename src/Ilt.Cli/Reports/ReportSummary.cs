using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;

namespace Ilt.Cli.Reports;

/// <summary>What an audit says of a task, in words: how many, how sure, what to do next.</summary>
internal static class ReportSummary
{
    /// <summary>One sentence each.</summary>
    /// <param name="rows">The task's rows, most suspicious first.</param>
    /// <param name="audit">How many are wrong; null: nobody has estimated it.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<ScoredRow> rows, RunAudit? audit) =>
        [HowMany(rows.Count, audit), .. HowSure(rows, audit), .. WhatNext(rows, audit), .. Reviewed(rows)];

    /// <summary>The same without the first, for forms of a report that show the number, or <see cref="WhyUnknown"/>, in their own way.</summary>
    public static IReadOnlyList<string> BesideNumber(IReadOnlyList<ScoredRow> rows, RunAudit? audit) => [.. Of(rows, audit).Skip(1)];

    /// <summary>Why it is not said how many are wrong, in a sentence; null: it is.</summary>
    /// <param name="audit">How many are wrong; null: nobody has estimated it.</param>
    /// <param name="isComplete">False: the run was stopped before its end.</param>
    public static string? WhyUnknown(RunAudit? audit, bool isComplete) => audit switch
    {
        null when !isComplete => "It was not estimated: the run was stopped before that.",
        null => "It was not estimated: that takes models that have not seen the rows (ilt audit, or ilt flag --score combined).",
        { CannotTell: { Length: > 0 } reason } => $"{char.ToUpperInvariant(reason[0])}{reason[1..]}.",
        _ => null,
    };

    private static string HowMany(int labels, RunAudit? audit) => audit switch
    {
        null => "How many labels are wrong was not estimated: that takes models that have not seen the rows (ilt audit, or ilt flag --score combined).",
        { Share: null } => $"How many labels are wrong cannot be told: {audit.CannotTell}.",
        { Share: < 0.0005, High: var high } => FormattableString.Invariant($"No sign of wrong labels among {labels:N0} (at most {Percent(high)}, 95 % interval)."),
        { Share: { } share, Low: var low, High: var high } =>
            FormattableString.Invariant($"About {Percent(share)} of {labels:N0} labels are wrong: {Count(share * labels)} (95 % interval {Percent(low)} to {Percent(high)})."),
    };

    private static IEnumerable<string> HowSure(IReadOnlyList<ScoredRow> rows, RunAudit? audit)
    {
        if (audit?.Share is null) yield break;
        var flagged = rows.Where(row => row.IsFlagged).ToArray();
        yield return flagged.Length == 0 ? "No row is flagged."
            : FormattableString.Invariant($"{flagged.Length:N0} {(flagged.Length == 1 ? "row is" : "rows are")} flagged; about {Count(flagged.Sum(row => row.ProbabilityWrong))} of them are expected to be wrong, and about {Count(rows.Where(row => !row.IsFlagged && !float.IsNaN(row.ProbabilityWrong)).Sum(row => row.ProbabilityWrong))} of the others.");
    }

    private static IEnumerable<string> WhatNext(IReadOnlyList<ScoredRow> rows, RunAudit? audit)
    {
        if (audit?.Share is null)
            yield return "Rows are ranked: read from the top, and stop when the labels are right again.";
        else if (rows.Any(row => row.IsFlagged))
            yield return "Look at the flagged rows, mark them right, wrong or fix, save the review, and give it to the next run with --reviewed; ilt fix writes a corrected copy of the data.";
    }

    private static IEnumerable<string> Reviewed(IReadOnlyList<ScoredRow> rows)
    {
        var reviewed = rows.Count(row => row.Reviewed.Length > 0);
        if (reviewed > 0) yield return FormattableString.Invariant($"{reviewed:N0} {(reviewed == 1 ? "label was reviewed by a person and is" : "labels were reviewed by a person and are")} not among them.");
    }

    private static string Percent(double share) => share is > 0 and < 0.0095 ? FormattableString.Invariant($"{100 * share:F1} %") : FormattableString.Invariant($"{100 * share:F0} %");

    private static string Count(double number) => FormattableString.Invariant($"{number:N0}");
}
