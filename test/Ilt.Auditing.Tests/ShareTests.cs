namespace Ilt.Auditing.Tests;

public class ShareTests
{
    [TestCase(0)]
    [TestCase(0.05)]
    [TestCase(0.1)]
    [TestCase(0.2)]
    public void OfClasses_IsNearTheTruth(double share)
    {
        var (evidence, wrong, _) = MadeEvidence.Classes(share);
        Near(TaskAuditor.Audit(evidence), wrong);
    }

    // What no estimate from labels can tell from overlap is said, at least.
    [Test]
    public void MistakesOfAllRowsNextToABoundary_CountAsOverlap()
    {
        var (evidence, _, _) = MadeEvidence.Classes(0, classes: 2);
        var p = evidence.OutOfFold!;
        var given = evidence.Given.Select((label, row) => Math.Abs(p[2 * row] - 0.5f) < 0.35f ? p[2 * row] > 0.5f ? 1f : 0f : label).ToArray();
        var share = TaskAuditor.Audit(evidence with { Given = given }).Share;

        var contradicted = given.Where((label, row) => p[(2 * row) + (int)label] < 0.5f).Count() / (double)given.Length;
        Assert.That(contradicted, Is.GreaterThan(0.1));
        Assert.That(share.Estimate, Is.LessThan(0.05), share.CannotTell);
        Assert.That(share.Overlap, Is.EqualTo(contradicted - share.Estimate).Within(1e-9));
    }

    [TestCase(0)]
    [TestCase(0.05)]
    [TestCase(0.1)]
    [TestCase(0.2)]
    [TestCase(0.4)]
    public void OfNumbers_IsNearTheTruth(double share)
    {
        var (evidence, wrong) = MadeEvidence.Numbers(share);
        Near(TaskAuditor.Audit(evidence), wrong);
    }

    [TestCase(0)]
    [TestCase(0.1)]
    [TestCase(0.3)]
    public void OfVectors_IsNearTheTruth(double share)
    {
        var (evidence, wrong) = MadeEvidence.Numbers(share, columns: 3);
        Near(TaskAuditor.Audit(evidence), wrong);
    }

    [Test]
    public void OfImagesInTwoGroups_IsNearTheTruth()
    {
        var (evidence, wrong) = MadeEvidence.Images(0.15, 20);
        Near(TaskAuditor.Audit(evidence), wrong);
    }

    [TestCase(0, 1)]
    [TestCase(0.15, 2)]
    public void OfImagesWithoutAGap_IsNotTold(double share, double factor)
    {
        var audit = TaskAuditor.Audit(MadeEvidence.Images(share, factor).Evidence);
        Assert.That(audit.Share.CannotTell, Does.Contain("two groups"));
        Assert.That(audit.IsFlagged, Is.All.False);
    }

    [Test]
    public void PredictionsThatWrongLabelsPulledToTheMean_AreTakenBack()
    {
        var (evidence, wrong) = MadeEvidence.Numbers(0.4);
        Near(TaskAuditor.Audit(evidence with { OutOfFold = [.. evidence.OutOfFold!.Select(value => 0.6f * value)] }), wrong);
    }

    [Test]
    public void OfNumbersWithHeavyTailsAndNoneWrong_IsSmall()
    {
        var evidence = MadeEvidence.Numbers(0).Evidence;
        // A cube makes a normal residual heavy.
        var heavy = evidence.Given.Select((y, i) => evidence.OutOfFold![i] + 3 * MathF.Pow(y - evidence.OutOfFold[i], 3) + 0.3f * (y - evidence.OutOfFold[i])).ToArray();
        var audit = TaskAuditor.Audit(evidence with { Given = heavy });
        Assert.That(audit.Share.Estimate ?? 0, Is.LessThan(0.02), audit.Share.CannotTell);
    }

    private static void Near(TaskAudit audit, bool[] wrong)
    {
        var truth = wrong.Share();
        Assert.That(audit.Share.CannotTell, Is.Null);
        Assert.Multiple(() =>
        {
            Assert.That(audit.Share.Estimate, Is.EqualTo(truth).Within(0.03));
            Assert.That(audit.Share.Low, Is.LessThanOrEqualTo(truth + 0.002));
            Assert.That(audit.Share.High, Is.GreaterThanOrEqualTo(truth - 0.002));
            if (truth == 0) Assert.That(audit.IsFlagged.Share(), Is.LessThanOrEqualTo(0.01));
            Assert.That(CalibrationError(audit.ProbabilityWrong, wrong), Is.LessThan(0.05));
        });
    }

    private static double CalibrationError(float[] probabilities, bool[] wrong) => Enumerable.Range(0, wrong.Length)
        .GroupBy(row => (int)(10 * Math.Min(0.999f, probabilities[row])))
        .Sum(bin => Math.Abs(bin.Sum(row => probabilities[row] - (wrong[row] ? 1 : 0)))) / wrong.Length;
}
