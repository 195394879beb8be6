namespace Ilt.Auditing.Tests;

public class AuditPropertyTests
{
    private static IEnumerable<TestCaseData> Forms()
    {
        yield return new TestCaseData(MadeEvidence.Classes(0.1).Evidence).SetArgDisplayNames("classes");
        yield return new TestCaseData(MadeEvidence.Numbers(0.1).Evidence).SetArgDisplayNames("numbers");
        yield return new TestCaseData(MadeEvidence.Numbers(0.1, columns: 2).Evidence).SetArgDisplayNames("vectors");
        yield return new TestCaseData(MadeEvidence.Images(0.1, 20).Evidence).SetArgDisplayNames("images");
    }

    [TestCaseSource(nameof(Forms))]
    public void Probabilities_DoNotFallWithTheScore_AndFlagsAreAPrefix(TaskEvidence evidence)
    {
        var audit = TaskAuditor.Audit(evidence);
        var order = Enumerable.Range(0, evidence.RowCount).OrderBy(row => evidence.Scores[row]).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(order.Select(row => audit.ProbabilityWrong[row]), Is.Ordered);
            Assert.That(order.SkipWhile(row => !audit.IsFlagged[row]).All(row => audit.IsFlagged[row]));
            Assert.That(audit.IsFlagged, Has.Some.True);
            Assert.That(audit.ProbabilityWrong.Average(), Is.EqualTo(audit.Share.Estimate!.Value).Within(0.02));
        });
    }

    [TestCaseSource(nameof(Forms))]
    public void EqualEvidence_GivesEqualAudits(TaskEvidence evidence)
    {
        var (first, second) = (TaskAuditor.Audit(evidence), TaskAuditor.Audit(evidence));
        Assert.Multiple(() =>
        {
            Assert.That(second.Share, Is.EqualTo(first.Share));
            Assert.That(second.ProbabilityWrong, Is.EqualTo(first.ProbabilityWrong));
            Assert.That(second.LogOdds, Is.EqualTo(first.LogOdds));
            Assert.That(second.Suggested, Is.EqualTo(first.Suggested));
            Assert.That(second.Difficulty, Is.EqualTo(first.Difficulty));
        });
    }

    [TestCaseSource(nameof(Forms))]
    public void RowsThatAPersonFoundRight_AreNeverFlagged_AndDoNotCount(TaskEvidence evidence)
    {
        var before = TaskAuditor.Audit(evidence);
        var audit = TaskAuditor.Audit(evidence with { KnownRight = before.IsFlagged });
        Assert.Multiple(() =>
        {
            for (var row = 0; row < evidence.RowCount; row++)
                if (before.IsFlagged[row] && (audit.IsFlagged[row] || !(audit.ProbabilityWrong[row] is 0 or float.NaN)))
                    Assert.Fail($"row {row}: {audit.ProbabilityWrong[row]}");
            // What was found wrong is right now, so few are left.
            Assert.That(audit.Share.Estimate ?? 0, Is.LessThan(before.Share.Estimate!.Value));
            // To say that none is left would be to go by what the review took away.
            Assert.That(audit.Share.Estimate, Is.Null.Or.GreaterThanOrEqualTo(0.01));
        });
    }

    [TestCaseSource(nameof(Forms))]
    public void RowsWithoutALabel_ChangeNothing(TaskEvidence evidence)
    {
        var before = TaskAuditor.Audit(evidence);
        var each = evidence.Form == LabelForm.Numbers ? evidence.Columns : 1;
        float[] Longer(float[] of, int times, float with) => [.. of, .. Enumerable.Repeat(with, times * 5)];
        var audit = TaskAuditor.Audit(evidence with
        {
            Given = Longer(evidence.Given, each, float.NaN),
            Scores = Longer(evidence.Scores, 1, float.NaN),
            OutOfFold = evidence.OutOfFold is { } predicted ? Longer(predicted, evidence.Columns, float.NaN) : null,
            OutOfFoldLosses = evidence.OutOfFoldLosses is { } losses ? Longer(losses, 1, float.NaN) : null,
        });
        Assert.Multiple(() =>
        {
            Assert.That(audit.Share, Is.EqualTo(before.Share));
            Assert.That(audit.ProbabilityWrong[..evidence.RowCount], Is.EqualTo(before.ProbabilityWrong));
            Assert.That(audit.ProbabilityWrong[evidence.RowCount..], Is.All.NaN);
            Assert.That(audit.IsFlagged[evidence.RowCount..], Is.All.False);
        });
    }

    [Test]
    public void TheOrderOfClasses_DoesNotMatter()
    {
        var evidence = MadeEvidence.Classes(0.1).Evidence;
        var turned = evidence with
        {
            Given = [.. evidence.Given.Select(k => 2 - k)],
            OutOfFold = [.. Enumerable.Range(0, evidence.OutOfFold!.Length).Select(i => evidence.OutOfFold[i / 3 * 3 + 2 - i % 3])],
        };
        var (first, second) = (TaskAuditor.Audit(evidence), TaskAuditor.Audit(turned));
        Assert.Multiple(() =>
        {
            Assert.That(second.Share.Estimate, Is.EqualTo(first.Share.Estimate).Within(1e-3));
            Assert.That(second.Suggested!.Zip(first.Suggested!, (a, b) => a == 2 - b).Count(same => !same), Is.LessThan(5));
        });
    }

    [TestCase(1)]
    [TestCase(2)]
    public void TheUnitOfNumbers_DoesNotMatter(int columns)
    {
        var evidence = MadeEvidence.Numbers(0.1, columns: columns).Evidence;
        var inOther = evidence with { Given = [.. evidence.Given.Select(y => 1000 * y + 7000)], OutOfFold = [.. evidence.OutOfFold!.Select(y => 1000 * y + 7000)] };
        var (first, second) = (TaskAuditor.Audit(evidence), TaskAuditor.Audit(inOther));
        Assert.Multiple(() =>
        {
            Assert.That(second.Share.Estimate, Is.EqualTo(first.Share.Estimate).Within(2e-3));
            Assert.That(second.Suggested![0], Is.EqualTo(1000 * first.Suggested![0] + 7000).Within(5));
            Assert.That(second.Confidence![0], Is.EqualTo(1000 * first.Confidence![0]).Within(5));
        });
    }

    [Test]
    public void SuggestedClasses_AreMostlyTheRightOnesOfWrongRows()
    {
        var (evidence, wrong, right) = MadeEvidence.Classes(0.2, spread: 8);
        var audit = TaskAuditor.Audit(evidence);
        var rows = Enumerable.Range(0, wrong.Length).Where(row => wrong[row]).ToArray();
        var hits = rows.Count(row => audit.Suggested![row] == right[row]);
        Assert.That((double)hits / rows.Length, Is.GreaterThan(0.8));
        Assert.That(audit.Confidence!.Average(), Is.EqualTo(Enumerable.Range(0, wrong.Length).Average(row => audit.Suggested![row] == right[row] ? 1.0 : 0)).Within(0.03));
    }

    [Test]
    public void TheIntervalOfANumber_HoldsNineTenthsOfTheRightOnes()
    {
        var (evidence, wrong) = MadeEvidence.Numbers(0.2);
        var audit = TaskAuditor.Audit(evidence);
        var inside = Enumerable.Range(0, wrong.Length).Where(row => !wrong[row]).Average(row => Math.Abs(evidence.Given[row] - audit.Suggested![row]) <= audit.Confidence![row] ? 1.0 : 0);
        Assert.That(inside, Is.EqualTo(0.9).Within(0.02));
    }

    [Test]
    public void Difficulty_IsHighWhereNumbersScatter_AndNotWhereTheyAreWrong()
    {
        var (evidence, wrong) = MadeEvidence.Numbers(0.1);
        var given = evidence.Given.Select((y, row) => evidence.OutOfFold![row] > 1 && !wrong[row] ? evidence.OutOfFold[row] + 3 * (y - evidence.OutOfFold[row]) : y).ToArray();
        var difficulty = TaskAuditor.Audit(evidence with { Given = given }).Difficulty;
        double Mean(Func<int, bool> of) => Enumerable.Range(0, wrong.Length).Where(of).Average(row => difficulty[row]);
        Assert.Multiple(() =>
        {
            Assert.That(Mean(row => evidence.OutOfFold![row] > 1.2), Is.GreaterThan(Mean(row => evidence.OutOfFold![row] < 0.8) + 0.3));
            Assert.That(Mean(row => wrong[row]), Is.EqualTo(Mean(row => !wrong[row])).Within(0.06));
        });
    }

    [Test]
    public void Difficulty_OfClasses_RisesWithTheirOverlap()
    {
        var (evidence, _, _) = MadeEvidence.Classes(0.1);
        var difficulty = TaskAuditor.Audit(evidence).Difficulty;
        var sure = Enumerable.Range(0, evidence.RowCount).GroupBy(row => evidence.OutOfFold!.AsSpan(row * 3, 3).ToArray().Max() > 0.9).ToDictionary(g => g.Key, g => g.Average(row => difficulty[row]));
        Assert.That(sure[false], Is.GreaterThan(sure[true] + 0.3));
    }
}
