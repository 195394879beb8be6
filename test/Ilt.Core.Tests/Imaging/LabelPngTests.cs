using Ilt.Support;

namespace Ilt.Imaging;

[TestFixture]
public sealed class LabelPngTests
{
    // Less than a byte, one line, one column, less than an interlacing block, and more than one.
    private static readonly ImageSize[] Sizes = [new(1, 1), new(1, 13), new(7, 1), new(5, 3), new(17, 37)];

    [Test]
    public void Read_EveryDepthFilterAndOrder_GivesTheNumbersOfTheFile(
        [Values(1, 2, 4, 8, 16, -1, -2, -4, -8)] int depth, [Values(0, 1, 2, 3, 4, 5)] int filter, [Values] bool interlaced)
    {
        foreach (var size in Sizes)
        {
            // A negative depth stands for a palette, filter 5 for a different one in each line.
            var png = SlowPng.Random(size.Height, size.Width, depth < 0 ? 3 : 0, Math.Abs(depth), seed: 10 * depth + filter)
                with { Filter = y => filter < 5 ? filter : y % 5, Interlaced = interlaced };
            var image = Read(png.Encode());

            Assert.That((image.Height, image.Width, image.BitDepth, image.IsPalette), Is.EqualTo((size.Height, size.Width, Math.Abs(depth), depth < 0)));
            Assert.That(image.Values, Is.EqualTo(png.Samples), $"size {size}");
        }
    }

    [Test]
    public void Read_PixelsInManyChunksAmongOthers_GivesTheNumbers()
    {
        var png = SlowPng.Random(20, 30, 0, 8, seed: 1) with { ChunkBytes = 7, Comment = "drawn by hand" };

        Assert.That(Read(png.Encode()).Values, Is.EqualTo(png.Samples));
    }

    [Test]
    public void Read_TruncatedAnywhere_IsAFormatErrorThatNamesTheFile([Values] bool interlaced)
    {
        var file = (SlowPng.Random(9, 11, 0, 8, seed: 2) with { Interlaced = interlaced, ChunkBytes = 40, Filter = _ => 4 }).Encode();
        for (var length = 0; length < file.Length; length++)
        {
            var error = Assert.Throws<ImageFormatException>(() => Read(file[..length]), $"{length} bytes")!;
            Assert.That(error.Message, Does.StartWith("labels.png: ").And.Contain(length == 0 ? "empty" : "truncated"), $"{length} bytes");
            Assert.That(error.FilePath, Is.EqualTo("labels.png"));
        }
    }

    [Test]
    public void Read_AnyByteChanged_IsAFormatError()
    {
        var file = (SlowPng.Random(9, 11, 3, 4, seed: 3) with { Filter = _ => 2 }).Encode();
        for (var position = 0; position < file.Length; position++)
        {
            var broken = (byte[])file.Clone();
            broken[position] ^= 0x10;
            Assert.Throws<ImageFormatException>(() => Read(broken), $"byte {position}");
        }
    }

    [Test]
    public void Read_DamagedPixelsUnderRightCheckSums_IsAFormatErrorOrAnImage()
    {
        var png = SlowPng.Random(9, 11, 0, 8, seed: 4);
        var random = new Random(5);
        var errors = 0;
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var compressed = SlowPng.Deflate([.. Enumerable.Range(0, 9 * 12).Select(i => (byte)(i % 12 == 0 ? 0 : random.Next(256)))]);
            for (var change = random.Next(4); change >= 0; change--) compressed[random.Next(compressed.Length)] = (byte)random.Next(256);
            try
            {
                Assert.That(Read(png.Assemble(compressed)).Values, Has.Length.EqualTo(99));
            }
            catch (ImageFormatException)
            {
                errors++;
            }
        }
        Assert.That(errors, Is.GreaterThan(400));
    }

    [Test]
    public void Read_FewerLinesThanStatedOrAnUnknownFilter_IsAFormatError()
    {
        var png = SlowPng.Random(4, 3, 0, 8, seed: 6);

        Assert.That(() => Read(png.Assemble(SlowPng.Deflate(new byte[3 * 4]))), Throws.TypeOf<ImageFormatException>().With.Message.Contains("truncated"));
        Assert.That(() => Read(png.Assemble(SlowPng.Deflate([9, .. new byte[15]]))), Throws.TypeOf<ImageFormatException>().With.Message.Contains("unknown filter 9"));
    }

    [Test]
    public void Read_WrongCheckSumOfThePixels_IsAFormatError()
    {
        var png = SlowPng.Random(4, 3, 0, 8, seed: 6);
        var compressed = SlowPng.Deflate(new byte[4 * 4]);
        compressed[^1] ^= 1;

        Assert.That(() => Read(png.Assemble(compressed)), Throws.TypeOf<ImageFormatException>().With.Message.Contains("cannot be decompressed"));
    }

    [Test]
    public void Read_HeaderThatPromisesTooMuch_IsRefusedBeforeMemoryIsTaken()
    {
        var file = new SlowPng { Height = 30_000, Width = 30_000, Samples = [] }.Assemble(SlowPng.Deflate(new byte[1000]));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(() => Read(file), Throws.TypeOf<ImageFormatException>().With.Message.Contains("30000 x 30000"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000_000));
    }

    [TestCase(2, "an RGB image;")]
    [TestCase(6, "an RGB image with alpha;")]
    public void Read_SeveralNumbersPerPixel_IsRefusedWithAdvice(int colour, string kind)
    {
        var file = SlowPng.Random(2, 2, colour, 8, seed: 7).Encode();

        Assert.That(() => Read(file), Throws.TypeOf<ImageFormatException>().With.Message.Contains(kind).And.Message.Contains("*_labelIds.png, not *_color.png"));
    }

    [Test]
    public void Read_OtherFormats_SaysWhatItIs()
    {
        Assert.That(() => Read([0xFF, 0xD8, 0xFF, 0xE0]), Throws.TypeOf<ImageFormatException>().With.Message.Contains("JPEG"));
        Assert.That(() => Read("GIF89a"u8.ToArray()), Throws.TypeOf<ImageFormatException>().With.Message.EqualTo("labels.png: the file is not a PNG image (its first bytes are others)."));
    }

    [TestCase(0, 3)]
    [TestCase(3, 16)]
    [TestCase(2, 4)]
    [TestCase(5, 8)]
    public void Read_DepthThatPngDoesNotKnow_IsAFormatError(int colour, int depth)
    {
        var file = new SlowPng { Height = 1, Width = 1, Colour = colour, Depth = depth, Samples = [] }.Assemble(SlowPng.Deflate(new byte[9]));

        Assert.That(() => Read(file), Throws.TypeOf<ImageFormatException>().With.Message.Contains($"colour type {colour} with {depth} bits"));
    }

    [Test]
    public void Read_NoFileOrAFolder_NamesIt()
    {
        using var folder = new TempFolder();
        var missing = folder.Path("none.png");

        Assert.That(() => LabelPng.Read(missing), Throws.TypeOf<FileNotFoundException>().With.Message.EqualTo($"{missing}: there is no such file."));
        Assert.That(() => LabelPng.Read(folder.Root), Throws.TypeOf<ImageFormatException>().With.Message.Contains("this is a folder"));
    }

    private static RawLabelImage Read(byte[] file) => LabelPng.Read(new MemoryStream(file), "labels.png");
}
