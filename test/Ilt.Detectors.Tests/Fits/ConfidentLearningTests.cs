using Ilt.Torch;

namespace Ilt.Detectors.Tests;

public class ConfidentLearningTests
{
    private static readonly float[] Probabilities = [.9f, .1f, .6f, .4f, .2f, .8f, .2f, .8f, .3f, .7f, .9f, .1f];

    [Test]
    public void Detect_PrunedRows_ComeFirst_ThenByMarginOrConfidence()
    {
        var input = Input();
        var source = new FixedSource(Probabilities);

        var byMargin = new ConfidentLearning(source).Detect(input);
        var byConfidence = new ConfidentLearning(source) { Ranking = ConfidentRanking.SelfConfidence }.Detect(input);

        // Rows 2 and 5 are pruned (see ConfidentJointTests). Margins .8 .2 -.6 .6 .4 -.8; score (1 - margin) / 2.
        Assert.That(byMargin.Scores[0], Is.EqualTo(new[] { .1f, .4f, 1.8f, .2f, .3f, 1.9f }).Within(1e-6));
        Assert.That(byConfidence.Scores[0], Is.EqualTo(new[] { .1f, .4f, 1.8f, .2f, .3f, 1.9f }).Within(1e-6));
        Assert.That(byMargin.Reasons![0], Is.EqualTo("an estimated 2.0 of 6 labels are wrong, 2 are pruned"));
        Assert.That((byMargin.Fits, byMargin.OutOfFold![0]), Is.EqualTo((4, Probabilities)));
        Assert.That(byMargin.OutOfFoldLosses![0], Is.EqualTo(FixedSource.Losses), "an audit asks for them");
    }

    [Test]
    public void Detect_SourceWithoutProbabilities_IsRefused() => Assert.That(
        () => new ConfidentLearning(new RowScoreDetector(new LastLoss())).Detect(new(NoisyTable.Make(40, 1).Tasks, NoisyTable.Make(40, 1).Data, NoisyTable.Quick)),
        Throws.ArgumentException.With.Message.StartsWith("last-loss gives no out-of-fold probabilities of task 'class'"));

    [Test]
    public void Name_SaysWeightingOrSource()
    {
        Assert.That(new ConfidentLearning().Name, Is.EqualTo("confident-learning"));
        Assert.That(new ConfidentLearning(new OutOfFold { Weighting = Weighting.LossWeightingKind.Equal }).Name, Is.EqualTo("equal/confident-learning"));
        Assert.That(new ConfidentLearning(new FixedSource([])).Name, Is.EqualTo("fixed/confident-learning"));
    }

    private static DetectorInput Input() =>
        new([new ClassificationTask("class", 2)], new TableData(new float[6], 1, [new ClassLabels([0, 0, 0, 1, 1, 1])]), NoisyTable.Quick);

    private sealed class FixedSource(float[] probabilities) : IDetector
    {
        public static readonly float[] Losses = [.1f, .5f, 1.6f, .2f, .4f, 2.3f];

        public string Name => "fixed";

        public string Summary => "says what it was told";

        public bool AppliesTo(TaskDefinition task, InputShape input) => true;

        public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default) =>
            new() { Scores = [null], OutOfFold = [probabilities], OutOfFoldLosses = [Losses], Fits = 4 };
    }
}
