namespace Ilt.Corruption;

[TestFixture]
public sealed class MapCorruptionTests
{
    private const int Pixels = 400;

    private static readonly MapCorruptionKind[] Kinds = Enum.GetValues<MapCorruptionKind>();

    [TestCaseSource(nameof(Kinds))]
    public void Corrupt_AnyKind_ChangesAsManyRowsAsAskedAndReportsThemExactly(MapCorruptionKind kind)
    {
        var maps = Maps(30);
        var before = Maps(30);
        bool[] hasLabel = [.. Enumerable.Range(0, 30).Select(row => row % 3 != 0)]; // 20
        var changed = Run(new MapCorruption { Kind = kind, Fraction = 0.4 }, maps, hasLabel);

        Assert.That(changed.Count(wrong => wrong), Is.EqualTo(8));
        for (var row = 0; row < maps.Length; row++)
        {
            Assert.That(changed[row], Is.EqualTo(!Same(maps[row], before[row])));
            Assert.That(changed[row] && !hasLabel[row], Is.False);
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Corrupt_SmallerFraction_ChangesAmongTheRowsOfALargerOne(MapCorruptionKind kind)
    {
        var small = Run(new MapCorruption { Kind = kind, Fraction = 0.2 }, Maps(30));
        var large = Run(new MapCorruption { Kind = kind, Fraction = 0.5 }, Maps(30));

        Assert.That(small.Zip(large).Count(pair => pair is { First: true, Second: false }), Is.Zero);
    }

    [TestCase(double.NaN, double.NaN, 0, 0.2)]
    [TestCase(-3, 1, -3, 1)]
    public void CorruptMap_UniformNoise_AddsUniformNumbersPerPixelAndKeepsMissingOnes(double low, double high, double from, double to)
    {
        var map = Maps(1)[0];
        var changed = new MapCorruption { Kind = MapCorruptionKind.UniformNoise, Fraction = 1, Low = low, High = high }.CorruptMap(0, map)!;
        var noise = changed.Zip(map, (after, old) => after - old).Where(value => !float.IsNaN(value)).Select(value => (double)value).ToArray();

        Assert.That(changed.Select(float.IsNaN), Is.EqualTo(map.Select(float.IsNaN)));
        Assert.That(noise, Is.All.InRange(from - 1e-5, to + 1e-5));
        Assert.That(noise.Average(), Is.EqualTo((from + to) / 2).Within((to - from) * 0.07)); // 4.7 standard errors of 380 pixels
        Assert.That(noise.Min(), Is.LessThan(from + ((to - from) * 0.05)));
        Assert.That(noise.Max(), Is.GreaterThan(to - ((to - from) * 0.05)));
    }

    [Test]
    public void CorruptMap_PerImage_AddsOneNumberToAllPixelsAndAnotherToTheNextRow()
    {
        var map = new float[Pixels];
        var recipe = new MapCorruption { Kind = MapCorruptionKind.UniformNoise, Fraction = 1, PerImage = true };
        var (first, second) = (recipe.CorruptMap(0, map)!, recipe.CorruptMap(1, map)!);

        Assert.That(first.Distinct().Count(), Is.EqualTo(1));
        Assert.That(second.Distinct().Count(), Is.EqualTo(1));
        Assert.That(first[0], Is.Not.EqualTo(second[0]));
    }

    [Test]
    public void Corrupt_UniformValuesWithoutRange_DrawsFromTheRangeOfAllMaps()
    {
        var maps = Maps(30);
        maps[3][1] = -7;
        maps[4][2] = 5;
        Run(new MapCorruption { Kind = MapCorruptionKind.UniformValues, Fraction = 1 }, maps);
        var values = maps.SelectMany(map => map).Where(value => !float.IsNaN(value)).ToArray();

        Assert.That(values, Is.All.InRange(-7, 5));
        Assert.That(values.Average(), Is.EqualTo(-1).Within(0.2));
        Assert.That(values.Min(), Is.LessThan(-6.9));
        Assert.That(values.Max(), Is.GreaterThan(4.9));
    }

    [Test]
    public void Corrupt_UniformValuesOfConstantMaps_AsksForTheRange()
    {
        float[][] maps = [[2, 2], [2, 2]];

        Assert.That(() => Run(new MapCorruption { Kind = MapCorruptionKind.UniformValues, Fraction = 1 }, maps),
            Throws.ArgumentException.With.Message.Contains("Low").And.Message.Contains("2"));
    }

    [Test]
    public void Corrupt_MapWithoutValues_GivesItsPlaceToAnotherRow()
    {
        var maps = Maps(10);
        for (var row = 0; row < 5; row++)
            Array.Fill(maps[row], float.NaN);
        var changed = Run(new MapCorruption { Kind = MapCorruptionKind.UniformNoise, Fraction = 0.5 }, maps);

        Assert.That(changed, Is.EqualTo(Enumerable.Range(0, 10).Select(row => row >= 5)));
    }

    [Test]
    public void Corrupt_SwapOfAll_ExchangesWholeMaps()
    {
        var maps = Maps(12);
        Run(new MapCorruption { Kind = MapCorruptionKind.Swap, Fraction = 1 }, maps);

        Assert.That(maps.Select(map => map[1]).Order(), Is.EqualTo(Maps(12).Select(map => map[1]).Order()));
    }

    [Test]
    public void ChangedPixels_MissingBeforeOrAfter_DoesNotCount()
    {
        var recipe = new MapCorruption { Kind = MapCorruptionKind.Swap, Fraction = 1 };

        Assert.That(recipe.ChangedPixels([1, 2, float.NaN, 3], [1, 4, 1, float.NaN]), Is.EqualTo(new[] { false, true, false, false }));
        Assert.That(recipe.CorruptMap(0, [1, float.NaN], [1, 5]), Is.Null);
    }

    [Test]
    public void CorruptMap_BadInput_NamesIt()
    {
        var noise = new MapCorruption { Kind = MapCorruptionKind.UniformNoise, Fraction = 0.5 };

        Assert.That(() => noise.CorruptMap(2, [0, float.PositiveInfinity]), Throws.ArgumentException.With.Message.Contains("Row 3").And.Message.Contains("pixel 1"));
        Assert.That(() => (noise with { Kind = MapCorruptionKind.Swap }).CorruptMap(2, [0, 1], [1]), Throws.ArgumentException.With.Message.Contains("Row 3"));
        Assert.That(() => (noise with { Kind = MapCorruptionKind.UniformValues }).CorruptMap(2, [0, 1]), Throws.ArgumentException.With.Message.Contains("Low"));
        Assert.That((noise with { Low = 1 }).Validate, Throws.ArgumentException.With.Message.Contains("both ends"));
        Assert.That((noise with { Low = 1, High = 0.5 }).Validate, Throws.ArgumentException.With.Message.Contains("0.5"));
        Assert.That((noise with { Fraction = double.NaN }).Validate, Throws.ArgumentException.With.Message.Contains("fraction"));
    }

    private static bool[] Run(MapCorruption recipe, float[][] maps, bool[]? hasLabel = null) =>
        recipe.Corrupt(hasLabel ?? [.. maps.Select(_ => true)], row => maps[row], (row, _, after) => maps[row] = after);

    private static bool Same(float[] a, float[] b) => a.Zip(b).All(pair => pair.First.Equals(pair.Second));

    /// <summary>Maps of different ramps; every 20th value is missing.</summary>
    private static float[][] Maps(int count) => [.. Enumerable.Range(0, count).Select(row =>
        Enumerable.Range(0, Pixels).Select(pixel => pixel % 20 == 0 ? float.NaN : (row + (pixel / (float)Pixels)) / 30).ToArray())];
}
