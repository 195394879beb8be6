namespace Ilt.Auditing;

/// <summary>Says what else is wrong with the data, beside wrong labels.</summary>
public static class DataAudit
{
    // What makes results wrong stands before what makes them poor, and that before what is good to know.
    private static readonly (string Kind, bool OfTask)[] MostImportantFirst =
    [
        ("duplicates", true), ("restates", true), ("stretch", true), ("overlap", true), ("drift", true), ("duplicates", false), ("outliers", false), ("near-duplicates", false),
        ("drift", false), ("rare-classes", true), ("missing", false), ("constant", false),
    ];

    /// <summary>Runs all checks. Equal for equal evidence; data of which nothing can be said gives no findings.</summary>
    /// <param name="evidence">What is known of the data.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <returns>The findings, the most important first.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        evidence.Check();
        var findings = new List<Finding>();
        foreach (var check in DataChecks.All)
        {
            cancellation.ThrowIfCancellationRequested();
            findings.AddRange(check.Find(evidence, cancellation));
        }
        return [.. findings.OrderBy(Rank)]; // which keeps the order of a check's own
    }

    private static int Rank(Finding finding)
    {
        var rank = Array.IndexOf(MostImportantFirst, (finding.Kind, finding.Task is not null));
        return rank < 0 ? MostImportantFirst.Length : rank;
    }
}
