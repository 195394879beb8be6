using Ilt.Support;

namespace Ilt.Weighting;

/// <summary>Rows whose label a person has found right: nothing is learned of them that could turn them down.</summary>
[TestFixture]
public sealed class KnownRightTests
{
    private const int Rows = 6;

    private static readonly bool[] Known = [true, false, false, false, false, false];
    private static readonly WeightingTask[] TaskList = [new("class", 1, 2) { KnownRight = Known }, new("number", 0.5, 0.5)];

    [TestCase(0.0), TestCase(1.0)]
    public void InstanceLevel_KnownRight_HasTheMedianOfTheOthers_WhateverItsLoss(double pull)
    {
        var weighting = Make(pull);
        Epochs(weighting, 12);

        float[] others = [.. Enumerable.Range(1, Rows - 1).Select(row => weighting.Parameters[row, 0])];
        Assert.That(weighting.Parameters[0, 0], Is.EqualTo(others.Order().ElementAt(2)));
        Assert.That(weighting.Parameters[0, 1], Is.GreaterThan(1.5), "for the other task nobody has looked at it: a loss of 30 is learned");
        Assert.That(weighting.Parameters.SteppedValues(0), Has.Length.EqualTo(Rows - 1));
        var (weights, losses) = (new float[2 * Rows], Batch());
        weighting.Weigh(new LossBatch(Losses.Rows(Rows), 2, losses), weights);
        Assert.That(weights[0], Is.EqualTo(MathF.Exp(-weighting.Parameters[0, 0]) / Rows).Within(1e-6));
    }

    [Test]
    public void InstanceLevel_OnlyKnownRightRows_StayAtTheStart()
    {
        var weighting = new InstanceLevelWeighting(2, [new("class", 1, 2) { KnownRight = new[] { true, true } }], 5, new() { WarmupEpochs = 0 });
        for (var epoch = 0; epoch < 3; epoch++)
        {
            weighting.BeginEpoch(epoch);
            weighting.Learn(new LossBatch([0, 1], 1, [3f, 0.1f]));
            weighting.EndEpoch([1.5]);
        }

        Assert.That((weighting.Parameters[0, 0], weighting.Parameters[1, 0]), Is.EqualTo((0f, 0f)));
    }

    [Test]
    public void InstanceLevel_NoRowKnownRight_IsBitEqualToNothingSaid()
    {
        var (said, unsaid) = (Make(1, new bool[Rows]), Make(1, []));
        Epochs(said, 7);
        Epochs(unsaid, 7);

        for (var row = 0; row < Rows; row++)
            for (var task = 0; task < 2; task++)
                Assert.That(said.Parameters[row, task], Is.EqualTo(unsaid.Parameters[row, task]));
    }

    [Test]
    public void InstanceLevel_SavedAndRestored_KnowsWhatTheRowsAreHeldAt()
    {
        var (first, second) = (Make(1), Make(1));
        Epochs(first, 5);
        using var stream = new MemoryStream();
        first.Save(new BinaryWriter(stream));
        stream.Position = 0;
        second.Restore(new BinaryReader(stream));

        Assert.That(first.Parameters[0, 0], Is.Not.Zero);
        Assert.That(second.Parameters[0, 0], Is.EqualTo(first.Parameters[0, 0]));
    }

    [Test]
    public void DataParameters_KnownRight_KeepsItsOwnTemperature()
    {
        WeightingTask[] tasks = [new("number", 0.5, 0.5) { KnownRight = Known }, new("class", 1, 1) { HasLogits = true, ClassCount = 2, Classes = new int[Rows], KnownRight = Known }];
        var weighting = new DataParameterWeighting(Rows, tasks);
        var losses = Array.ConvertAll(new float[2 * Rows], _ => 9f);
        for (var visit = 0; visit < 3; visit++)
        {
            weighting.Learn(new LossBatch(Losses.Rows(Rows), 2, losses));
            weighting.LearnTemperatures(new LossBatch(Losses.Rows(Rows), 2, losses), Array.ConvertAll(losses, _ => -1f));
        }

        Assert.That((weighting.Parameters[0, 0], weighting.Parameters[0, 1]), Is.EqualTo((0f, 0f)));
        Assert.That((weighting.Parameters[1, 0], weighting.Parameters[1, 1]), Is.GreaterThan((0f, 0f)));
        Assert.That(weighting.ClassTemperature(1, 0), Is.Not.EqualTo(0.5), "that of the class moves on");
    }

    [Test]
    public void Create_KnownRightOfOtherRows_IsRefused() => Assert.That(
        () => new InstanceLevelWeighting(Rows + 1, TaskList, 5, new()), Throws.ArgumentException.With.Message.Contains("'class' says of 6 rows").And.Message.Contains("there are 7"));

    private static InstanceLevelWeighting Make(double pull, bool[]? known = null) => new(
        Rows, [TaskList[0] with { KnownRight = known ?? Known }, TaskList[1]], 20, new() { WarmupEpochs = 1, MedianPull = pull });

    private static float[] Batch() => [.. Enumerable.Range(0, 2 * Rows).Select(at => at < 2 ? 30f : 0.2f * at)];

    private static void Epochs(InstanceLevelWeighting weighting, int count)
    {
        for (var epoch = 0; epoch < count; epoch++)
        {
            weighting.BeginEpoch(epoch);
            weighting.Learn(new LossBatch(Losses.Rows(Rows), 2, Batch()));
            weighting.EndEpoch([1, 1]);
        }
    }
}
