namespace Ilt.Corruption;

[TestFixture]
public sealed class MaskCorruptionTests
{
    private const int Height = 12, Width = 10, Classes = 5;

    private static readonly MaskCorruptionKind[] Kinds = Enum.GetValues<MaskCorruptionKind>();

    [TestCaseSource(nameof(Kinds))]
    public void Corrupt_AnyKind_ChangesAsManyRowsAsAskedAndReportsThemExactly(MaskCorruptionKind kind)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var masks = Masks(40, seed);
            var before = Copy(masks);
            bool[] hasLabel = [.. Enumerable.Range(0, 40).Select(row => row % 5 != 0)]; // 32 of 40
            var changed = Run(new MaskCorruption { Kind = kind, Fraction = 0.4, Seed = seed }, masks, hasLabel);

            Assert.That(changed.Count(wrong => wrong), Is.EqualTo(13)); // 0.4 x 32 = 12.8
            for (var row = 0; row < masks.Length; row++)
            {
                Assert.That(changed[row], Is.EqualTo(!masks[row].SequenceEqual(before[row])), $"row {row}");
                Assert.That(changed[row] && !hasLabel[row], Is.False);
                Assert.That(masks[row].All(id => id < Classes || id == 255), Is.True);
            }
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Corrupt_SmallerFraction_ChangesTheSameRowsInTheSameWayAsALargerOne(MaskCorruptionKind kind)
    {
        var (few, many) = (Masks(40, 1), Masks(40, 1));
        var small = Run(new MaskCorruption { Kind = kind, Fraction = 0.2 }, few);
        var large = Run(new MaskCorruption { Kind = kind, Fraction = 0.6 }, many);

        Assert.That(small.Zip(large).Count(pair => pair is { First: true, Second: false }), Is.Zero);
        if (kind == MaskCorruptionKind.Swap)
            return; // the last of the few closes a smaller circle
        for (var row = 0; row < few.Length; row++)
            if (small[row])
                Assert.That(few[row], Is.EqualTo(many[row]));
    }

    [TestCaseSource(nameof(Kinds))]
    public void Corrupt_OtherSeed_GivesOtherMasks(MaskCorruptionKind kind)
    {
        byte[][] Result(int seed)
        {
            var masks = Masks(40, 1);
            Run(new MaskCorruption { Kind = kind, Fraction = 0.5, Seed = seed }, masks);
            return masks;
        }

        var first = Result(1);
        Assert.That(Result(1), Is.EqualTo(first));
        Assert.That(Result(2), Is.Not.EqualTo(first));
    }

    [Test]
    public void Corrupt_MaskThatCannotChange_GivesItsPlaceToAnotherRow()
    {
        var masks = Masks(20, 1);
        for (var row = 0; row < 10; row++)
            Array.Fill(masks[row], (byte)2); // one class: nothing to permute among those present
        var changed = Run(new MaskCorruption { Kind = MaskCorruptionKind.PermuteClasses, Fraction = 0.4 }, masks);

        Assert.That(changed[..10], Is.All.False);
        Assert.That(changed.Count(wrong => wrong), Is.EqualTo(8));
        Assert.That(Run(new MaskCorruption { Kind = MaskCorruptionKind.PermuteClasses, Fraction = 1, AmongAllClasses = true }, masks), Is.All.True);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void CorruptMask_PermuteClasses_RenamesEachClassToOneOther(bool amongAll)
    {
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.PermuteClasses, Fraction = 1, AmongAllClasses = amongAll };
        var namesSeen = new HashSet<byte>();
        for (var row = 0; row < 200; row++)
        {
            var mask = Masks(1, row)[0];
            mask = Array.ConvertAll(mask, id => id is 3 or 4 ? (byte)1 : id); // classes 0, 1, 2 are present
            var changed = recipe.CorruptMask(row, mask, Height, Width, Classes)!;
            var names = mask.Zip(changed).Distinct().ToDictionary(pair => pair.First, pair => pair.Second);
            namesSeen.UnionWith(names.Values);

            Assert.That(names.Values.Distinct().Count(), Is.EqualTo(names.Count), "a permutation");
            Assert.That(names[255], Is.EqualTo(255), "ignored pixels stay");
            Assert.That(names.Any(pair => pair.Key != pair.Value), Is.True);
        }

        Assert.That(namesSeen.Order(), Is.EqualTo(amongAll ? new byte[] { 0, 1, 2, 3, 4, 255 } : [0, 1, 2, 255]));
    }

