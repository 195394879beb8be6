using Ilt.Torch;

namespace Ilt.Detectors.Tests;

/// <summary>Rows that a person has found right count in full when companions are fitted again.</summary>
public class KnownRightTests
{
    [TestCase(true), TestCase(false)]
    public void Weights_KnownRight_AreOne_WhateverTheLoss(bool isClasses)
    {
        var weights = Companions.Weights([9f, 9f, 0.1f, float.NaN], isClasses, [true, false, false, true]);

        Assert.That((weights[0], weights[3]), Is.EqualTo((1f, 0f)));
        Assert.That(weights[1], Is.LessThan(1));
        Assert.That(weights[1..], Is.EqualTo(Companions.Weights([9f, 9f, 0.1f, float.NaN], isClasses)[1..]));
    }

    [Test]
    public void Combined_KnownRight_ReachesTheCompanions()
    {
        var table = NoisyTable.Make(80, 2, missing: false);
        var input = table.Input(NoisyTable.Quick with { Epochs = 2 }) with { Wanted = [0] };
        var known = input with { Train = new TableData(table.Data.Features, 3, table.Data.Labels) { KnownRight = [table.Wrong[0], null] } };

        Assert.That(new DetectorInput(input.Tasks, known.Train, input.Options).KnownRight![0], Is.SameAs(table.Wrong[0]), "filled from the data");
        // Wrong labels that are said to be right pull at the models more.
        var (before, after) = (new Combined().Detect(input), new Combined().Detect(known with { KnownRight = known.Train.KnownRight }));
        double Mean(DetectorResult of) => Enumerable.Range(0, 80).Where(row => table.Wrong[0][row]).Average(row => of.Scores[0]![row]);
        Assert.That(Mean(after), Is.LessThan(Mean(before) - 0.05));
    }
}
