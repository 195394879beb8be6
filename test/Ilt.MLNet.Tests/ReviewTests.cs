using Ilt.Detectors;
using Microsoft.ML;

namespace Ilt.MLNet.Tests;

/// <summary>Labels that people have looked at.</summary>
public sealed class ReviewTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly MultiTaskTrainer.Options Quick = Pipelines.AllTasks with
    {
        Training = Pipelines.AllTasks.Training with { Epochs = 3 },
    };

    [Test]
    public void Fit_RightAndCorrected_AreRankedLast_WithTheMedianLogVariance_ForTheirTaskOnly()
    {
        var rows = Sample.Rows(60, seed: 2);
        rows[4].Number += 50;
        rows[9].Number -= 50;
        LabelReview[] reviews = [new("r5", "number", LabelVerdict.Right), new("r10", "number", LabelVerdict.Corrected)];

        var before = Ranked(rows, [], "number");
        var after = Ranked(rows, reviews, "number");
        var others = Ranked(rows, reviews, "class");

        Assert.That(before.Take(2), Is.EquivalentTo((string[])["r5", "r10"]));
        Assert.That(after.TakeLast(2), Is.EquivalentTo((string[])["r5", "r10"]));
        Assert.That(after, Has.Length.EqualTo(60));
        Assert.That(others.TakeLast(2), Is.Not.EquivalentTo((string[])["r5", "r10"]));
    }

    [Test]
    public void Fit_Wrong_TakesTheLabelAway_OfEveryKind()
    {
        var rows = Sample.Rows(60, seed: 2);
        string[] tasks = ["class", "flag", "number", "vector"];
        using var model = Pipelines.Fit(Ml, rows, Quick with { Reviews = [.. tasks.Select((task, k) => new LabelReview($"r{k + 1}", task, LabelVerdict.Wrong))] });
        var view = model.LastTransformer.NoiseScores;
        var found = Pipelines.Column<string>(view, "Task").Zip(Pipelines.Column<string>(view, "Id")).ToHashSet();

        for (var k = 0; k < tasks.Length; k++)
            for (var row = 1; row <= 60; row++)
                Assert.That(found.Contains((tasks[k], $"r{row}")), Is.EqualTo(row != k + 1), $"{tasks[k]}, r{row}");
    }

    [Test]
    public void Fit_WithoutIdColumn_PositionsNameTheRows_AndSoTheyDoAfterASplit()
    {
        var rows = Sample.Rows(60, seed: 2);
        rows[7].Number += 50;
        var options = Quick with { IdColumnName = null, Tasks = [Pipelines.NumberTask], ValidationFraction = 0.2, Reviews = [.. Enumerable.Range(1, 20).Select(i => new LabelReview($"{i}", "number", LabelVerdict.Right))] };
        using var model = Pipelines.Fit(Ml, rows, options);
        var ids = Pipelines.Column<string>(model.LastTransformer.NoiseScores, "Id").Select(int.Parse).ToArray();

        var known = ids.Count(id => id <= 20);
        Assert.That(ids, Has.Length.EqualTo(48));
        Assert.That(ids.TakeLast(known), Is.All.LessThanOrEqualTo(20));
    }

    [Test]
    public void Fit_NoReviews_IsRepeatable_AndNullIsRefused()
    {
        var rows = Sample.Rows(60, seed: 2);
        var first = Ranked(rows, [], "number");
        Assert.That(Ranked(rows, [], "number"), Is.EqualTo(first));
        Assert.That(() => Pipelines.Fit(Ml, rows, Quick with { Reviews = null! }), Throws.ArgumentNullException);
    }

    [TestCase("r1", "weight", LabelVerdict.Right, "'weight', which there is not")]
    [TestCase("", "number", LabelVerdict.Right, "names no row")]
    [TestCase("r1", "number", (LabelVerdict)7, "expected Right, Corrected or Wrong")]
    [TestCase("r99", "number", LabelVerdict.Wrong, "1 of 1 reviewed row(s) are not among the training rows, for example 'r99'")]
    [TestCase("r3", "number", LabelVerdict.Right, "row 'r3' has no label for task 'number'")]
    public void Fit_ReviewThatDoesNotFit_IsRefused(string id, string task, LabelVerdict verdict, string message)
    {
        var rows = Sample.Rows(30, seed: 2);
        rows[2].Number = float.NaN;
        Assert.That(() => Pipelines.Fit(Ml, rows, Quick with { Reviews = [new(id, task, verdict)] }), Throws.ArgumentException.With.Message.Contains(message));
    }

    [Test]
    public void Fit_ContradictingReviews_AreRefused() => Assert.That(
        () => Pipelines.Fit(Ml, Sample.Rows(30), Quick with { Reviews = [new("r1", "flag", LabelVerdict.Right), new("r1", "flag", LabelVerdict.Wrong)] }),
        Throws.ArgumentException.With.Message.Contains("contradict each other (Right and Wrong)"));

    [Test]
    public void Fit_Detector_GetsWhatIsKnown()
    {
        var detector = new Spy();
        using var model = Pipelines.Fit(Ml, Sample.Rows(30), Quick with { Detector = detector, Reviews = [new("r2", "flag", LabelVerdict.Right), new("r3", "flag", LabelVerdict.Wrong)] });

        Assert.That(detector.Input!.KnownRight![1], Is.EqualTo(Enumerable.Range(1, 30).Select(i => i == 2)));
        Assert.That(detector.Input.KnownRight[0], Is.All.False);
        Assert.That(detector.Input.Train.Labels[1].IsLabelled(2), Is.False);
    }

    private static string[] Ranked(List<Sample> rows, LabelReview[] reviews, string task)
    {
        using var model = Pipelines.Fit(Ml, rows, Quick with { Reviews = reviews });
        var view = model.LastTransformer.NoiseScores;
        return [.. Pipelines.Column<string>(view, "Task").Zip(Pipelines.Column<string>(view, "Id")).Where(entry => entry.First == task).Select(entry => entry.Second)];
    }

    private sealed class Spy : IDetector
    {
        public DetectorInput? Input { get; private set; }

        public string Name => "spy";

        public string Summary => "looks";

        public bool AppliesTo(Ilt.Torch.TaskDefinition task, Ilt.Torch.InputShape input) => true;

        public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
        {
            Input = input;
            return new DetectorResult { Scores = [.. input.Tasks.Select((_, k) => input.Finished!.NoiseScores(k))], Fits = 0 };
        }
    }
}
