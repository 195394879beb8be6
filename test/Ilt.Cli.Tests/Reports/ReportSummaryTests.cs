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
        "No sign of wrong labels among 1,000 (at most 0.4 %, 95 % interval).", "No row is flagged.",
    }));

    [Test]
    public void Unknown_SaysWhy_AndHowToReadTheRanking() => Assert.That(
        ReportSummary.Of(Rows(0, 100), new RunAudit(null, 0, 1, "100 labels are too few", 0, null)),
        Is.EqualTo(new[] { "How many labels are wrong cannot be told: 100 labels are too few.", "Rows are ranked: read from the top, and stop when the labels are right again." }));

    [Test]
    public void Reviewed_AreCounted() => Assert.That(
        ReportSummary.Of([.. Rows(1, 10).Select((row, i) => i == 9 ? row with { Reviewed = "right" } : row)], null)[^1], Is.EqualTo("1 label was reviewed by a person and is not among them."));

    // A page that says "Cannot tell" and why, in large letters, says it once.
    [Test]
    public void BesideNumber_DoesNotSayAgainWhatTheReportShows()
    {
        var unknown = new RunAudit(null, 0, 1, "100 labels are too few", 0, null);
        Assert.Multiple(() =>
        {
            Assert.That(ReportSummary.BesideNumber(Rows(0, 100), unknown), Is.EqualTo(new[] { "Rows are ranked: read from the top, and stop when the labels are right again." }));
            Assert.That(ReportSummary.WhyUnknown(unknown, true), Is.EqualTo("100 labels are too few."));
            Assert.That(ReportSummary.BesideNumber(Rows(100, 1000), new RunAudit(0.1, 0.08, 0.125, null, 100, null))[0], Does.StartWith("100 rows are flagged"));
            Assert.That(ReportSummary.WhyUnknown(new RunAudit(0.1, 0.08, 0.125, null, 100, null), true), Is.Null);
            Assert.That(ReportSummary.WhyUnknown(null, true), Does.StartWith("It was not estimated: that takes"));
            Assert.That(ReportSummary.WhyUnknown(null, false), Is.EqualTo("It was not estimated: the run was stopped before that."));
        });
    }
}
