using Ilt.Corruption;

namespace Ilt.Auditing.Tests;

public class RefusalTests
{
    [Test]
    public void FewLabels_AreRefused()
    {
        Refused(TaskAuditor.Audit(MadeEvidence.Classes(0.1, rows: 499).Evidence), "499 labels");
        Refused(TaskAuditor.Audit(MadeEvidence.Numbers(0.1, rows: 499).Evidence), "499 labels");
        Refused(TaskAuditor.Audit(MadeEvidence.Images(0.1, 20, rows: 499).Evidence), "499 labels");
    }

    [Test]
    public void FewDifferentNumbers_AreRefused()
    {
        var evidence = MadeEvidence.Numbers(0.1).Evidence;
        Refused(TaskAuditor.Audit(evidence with { Given = [.. evidence.Given.Select(value => MathF.Round(Math.Clamp(value, -2, 2)))] }), "5 different numbers");
    }

    [Test]
    public void ClassesThatAreNotLearned_AreRefused()
    {
        var evidence = MadeEvidence.Classes(0).Evidence;
        var generator = new SeededGenerator(4);
        var shuffled = (float[])evidence.Given.Clone();
        generator.Shuffle<float>(shuffled);
        Refused(TaskAuditor.Audit(evidence with { Given = shuffled }), "hardly better");
    }

    [Test]
    public void ClassesThatNowhereAreSure_AreRefused() => Refused(TaskAuditor.Audit(MadeEvidence.Classes(0, spread: 0.6).Evidence), "look alike");

    [Test]
    public void ClassesOfWhichNothingIsTold_AreSuggestedAsPredicted()
    {
        var evidence = MadeEvidence.Classes(0, spread: 0.6).Evidence;
        var audit = TaskAuditor.Audit(evidence);
        Assert.That(audit.Suggested, Is.EqualTo(Enumerable.Range(0, evidence.RowCount).Select(row => (float)Enumerable.Range(0, 3).MaxBy(k => evidence.OutOfFold![row * 3 + k]))));
        Assert.That(audit.Confidence, Is.EqualTo(evidence.OutOfFold!.Chunk(3).Select(of => of.Max())));
    }

    [Test]
    public void ManyWrongClasses_AreRefused() => Refused(TaskAuditor.Audit(MadeEvidence.Classes(0.4).Evidence), "of the labels or more");

    [Test]
    public void ARareClassThatIsNotLearned_IsNotCalledWrong()
    {
        // Every 30th row of the first class is of a class of which the models know nothing.
        var evidence = MadeEvidence.Classes(0, classes: 4).Evidence;
        var given = (float[])evidence.Given.Clone();
        var probabilities = (float[])evidence.OutOfFold!.Clone();
        for (var row = 0; row < given.Length; row++)
        {
            var rest = 1 - probabilities[row * 4 + 3];
            for (var k = 0; k < 3; k++) probabilities[row * 4 + k] *= 0.999f / rest;
            probabilities[row * 4 + 3] = 0.001f;
            given[row] = row % 30 == 0 ? 3 : Enumerable.Range(0, 3).MaxBy(k => probabilities[row * 4 + k]);
        }
        Refused(TaskAuditor.Audit(evidence with { Given = given, OutOfFold = probabilities }), "class 3");
    }

    [Test]
    public void ANetworkThatLearnedWrongLabelsByHeart_IsNoReasonToDoubtTheOthers()
    {
        var (evidence, wrong) = MadeEvidence.Numbers(0.2);
        var learned = evidence.OutOfFold!.Select((value, row) => wrong[row] ? evidence.Given[row] + 0.1f * (value - evidence.Given[row]) : value).ToArray();
        Assert.That(TaskAuditor.Audit(evidence with { InSample = learned }).Share, Is.EqualTo(TaskAuditor.Audit(evidence).Share));
        Assert.That(TaskAuditor.Audit(evidence).Share.Estimate, Is.EqualTo(0.2).Within(0.03));
    }

    [Test]
    public void ANetworkThatSeesMoreWrongLabels_AlthoughItWasTrainedOnThem_IsRefused()
    {
        var (evidence, _) = MadeEvidence.Numbers(0.1);
        var apart = evidence.Given.Max() - evidence.Given.Min();
        var missing = evidence.OutOfFold!.Select((value, row) => row % 5 == 0 ? value + apart : value).ToArray();
        Refused(TaskAuditor.Audit(evidence with { InSample = missing }), "the network that was trained on them");
    }

    [Test]
    public void RightRowsThatScatterMoreThanOthers_AreCountedInPart()
    {
        // A tenth of the rows scatters four times as widely, and nothing says which: that half of them is taken for wrong is as good as it gets.
        var evidence = MadeEvidence.Numbers(0).Evidence;
        var given = evidence.Given.Select((y, row) => row % 10 == 0 ? evidence.OutOfFold![row] + 4 * (y - evidence.OutOfFold[row]) : y).ToArray();
        Assert.That(TaskAuditor.Audit(evidence with { Given = given }).Share.Estimate, Is.Null.Or.LessThan(0.05));
    }

    [Test]
    public void WhatDoesNotFit_IsAnError()
    {
        var evidence = MadeEvidence.Classes(0.1).Evidence;
        Assert.Multiple(() =>
        {
            Assert.That(() => TaskAuditor.Audit(evidence with { OutOfFold = new float[7] }), Throws.ArgumentException.With.Message.Contains("OutOfFold has 7 entries; expected 9000"));
            Assert.That(() => TaskAuditor.Audit(evidence with { Given = [.. evidence.Given.Select(_ => 3f)] }), Throws.ArgumentException.With.Message.Contains("row 1 has class 3"));
            Assert.That(() => TaskAuditor.Audit(evidence with { KnownRight = new bool[2] }), Throws.ArgumentException.With.Message.Contains("KnownRight"));
            Assert.That(() => TaskAuditor.Audit(evidence, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        });
    }

    private static void Refused(TaskAudit audit, string why) => Assert.Multiple(() =>
    {
        Assert.That(audit.Share.CannotTell, Does.Contain(why));
        Assert.That(audit.Share.Estimate, Is.Null);
        Assert.That(audit.ProbabilityWrong, Is.All.NaN);
        Assert.That(audit.IsFlagged, Is.All.False);
    });
}
