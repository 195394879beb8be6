namespace Ilt.Corruption;

[TestFixture]
public sealed class CorruptClassesTests
{
    private const int Classes = 4;

    private static readonly LabelCorruptionKind[] Kinds =
        [LabelCorruptionKind.UniformFlip, LabelCorruptionKind.PairFlip, LabelCorruptionKind.PermuteClasses, LabelCorruptionKind.Swap];

    [TestCaseSource(nameof(Kinds))]
    public void CorruptClasses_AnyKind_MaskIsTrueExactlyWhereLabelsDiffer(LabelCorruptionKind kind)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var before = Labels(200, seed);
            var after = (int[])before.Clone();
            var mask = new LabelCorruption { Kind = kind, Fraction = 0.4, Seed = seed }.CorruptClasses(after, Classes);

            Assert.That(mask, Is.EqualTo(before.Zip(after, (old, now) => old != now)));
            Assert.That(after, Is.All.InRange(-1, Classes - 1));
            Assert.That(before.Zip(after).Where(pair => pair.First == -1).Select(pair => pair.Second), Is.All.EqualTo(-1), "missing labels stay missing");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void CorruptClasses_AnyKind_ChangesTheFractionOfLabelledRows(LabelCorruptionKind kind)
    {
        var labels = Labels(200, seed: 3);
        var labelled = labels.Count(label => label >= 0);
        var mask = new LabelCorruption { Kind = kind, Fraction = 0.4 }.CorruptClasses(labels, Classes);

        Assert.That(mask.Count(changed => changed), Is.EqualTo((int)Math.Round(0.4 * labelled, MidpointRounding.AwayFromZero)));
    }

    [TestCaseSource(nameof(Kinds))]
    public void CorruptClasses_SameSeed_GivesTheSameLabelsAndAnotherSeedOthers(LabelCorruptionKind kind)
    {
        int[] Corrupted(int seed)
        {
            var labels = Labels(100, seed: 1);
            new LabelCorruption { Kind = kind, Fraction = 0.5, Seed = seed }.CorruptClasses(labels, Classes);
            return labels;
        }

        var first = Corrupted(1);
        Assert.That(Corrupted(1), Is.EqualTo(first));
        Assert.That(Corrupted(2), Is.Not.EqualTo(first));
    }

    [Test]
    public void CorruptClasses_SmallerFraction_ChoosesAmongTheRowsOfALargerOne()
    {
        bool[] Mask(double fraction) => new LabelCorruption { Kind = LabelCorruptionKind.PairFlip, Fraction = fraction }.CorruptClasses(Labels(100, 1), Classes);
        var (small, large) = (Mask(0.1), Mask(0.3));

        Assert.That(small.Zip(large).Count(pair => pair is { First: true, Second: false }), Is.Zero);
    }

    [Test]
    public void CorruptClasses_UniformFlip_ReachesEveryOtherClassAboutEquallyOften()
    {
        var labels = new int[30_000];
        new LabelCorruption { Kind = LabelCorruptionKind.UniformFlip, Fraction = 1 }.CorruptClasses(labels, Classes);

        for (var label = 1; label < Classes; label++)
            Assert.That(labels.Count(found => found == label), Is.EqualTo(10_000).Within(300)); // 3.7 standard deviations
    }

    [Test]
    public void CorruptClasses_PairFlip_MovesToTheNextClass()
    {
        int[] labels = [0, 1, 2, 3, -1];
        new LabelCorruption { Kind = LabelCorruptionKind.PairFlip, Fraction = 1 }.CorruptClasses(labels, Classes);

        Assert.That(labels, Is.EqualTo(new[] { 1, 2, 3, 0, -1 }));
    }

    [Test]
    public void CorruptClasses_PermuteClasses_RenamesEveryClassToAnother()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            int[] labels = [0, 1, 2, 3, 0, 1, 2, 3];
            new LabelCorruption { Kind = LabelCorruptionKind.PermuteClasses, Fraction = 1, Seed = seed }.CorruptClasses(labels, Classes);

