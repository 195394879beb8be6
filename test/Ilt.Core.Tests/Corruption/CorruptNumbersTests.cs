namespace Ilt.Corruption;

[TestFixture]
public sealed class CorruptNumbersTests
{
    private static readonly LabelCorruptionKind[] Kinds =
        [LabelCorruptionKind.UniformNoise, LabelCorruptionKind.GaussianNoise, LabelCorruptionKind.Swap];

    [TestCaseSource(nameof(Kinds))]
    public void CorruptNumbers_Vectors_MaskIsTrueExactlyWhereARowDiffers(LabelCorruptionKind kind)
    {
        const int dimensions = 3;
        var before = Values(120 * dimensions, seed: 2);
        before[4 * dimensions] = float.NaN; // row 4 has no label
        var after = (float[])before.Clone();
        var mask = new LabelCorruption { Kind = kind, Fraction = 0.5 }.CorruptNumbers(after, dimensions);

        for (var row = 0; row < mask.Length; row++)
            Assert.That(mask[row], Is.EqualTo(!before.AsSpan(row * dimensions, dimensions).SequenceEqual(after.AsSpan(row * dimensions, dimensions))), $"row {row}");
        Assert.That(mask[4], Is.False);
        Assert.That(mask.Count(value => value), Is.EqualTo(60)); // round(0.5 * 119)
    }

    [Test]
    public void CorruptNumbers_UniformNoiseWithRange_StaysInside()
    {
        var values = new float[5000];
        new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = 1, Low = 0, High = 0.2 }.CorruptNumbers(values, 1);

        Assert.That(values, Is.All.InRange(0f, 0.2f));
        Assert.That(values.Average(), Is.EqualTo(0.1).Within(0.004));
    }

    [Test]
    public void CorruptNumbers_UniformNoiseByDefault_SpansTwoDeviationsOfEachComponent()
    {
        // Components 0 / 2 and 0 / 20: standard deviations 1 and 10.
        float[] before = [.. Enumerable.Range(0, 4000).SelectMany(row => new[] { row % 2 * 2f, row % 2 * 20f })];
        var after = (float[])before.Clone();
        new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = 1 }.CorruptNumbers(after, 2);

        foreach (var (component, deviation) in new[] { (0, 1f), (1, 10f) })
        {
            float[] noise = [.. before.Zip(after, (old, now) => now - old).Where((_, at) => at % 2 == component)];
            Assert.That(noise.Max(), Is.InRange(1.98f * deviation, 2f * deviation));
            Assert.That(noise.Min(), Is.InRange(-2f * deviation, -1.98f * deviation));
        }
    }

    [TestCase(double.NaN, 1)]
    [TestCase(0.3, 0.3)]
    public void CorruptNumbers_GaussianNoise_HasTheDeviation(double given, double expected)
    {
        float[] before = [.. Enumerable.Range(0, 20_000).Select(row => row % 2 * 2f)];
        var after = (float[])before.Clone();
        new LabelCorruption { Kind = LabelCorruptionKind.GaussianNoise, Fraction = 1, StandardDeviation = given }.CorruptNumbers(after, 1);
        double[] noise = [.. before.Zip(after, (old, now) => (double)now - old)];

        Assert.That(noise.Average(), Is.EqualTo(0).Within(0.03 * expected));
        Assert.That(Math.Sqrt(noise.Average(value => value * value)), Is.EqualTo(expected).Within(2).Percent);
        Assert.That(noise.Count(value => Math.Abs(value) < expected), Is.EqualTo(13_654).Within(270)); // 68.27 % within one deviation
    }

    [TestCaseSource(nameof(Kinds))]
    public void CorruptNumbers_Counts_StayWholeAndAtLeastZero(LabelCorruptionKind kind)
    {
        float[] before = [.. Enumerable.Range(0, 400).Select(row => row == 7 ? float.NaN : row % 5)];
        var after = (float[])before.Clone();
        var mask = new LabelCorruption { Kind = kind, Fraction = 0.5, Counts = true }.CorruptNumbers(after, 1);

        Assert.That(after.Where(value => !float.IsNaN(value)), Has.All.Matches<float>(value => value >= 0 && float.IsInteger(value)));
        Assert.That(mask, Is.EqualTo(before.Zip(after, (old, now) => !old.Equals(now))), "a count that rounding gives back is not wrong");
        Assert.That(mask.Count(value => value), Is.InRange(100, 200));
        Assert.That(after, Has.Some.Zero);
    }

    [Test]
    public void CorruptNumbers_Swap_MovesWholeVectors()
    {
        var before = Values(60, seed: 9);
        var after = (float[])before.Clone();
        new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = 1 }.CorruptNumbers(after, 3);

        static IEnumerable<(float, float, float)> Vectors(float[] values) => values.Chunk(3).Select(row => (row[0], row[1], row[2]));
        Assert.That(Vectors(after), Is.EquivalentTo(Vectors(before)));
    }

    [Test]
    public void CorruptNumbers_SwapWithRepeatedValues_LetsNobodyKeepItsValue()
    {
        float[] before = [.. Enumerable.Range(0, 90).Select(row => (float)(row % 3))];
        var after = (float[])before.Clone();
        var mask = new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = 1 }.CorruptNumbers(after, 1);

        Assert.That(mask, Is.All.True);
    }

    [Test]
    public void CorruptNumbers_ConstantColumnWithoutRange_IsRefusedWithAdvice() =>
        Assert.That(() => new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = 0.5 }.CorruptNumbers([3f, 3f], 1),
            Throws.ArgumentException.With.Message.StartsWith("All labels of the column are equal,").And.Message.Contains("Give the range"));

    [Test]
    public void CorruptNumbers_NoiseTooSmallToChangeAnything_IsNotMasked()
    {
        float[] values = [1e9f, 2e9f];
        var mask = new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = 1, Low = -1e-3, High = 1e-3 }.CorruptNumbers(values, 1);

        Assert.That(mask, Is.All.False);
    }

    [Test]
    public void CorruptNumbers_InfiniteLabel_NamesTheRow() =>
        Assert.That(() => new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = 0 }.CorruptNumbers([0f, float.PositiveInfinity], 1),
            Throws.ArgumentException.With.Message.StartsWith("Row 2 has an infinite label;"));

    [Test]
    public void CorruptNumbers_KindForClasses_IsRefused() =>
        Assert.That(() => new LabelCorruption { Kind = LabelCorruptionKind.PairFlip, Fraction = 0.1 }.CorruptNumbers(new float[3], 1),
            Throws.ArgumentException.With.Message.EqualTo("The corruption PairFlip does not fit numbers; expected one of UniformNoise, GaussianNoise, Swap."));

    [TestCase(1, double.NaN)]
    [TestCase(1, 1)]
    [TestCase(2, 1)]
    public void CorruptNumbers_BadRange_IsRefused(double low, double high) =>
        Assert.That(() => new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = 0.5, Low = low, High = high }.CorruptNumbers([1f, 2f], 1),
            Throws.ArgumentException.With.Message.Contains("noise range"));

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return Array.ConvertAll(new float[count], _ => (float)random.NextDouble());
    }
}