    [Test]
    public void CorruptMask_PermuteThreeClasses_DrawsAllFivePermutationsThatChangeSomethingEquallyOften()
    {
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.PermuteClasses, Fraction = 1 };
        var counts = Enumerable.Range(0, 5000)
            .Select(row => string.Join("", recipe.CorruptMask(row, [0, 1, 2], 1, 3, 3)!))
            .GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());

        Assert.That(counts.Keys.Order(), Is.EqualTo(new[] { "021", "102", "120", "201", "210" }));
        Assert.That(counts.Values, Is.All.InRange(870, 1130)); // 1000 +- 4.6 standard deviations
    }

    [Test]
    public void CorruptMask_Swap_GivesTheOtherMaskAndRefusesAnEqualOne()
    {
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.Swap, Fraction = 1 };

        Assert.That(recipe.CorruptMask(0, [0, 1, 255], 1, 3, 2, [1, 1, 0]), Is.EqualTo(new byte[] { 1, 1, 0 }));
        Assert.That(recipe.CorruptMask(0, [0, 1, 255], 1, 3, 2, [255, 1, 0]), Is.Null, "only ignored pixels differ");
        Assert.That(() => recipe.CorruptMask(4, [0, 1, 255], 1, 3, 2), Throws.ArgumentException.With.Message.Contains("Row 5"));
    }

    [Test]
    public void Corrupt_SwapOfAll_ExchangesWholeMasks()
    {
        var masks = Masks(15, 3);
        var before = Copy(masks);
        Run(new MaskCorruption { Kind = MaskCorruptionKind.Swap, Fraction = 1 }, masks);

        Assert.That(masks.Select(Convert.ToHexString).Order(), Is.EqualTo(before.Select(Convert.ToHexString).Order()));
    }

    [Test]
    public void CorruptMask_Shift_MovesTheMaskAroundByTheStatedShares()
    {
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.Shift, Fraction = 1, MaximumShift = 0.3 };
        var ways = new HashSet<(int, int)>();
        for (var row = 0; row < 300; row++)
        {
            var mask = new byte[20 * 30];
            mask[(4 * 30) + 7] = 1;
            var changed = recipe.CorruptMask(row, mask, 20, 30, 2)!;
            var at = Array.IndexOf(changed, (byte)1);
            Assert.That(changed.Count(id => id == 1), Is.EqualTo(1));
            ways.Add((Signed((at / 30) - 4, 20), Signed((at % 30) - 7, 30)));
        }

        // 30 % of 20 rows is 6, of 30 columns 9; half of it is 3 and 4.5.
        Assert.That(ways.Select(way => Math.Abs(way.Item1)).Distinct().Order(), Is.EqualTo(new[] { 3, 4, 5, 6 }));
        Assert.That(ways.Select(way => Math.Abs(way.Item2)).Distinct().Order(), Is.SubsetOf(new[] { 4, 5, 6, 7, 8, 9 }));
        Assert.That(ways.Select(way => (Math.Sign(way.Item1), Math.Sign(way.Item2))).Distinct().Count(), Is.EqualTo(4));

        static int Signed(int way, int side) => way > side / 2 ? way - side : way < -side / 2 ? way + side : way;
    }

    [Test]
    public void CorruptMask_DropRegion_GivesOneRegionTheClassAroundIt()
    {
        // A block of 2 inside 0 touching 1 at one side; a block of 1; ignored pixels at the edge.
        byte[] mask = Rows(
            "0000011",
            "0220011",
            "0221111",
            "0000011",
            "00000x1");
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.DropRegion, Fraction = 1 };
        var results = Enumerable.Range(0, 60).Select(row => recipe.CorruptMask(row, mask, 5, 7, 3)!).DistinctBy(Convert.ToHexString).ToArray();

        // Region 0 has 20 of 34 pixels, above the largest share of 0.5; so block 2 or block 1 disappears, both into 0.
        Assert.That(results.Select(Convert.ToHexString), Is.EquivalentTo(new[]
        {
            Convert.ToHexString(Rows("0000011", "0000011", "0001111", "0000011", "00000x1")),
            Convert.ToHexString(Rows("0000000", "0220000", "0220000", "0000000", "00000x0")),
        }));
    }

    [Test]
    public void CorruptMask_DropRegionOfSmallOnes_TakesTheLargest()
    {
        var mask = new byte[100];
        (mask[11], mask[12], mask[55]) = (1, 1, 1);
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.DropRegion, Fraction = 1, MinimumRegion = 0.1 };

        var changed = recipe.CorruptMask(3, mask, 10, 10, 2)!;
        Assert.That((changed[11], changed[12], changed[55]), Is.EqualTo(((byte)0, (byte)0, (byte)1)));
    }

    [TestCase(false, new[] { 0, 1 })]
    [TestCase(true, new[] { 0, 1, 3 })]
    public void CorruptMask_RenameRegion_GivesOneRegionAnotherClass(bool amongAll, int[] names)
    {
        byte[] mask = Rows("0001", "0221", "0000", "000x");
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.RenameRegion, Fraction = 1, AmongAllClasses = amongAll, MinimumRegion = 0.05, MaximumRegion = 0.14 };
        var seen = new HashSet<int>();
        for (var row = 0; row < 100; row++)
        {
            var changed = recipe.CorruptMask(row, mask, 4, 4, 4)!;
            var wrong = recipe.ChangedPixels(mask, changed);
            Assert.That(wrong.Count(value => value), Is.EqualTo(2), "block 1 or block 2");
            if (wrong[5])
                seen.Add(changed[5]);
        }

        Assert.That(seen.Order(), Is.EqualTo(names));
    }

    [Test]
    public void ChangedPixels_IgnoredBeforeOrAfter_DoesNotCount()
    {
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.Shift, Fraction = 1 };

        Assert.That(recipe.ChangedPixels([0, 1, 255, 2], [0, 2, 1, 255]), Is.EqualTo(new[] { false, true, false, false }));
        Assert.That(() => recipe.ChangedPixels([0], [0, 1]), Throws.ArgumentException);
    }

    [Test]
    public void CorruptMask_ClassOutOfRange_NamesRowAndPixel()
    {
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.Shift, Fraction = 1 };

        Assert.That(() => recipe.CorruptMask(6, [0, 0, 0, 9], 2, 2, 3),
            Throws.ArgumentException.With.Message.Contains("Row 7").And.Message.Contains("class 9").And.Message.Contains("(row 1, column 1)"));
        Assert.That(() => recipe.CorruptMask(6, [0, 0, 0], 2, 2, 3), Throws.ArgumentException.With.Message.Contains("2 x 2"));
        Assert.That(() => recipe.CorruptMask(6, [0, 0, 0, 0], 2, 2, 1), Throws.InstanceOf<ArgumentException>().With.Message.Contains("2 to 256"));
    }

    [Test]
    public void Validate_ValueOutOfRange_NamesIt()
    {
        var recipe = new MaskCorruption { Kind = MaskCorruptionKind.Shift, Fraction = 0.5 };

        Assert.That((recipe with { Fraction = 1.5 }).Validate, Throws.ArgumentException.With.Message.Contains("1.5"));
        Assert.That((recipe with { Kind = (MaskCorruptionKind)99 }).Validate, Throws.ArgumentException.With.Message.Contains("PermuteClasses"));
        Assert.That((recipe with { IgnoreValue = 300 }).Validate, Throws.ArgumentException.With.Message.Contains("IgnoreValue"));
        Assert.That((recipe with { MaximumShift = 0 }).Validate, Throws.ArgumentException.With.Message.Contains("MaximumShift"));
        Assert.That((recipe with { MinimumRegion = 0.7 }).Validate, Throws.ArgumentException.With.Message.Contains("MinimumRegion"));
    }

    private static bool[] Run(MaskCorruption recipe, byte[][] masks, bool[]? hasLabel = null) => recipe.Corrupt(
        hasLabel ?? [.. masks.Select(_ => true)], Height, Width, Classes, row => masks[row], (row, before, after) =>
        {
            Assert.That(before, Is.EqualTo(masks[row]), "the mask before is handed over");
            masks[row] = after;
        });

    /// <summary>Masks of blocks of all classes, with a few ignored pixels.</summary>
    private static byte[][] Masks(int count, int seed) => [.. Enumerable.Range(0, count).Select(row =>
    {
        var random = new Random((seed * 1000) + row);
        var blocks = Enumerable.Range(0, 30).Select(block => (byte)(block < Classes ? block : random.Next(Classes))).ToArray();
        random.Shuffle(blocks);
        var mask = new byte[Height * Width];
        for (var pixel = 0; pixel < mask.Length; pixel++)
            mask[pixel] = pixel % 37 == 5 ? (byte)255 : blocks[(pixel / Width / 2 * 5) + (pixel % Width / 2)];
        return mask;
    })];

    private static byte[][] Copy(byte[][] masks) => [.. masks.Select(mask => (byte[])mask.Clone())];

    private static byte[] Rows(params string[] rows) => [.. string.Concat(rows).Select(sign => sign == 'x' ? (byte)255 : (byte)(sign - '0'))];
}