            var names = labels[..4];
            var again = labels[4..];
            Assert.That(names, Is.EquivalentTo(new[] { 0, 1, 2, 3 }), "a permutation");
            Assert.That(again, Is.EqualTo(names), "one for all rows");
            Assert.That(names.Where((now, old) => now == old), Is.Empty, "no class keeps its name");
        }
    }

    [Test]
    public void CorruptClasses_Swap_KeepsTheCountsOfTheClasses()
    {
        var before = Labels(300, seed: 5);
        var after = (int[])before.Clone();
        new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = 0.5 }.CorruptClasses(after, Classes);

        Assert.That(after, Is.EquivalentTo(before));
    }

    [TestCase(50, 50, 100)] // balanced: everybody can get another label
    [TestCase(90, 10, 20)] // each of the ten others can mend one of the majority
    [TestCase(100, 0, 0)] // nothing to exchange
    public void CorruptClasses_SwapOfTwoClasses_ChangesAsManyAsPossible(int first, int second, int changed)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            int[] labels = [.. Enumerable.Repeat(0, first), .. Enumerable.Repeat(1, second)];
            var mask = new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = 1, Seed = seed }.CorruptClasses(labels, 2);
            Assert.That(mask.Count(value => value), Is.EqualTo(changed));
        }
    }

    [TestCase(0.0, 0)]
    [TestCase(0.25, 3)] // 2.5 rows: halves up
    [TestCase(1.0, 10)]
    public void CorruptClasses_TenRows_RoundsTheFraction(double fraction, int expected)
    {
        var mask = new LabelCorruption { Kind = LabelCorruptionKind.UniformFlip, Fraction = fraction }.CorruptClasses(new int[10], 2);
        Assert.That(mask.Count(value => value), Is.EqualTo(expected));
    }

    [Test]
    public void CorruptClasses_FixedSeed_NeverChangesBetweenVersions()
    {
        // Computed by a few lines of Python from the documented rules (SplitMix64, partial Fisher-Yates): old reports stay repeatable.
        int[] labels = [0, 1, 2, 3, 0, 1, 2, 3];
        new LabelCorruption { Kind = LabelCorruptionKind.UniformFlip, Fraction = 0.5, Seed = 1 }.CorruptClasses(labels, Classes);

        Assert.That(labels, Is.EqualTo(new[] { 3, 2, 3, 0, 0, 1, 2, 3 }));
    }

    [Test]
    public void CorruptClasses_KindForNumbers_IsRefusedWithTheFittingOnes() =>
        Assert.That(() => new LabelCorruption { Kind = LabelCorruptionKind.GaussianNoise, Fraction = 0.1 }.CorruptClasses(new int[3], 2),
            Throws.ArgumentException.With.Message.EqualTo("The corruption GaussianNoise does not fit class labels; expected one of UniformFlip, PairFlip, PermuteClasses, Swap."));

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void CorruptClasses_FractionOutOfRange_IsRefused(double fraction) =>
        Assert.That(() => new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = fraction }.CorruptClasses(new int[3], 2),
            Throws.ArgumentException.With.Message.StartsWith("The fraction to corrupt must be between 0 and 1; found"));

    [Test]
    public void CorruptClasses_LabelOutOfRange_NamesTheRow() =>
        Assert.That(() => new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = 0 }.CorruptClasses([0, 2], 2),
            Throws.ArgumentException.With.Message.StartsWith("Row 2 has class 2; expected -1 (no label) or 0 to 1."));

    [Test]
    public void CorruptClasses_OneClass_IsRefused() =>
        Assert.That(() => new LabelCorruption { Kind = LabelCorruptionKind.PairFlip, Fraction = 0.5 }.CorruptClasses([0, 0], 1), Throws.ArgumentException);

    private static int[] Labels(int count, int seed)
    {
        var random = new Random(seed);
        return Array.ConvertAll(new int[count], _ => random.Next(-1, Classes));
    }
}
