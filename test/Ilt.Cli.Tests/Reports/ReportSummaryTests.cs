using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Reports;

namespace Ilt.Cli.Tests.Reports;

/// <summary>An audit in words.</summary>
public sealed class ReportSummaryTests
{
    private static ScoredRow[] Rows(int flagged, int all) =>
        [.. Enumerable.Range(0, all).Select(i => new ScoredRow($"r{i}", "kind", i + 1, -i, 0, "a", "b", 1) { ProbabilityWrong = i < flagged ? 0.9f : 0.01f, IsFlagged = i < flagged })];

    [Test]
    public void Known_SaysHowManyHowSureAndWhatNext() => Assert.That(ReportSummary.Of(Rows(100, 1000), new RunAudit(0.1, 0.08, 0.125, null, 100, null)), Is.EqualTo(new[]
    {
        "About 10 % of 1,000 labels are wrong: 100 (95 % interval 8 % to 12 %).",
        "100 rows are flagged; about 90 of them are expected to be wrong, and about 9 of the others.",
        "Look at the flagged rows, mark them right, wrong or fix, save the review, and give it to the next run with --reviewed; ilt fix writes a corrected copy of the data.",
    }));

    [Test]
    public void None_SaysThatThereIsNoSign() => Assert.That(ReportSummary.Of(Rows(0, 1000), new RunAudit(0, 0, 0.004, null, 0, null)), Is.EqualTo(new[]
    {
        "No sign of wrong ones among 1,000 labels (at most 0.4 %, 95 % interval).", "No row is flagged.",
    }));

    [Test]
    public void Overlap_IsSaidWhereThereIsSome()
    {
        string[] Of(double overlap) => [.. ReportSummary.Of(Rows(0, 1000), new RunAudit(0, 0, 0.004, null, 0, null, overlap))];

        Assert.That(Of(0.2)[^1], Does.StartWith("For another 20 % of the labels (200) models that have not seen the row find another class more probable"));
        Assert.That(Of(0.005), Has.Length.EqualTo(2));
    }

    [Test]
    public void Unknown_SaysWhy_AndHowToReadTheRanking() => Assert.That(
        ReportSummary.Of(Rows(0, 100), new RunAudit(null, 0, 1, "100 labels are too few", 0, null)),
        Is.EqualTo(new[] { "How many labels are wrong cannot be told: 100 labels are too few.", "Rows are ranked: read from the top, and stop when the labels are right again." }));

    [Test]
    public void Reviewed_AreCountedByThemselves_AndTheEstimateIsDoubted()
    {
        ScoredRow[] Reviewed(int from) => [.. Rows(1, 1000).Select((row, i) => i >= from ? row with { Reviewed = "right" } : row)];

        Assert.That(ReportSummary.Of(Reviewed(999), null)[^1], Is.EqualTo("1 label was reviewed by a person; such rank last."));
        var some = ReportSummary.Of(Reviewed(800), new RunAudit(0.1, 0.05, 0.2, null, 1, null));
        Assert.That(some[0], Is.EqualTo("About 10 % of 800 labels that were not reviewed are wrong: 80 (95 % interval 5 % to 20 %)."));
        Assert.That(some[^1], Does.StartWith("200 labels were reviewed by a person, and the estimate leaves them out: if they were the most suspicious ones, it comes out too low"));
        Assert.That(ReportSummary.Of(Reviewed(800), new RunAudit(0, 0, 0.02, null, 0, null))[0], Is.EqualTo("No sign of wrong ones among 800 labels that were not reviewed (at most 2 %, 95 % interval)."));
    }

    [Test]
    public void Beside_LeavesOutWhatThePageSaysItself() => Assert.That(
        ReportSummary.Beside(Rows(100, 1000), new RunAudit(0.1, 0.08, 0.125, null, 100, null))[0], Does.StartWith("100 rows are flagged"));
}
