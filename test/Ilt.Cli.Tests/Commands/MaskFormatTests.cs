using System.Text.Json;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

/// <summary>Masks as people have them: which classes there are follows from the values of the files, is said, and comes back as it was.</summary>
public sealed class MaskFormatTests
{
    private static readonly int[] Colours = [0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0x808080];

    private TempFolder folder = null!;
    private SceneFiles scenes = null!;

    [SetUp]
    public void MakeFolder() => (folder, scenes) = (new TempFolder(), null!);

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Flag_IdsWithGaps_AreCountedSaidAndWrittenBack()
    {
        Rewrite(id => (byte)((31 * id) + 7));

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));

        Assert.That(output, Does.Match(@"note: task seg: \d classes in 10 masks, ids 7 \(\d+\.\d ?%\), 38 .*; they are written back as they are\."));
        var classes = Classes();
        Assert.That(classes, Is.SubsetOf(Enumerable.Range(0, 8).Select(id => $"{(31 * id) + 7}")));
        Assert.That(output, Does.Contain($"task seg: {classes.Length} classes"));
        var regions = TableReader.Read(Out("regions.csv"));
        Assert.That(Cells(regions, "given").Concat(Cells(regions, "suggested")).Distinct(), Is.SubsetOf(classes));
        Assert.That(Predicted().Select(id => $"{id}"), Is.SubsetOf(classes));
    }

    [Test]
    public void Predict_ClassMap_WritesTheIdsOfTheFiles()
    {
        Rewrite(id => (byte)(id == 0 ? 7 : id < 4 ? 11 : 26));
        var map = folder.Write("map.csv", "id,class,name\n7,0,road\n11,1,building\n26,2,car\n33,1,wall\n");

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", map));

        Assert.That(output, Does.Contain("task seg: 3 classes by --classes-map").And.Contain("from the ids 7 (").And.Contain("with the ids of the files"));
        Assert.That(Classes(), Is.EqualTo(new[] { "road", "building", "car" }));
        Assert.That(Predicted(), Is.SubsetOf(new[] { 7, 11, 26 }));
    }

    [Test]
    public void Flag_255BesideClassIds_MeansNoLabelAndIsSaidWithItsShare()
    {
        Rewrite(id => id == 1 ? (byte)255 : id);

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));

        Assert.That(output, Does.Match(@"255 means no label \(\d+\.\d ?% of the pixels\); --ignore-value none makes it a class"));
        Assert.That(Classes(), Does.Not.Contain("255"));
        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--ignore-value", "none")), Does.Not.Contain("means no label"));
        Assert.That(Classes(), Does.Contain("255"));
    }

    [Test]
    public void Flag_255AtTheEndOfEvenSteps_IsAClassUnlessSaidOtherwise()
    {
        Rewrite(id => (byte)(id / 2 * 85));

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));

        Assert.That(output, Does.Contain("task seg: 255 is taken for a class, since the other ids are as far apart (0, 85, 170, 255); if it means no label, say --ignore-value 255."));
        Assert.That(Classes(), Is.EqualTo(new[] { "0", "85", "170", "255" }));
        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--ignore-value", "255")), Does.Contain("255 means no label").And.Not.Contain("taken for a class"));
        Assert.That(Classes(), Is.EqualTo(new[] { "0", "85", "170" }));
    }

    [Test]
    public void Predict_BinaryMasks_HoldTheNumbersOfTheFiles()
    {
        Rewrite(id => (byte)(id > 3 ? 255 : 0));

        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", "binary"));

        Assert.That(Predicted(), Is.SubsetOf(new[] { 0, 255 }));
        Assert.That(Predicted(), Does.Contain(255).Or.Contain(0));
    }

    [Test]
    public void Flag_ContainersOfTheSameNumbers_GiveTheSameScores()
    {
        Rewrite(id => (byte)(2 * id));
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));
        var (scores, note) = (File.ReadAllText(Out("noise-scores.csv")), Notes().Single(n => n.Contains("classes in")));
        foreach (var kind in new[] { "rgb", "16 bits", "palette" })
        {
            foreach (var path in Directory.GetFiles(folder["seg"]))
            {
                var mask = LabelPng.ReadMask(path);
                if (kind == "rgb")
                    PngWriter.Write(path, new ByteImage(32, 32, 3, [.. mask.Pixels.SelectMany(id => (byte[])[id, id, id])]));
                else if (kind == "16 bits")
                    PngWriter.WriteGray16(path, 32, 32, Array.ConvertAll(mask.Pixels, id => (ushort)id));
                else
                    PngChunks.WritePalette(path, new ImageSize(32, 32), mask.Pixels, [.. Enumerable.Range(0, 16).Select(i => i * 0x070503)]);
            }

            CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));
            Assert.That(File.ReadAllText(Out("noise-scores.csv")), Is.EqualTo(scores), kind);
            Assert.That(Notes(), Does.Contain(note), kind);
        }
    }

    [Test]
    public void Flag_ColourCodedMasks_AreClassesByColour()
    {
        Rewrite(id => id, Colours);

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));

        Assert.That(output, Does.Contain("in 10 masks by colour, #000000 (").And.Contain("all are colours of voc: --mask-colours voc names them"));
        Assert.That(Classes(), Is.SubsetOf(Colours.Select(c => $"#{c:x6}")));
        var regions = TableReader.Read(Out("regions.csv"));
        Assert.That(Cells(regions, "given").Distinct(), Is.SubsetOf(Classes()));
        CliRun.Done("predict", Out("model.zip"), scenes.Table, "--images", folder.Root, "--out", folder["p.csv"]);
        Assert.That(MaskPixels.Read(folder["p-pixels/seg/s00.png"]).Values.Distinct().Select(c => $"#{c:x6}"), Is.SubsetOf(Classes()));

        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--mask-colours", "voc"));
        Assert.That(Classes(), Does.Contain("background").And.All.Matches<string>(name => !name.StartsWith('#')));
    }

    [Test]
    public void Flag_ColourMapOfTheUser_NamesClassesAndColoursWithoutOne()
    {
        Rewrite(id => (byte)Math.Min((int)id, 2), Colours);
        var map = folder.Write("colours.csv", "name,r,g,b,class\nground,0,0,0,0\nvoid,128,0,0,\nthing,0,128,0,1\nunused,1,2,3,2\n");

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--mask-colours", map));

        Assert.That(output, Does.Contain("task seg: 2 classes in 10 masks by --mask-colours").And.Contain("ground, thing").And.Match(@"\d+\.\d ?% of the pixels have no label"));
        Assert.That(Classes(), Is.EqualTo(new[] { "ground", "thing" }));
        folder.Write("colours.csv", "colour,name\n#000000,ground\n#800000,thing\n");
        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--mask-colours", map)), Does.Contain("column 'mask'").And.Contain("the colour #008000 at row"));
        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--mask-colours", map, "--ignore-value", "3")), Does.Contain("--mask-colours and --ignore-value exclude"));
        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--mask-colours", folder.Write("c.csv", "colour\n#000000\nred\n"))), Does.Contain("line 3, column 'colour'").And.Contain("'red' is no colour"));
        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--mask-colours", "absent")), Does.Contain("voc, camvid, cityscapes"));
    }

    [Test]
    public void Flag_PalettesInAnotherOrderPerFile_AreReadByColourAndSaid()
    {
        Rewrite(id => (byte)Math.Min((int)id, 2), Colours);
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));
        var scores = File.ReadAllText(Out("noise-scores.csv"));
        foreach (var (path, i) in Directory.GetFiles(folder["seg"]).Order().Select((path, i) => (path, i)))
        {
            int[] order = [i % 3, (i + 1) % 3, (i + 2) % 3];
            var indices = Array.ConvertAll(MaskPixels.Read(path).Values, colour => (byte)Array.IndexOf(order, Array.IndexOf(Colours, colour)));
            PngChunks.WritePalette(path, new ImageSize(32, 32), indices, [.. order.Select(k => Colours[k])]);
        }

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));

        Assert.That(output, Does.Contain("their palettes differ, so that the colours decide and not the indices (--mask-colours none takes the indices)"));
        Assert.That(File.ReadAllText(Out("noise-scores.csv")), Is.EqualTo(scores));
        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--mask-colours", "none")), Does.Contain("ids 0 (").And.Contain("the palettes of 10 masks differ, so that an index has other colours from file to file; the indices are taken, as --mask-colours none says"));
        Assert.That(File.ReadAllText(Out("noise-scores.csv")), Is.Not.EqualTo(scores));
        PngWriter.Write(folder["seg/s03.png"], new ByteImage(32, 32, 1, new byte[1024]));
        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask)), Does.Contain("9 masks have palettes").And.Contain("1 have no palette").And.Contain("--mask-colours none"));
    }

    [Test]
    public void Flag_PhotographsAsMasks_AreNoClasses()
    {
        scenes = new SceneFiles(folder, 10);
        var table = scenes.Rewrite("mask", (row, _) => $"img/s0{row}.png");

        Assert.That(CliRun.Refused(scenes.FlagTable(table, "--task", SceneFiles.SegTask)), Does.Contain("--task seg").And.Contain("colour-coded").And.Contain("where a class has one"));
    }

    [Test]
    public void Flag_JpegMasks_AreReadAsForegroundOnly()
    {
        Rewrite(id => (byte)(id > 3 ? 255 : 0));
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", "binary"));
        var scores = File.ReadAllText(Out("noise-scores.csv"));
        foreach (var path in Directory.GetFiles(folder["seg"]))
        {
            // Of pictures by other programs: the values near 0 and 255, not at them.
            using var image = Microsoft.ML.Data.MLImage.CreateFromFile(path);
            image.Save(Path.ChangeExtension(path, ".jpg"));
            File.Delete(path);
        }

        var listed = CliRun.Done("list", "folders", folder["img"], folder["seg"], "--out", folder["t.csv"]);
        Assert.That(listed, Does.Contain("10 rows").And.Contain("note: masks: all are JPEG").And.Contain("--classes-map binary"));
        var table = scenes.Rewrite("mask", (_, cell) => Path.ChangeExtension(cell, ".jpg"));
        var output = CliRun.Done(scenes.FlagTable(table, "--task", SceneFiles.SegTask, "--classes-map", "binary"));

        Assert.That(output, Does.Contain("10 of 10 masks are JPEG"));
        Assert.That(File.ReadAllText(Out("noise-scores.csv")).Split('\n').Length, Is.EqualTo(scores.Split('\n').Length));
        var refused = CliRun.Of(scenes.FlagTable(table, "--task", SceneFiles.SegTask));
        Assert.That(refused.Error, Does.Contain("line 2").And.Contain("column 'mask'").And.Contain("change the numbers").And.Contain("--classes-map binary"));
        Assert.That((refused.ExitCode, refused.Out), Is.EqualTo((1, "")), "before training begins");
        table = scenes.Rewrite("mask", (row, cell) => row < 3 ? Path.ChangeExtension(cell, ".jpg") : $"{cell[..^4]}.npy");
        foreach (var path in Directory.GetFiles(folder["seg"]).Order().Skip(3))
            NpyFile.Write(Path.ChangeExtension(path, ".npy"), NpyArray.Create([.. Enumerable.Range(0, 1024).Select(pixel => (byte)(pixel / 512))], 32, 32));
        Assert.That(CliRun.Done(scenes.FlagTable(table, "--task", SceneFiles.SegTask, "--on-bad-row", "skip")), Does.Contain("2 classes in 7 masks"));
    }

    [TestCase("noise")]
    [TestCase("smooth")]
    [TestCase("larger")]
    public void Flag_MasksOf0And255WithBlurredEdges_AreRefusedUntilTheyArePartedAt128(string blur)
    {
        Rewrite(id => (byte)(id > 3 ? 255 : 0));
        var clean = Directory.GetFiles(folder["seg"]).Order().Select(path => LabelPng.ReadMask(path, MaskEncoding.Binary).Pixels).ToArray();
        Repaint((_, pixels) => Blurred(pixels, blur));

        var listed = CliRun.Done("list", "folders", folder["img"], folder["seg"], "--out", folder["t.csv"]);
        var refused = CliRun.Of(scenes.Flag("--task", SceneFiles.SegTask));
        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", "binary"));

        const string Shares = @"\d+\.\d ?% of the pixels are within 16 of 0, \d+\.\d ?% within 16 of 255";
        Assert.That(listed, Does.Match($@"note: masks: \d+ numbers; {Shares}.*background and foreground with blurred edges").And.Contain("seg=mask:mask --classes-map binary"));
        Assert.That(refused.Error, Does.Match($"^ilt: --task seg: .*{Shares}").And.Contain("--classes-map binary parts them at 128"));
        Assert.That((refused.ExitCode, refused.Out), Is.EqualTo((1, "")), "before training begins");
        Assert.That(output, Does.Match($"task seg: 2 classes by --classes-map binary in 10 masks, parted at 128 of 255: {Shares}").And.Contain("masks are written with 0 and 255"));
        Assert.That(Predicted(), Is.SubsetOf(new[] { 0, 255 }));
        var scores = File.ReadAllText(Out("noise-scores.csv"));
        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--instance-ids")), Does.Match($"task seg: --instance-ids takes all but 0 as object, but {Shares}"));
        if (blur == "noise")
        {
            var file = 0;
            Repaint((_, _) => Array.ConvertAll(clean[file++], id => (byte)(255 * id)));
            CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", "binary"));
            Assert.That(File.ReadAllText(Out("noise-scores.csv")), Is.EqualTo(scores), "the noise is gone");
        }
    }

    [Test]
    public void Flag_BlurredMasksOfWhichSomeHold0And1_SaysWhichHaveNoForeground()
    {
        Rewrite(id => (byte)(id > 3 ? 255 : 0));
        Repaint((file, pixels) => file < 3 ? Array.ConvertAll(pixels, pixel => (byte)(pixel / 255)) : Blurred(pixels, "noise"));

        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", "binary")),
            Does.Contain("; 3 of the masks reach no higher than 1 and are all background (if that is their foreground, save all masks alike)"));
    }

    [Test]
    public void Flag_MasksOf0And1BesideMasksOf0And255_AreRefusedUntilItIsSaid()
    {
        Rewrite(id => (byte)(id > 3 ? 255 : 0));
        Repaint((file, pixels) => file < 4 ? Array.ConvertAll(pixels, pixel => (byte)(pixel / 255)) : pixels);

        var listed = CliRun.Done("list", "folders", folder["img"], folder["seg"], "--out", folder["t.csv"]);
        const string Doubt = "6 of 10 masks hold no number but 255 beside 0, 4 none but 1, and no mask has both";
        Assert.That(listed, Does.Contain("note: masks: " + Doubt).And.Contain("seg=mask:mask --classes-map binary"));
        foreach (string[] options in new[] { Array.Empty<string>(), ["--classes", "2"] })
            Assert.That(CliRun.Refused(scenes.Flag(["--task", SceneFiles.SegTask, .. options])), Does.Contain("--task seg: " + Doubt).And.Contain("--classes-map binary").And.Contain("--ignore-value 255"));
        Assert.That(CliRun.Refused("corrupt", scenes.Table, "--task", SceneFiles.SegTask, "--kind", "shift", "--fraction", "0.5", "--id", "id", "--labels", folder.Root, "--out", folder["new/w.csv"], "--truth", folder["new/t.csv"]), Does.Contain(Doubt));
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", "binary"));
        Assert.That(Classes(), Is.EqualTo(new[] { "background", "foreground" }));
        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--ignore-value", "255")), Does.Contain(Doubt).And.Contain("255 means no label"));
        Repaint((file, pixels) => file == 9 ? [1, .. pixels[1..]] : pixels);
        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask)), Does.Contain("255 means no label").And.Not.Contain(Doubt), "255 beside both");
    }

    [Test]
    public void Flag_NumbersAbove255Beside0_NamesThemAndTheWaysOut()
    {
        scenes = new SceneFiles(folder, 10);
        foreach (var path in Directory.GetFiles(folder["seg"]))
            PngWriter.WriteGray16(path, 32, 32, Array.ConvertAll(LabelPng.ReadMask(path).Pixels, id => (ushort)(id > 5 ? 2000 : id > 3 ? 1000 : 0)));

        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask)),
            Does.Contain("--task seg: the masks hold numbers above 255, which are no class ids: 1000, 2000, beside 0.").And.Contain("--instance-ids").And.Contain("a task of the kind map").And.Contain("save them as numbers from 0 to 253").And.Not.Contain("binary"));
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--instance-ids"));
    }

    [TestCase("permute")]
    [TestCase("drop-region")]
    [TestCase("swap")]
    public void Corrupt_ColoursAndIdsWithGaps_KeepTheValuesOfTheFiles(string kind)
    {
        Rewrite(id => id, Colours);
        CliRun.Done("corrupt", scenes.Table, "--task", SceneFiles.SegTask, "--kind", kind, "--fraction", "0.5", "--among-all", "--id", "id", "--labels", folder.Root, "--out", folder["new/w.csv"], "--truth", folder["new/t.csv"]);
        var colours = Directory.GetFiles(folder["new/w-labels"]).SelectMany(path => MaskPixels.Read(path).Values).Distinct();
        Assert.That(colours, Is.SubsetOf(Colours));

        Rewrite(id => (byte)((31 * id) + 7));
        var output = CliRun.Done("corrupt", scenes.Table, "--task", SceneFiles.SegTask, "--kind", kind, "--fraction", "0.5", "--among-all", "--id", "id", "--labels", folder.Root, "--out", folder["new/w.csv"], "--truth", folder["new/t.csv"]);
        var ids = Directory.GetFiles(folder["new/w-labels"]).SelectMany(path => LabelPng.ReadMask(path).Pixels).Distinct().Select(id => (int)id);
        Assert.That(ids, Is.SubsetOf(Enumerable.Range(0, 8).Select(id => (31 * id) + 7)));
        Assert.That(output, Does.Contain("note: task seg:").And.Contain("ids 7 ("));
    }

    [Test]
    public void Predict_OverPicturesOrMasksThatTheTableNames_IsRefusedAndLeavesThem()
    {
        Rewrite(id => id);
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));
        Directory.CreateDirectory(folder["x"]);
        Directory.CreateSymbolicLink(folder["x/seg"], folder["seg"]);
        var before = Directory.GetFiles(folder["seg"]).Append(folder["img/s03.png"]).Order().Select(File.ReadAllBytes).ToArray();

        var pixels = CliRun.Refused("predict", Out("model.zip"), scenes.Table, "--id", "id", "--images", folder.Root, "--pixels", folder["x"], "--out", folder["p.csv"]);
        var table = CliRun.Refused("predict", Out("model.zip"), scenes.Table, "--id", "id", "--images", folder.Root, "--out", folder["img/s03.png"]);

        Assert.That(pixels, Does.Contain("--pixels").And.Contain("would overwrite the file that is read, or that the table names"));
        Assert.That(table, Does.Contain("--out: ").And.Contain("would overwrite"));
        Assert.That(Directory.GetFiles(folder["seg"]).Append(folder["img/s03.png"]).Order().Select(File.ReadAllBytes), Is.EqualTo(before));
    }

    /// <summary>Gives the masks other numbers, by the number of the file.</summary>
    private void Repaint(Func<int, byte[], byte[]> change)
    {
        foreach (var (path, i) in Directory.GetFiles(folder["seg"]).Order().Select((path, i) => (path, i)))
        {
            var mask = new ByteImage(32, 32, 1, Array.ConvertAll(LabelPng.Read(path).Values, number => (byte)number));
            PngWriter.Write(path, mask with { Pixels = change(i, mask.Pixels) });
        }
    }

    /// <summary>A mask of 0 and 255 with numbers near them, with edges of mean values, or made larger with linear edges.</summary>
    private static byte[] Blurred(byte[] pixels, string blur)
    {
        if (blur == "larger")
        {
            var small = PixelResize.NearestMask(new ByteImage(32, 32, 1, pixels), new ImageSize(8, 8));
            return PixelResize.BilinearImage(small, new ImageSize(32, 32)).Pixels;
        }

        return [.. Enumerable.Range(0, pixels.Length).Select(pixel =>
        {
            if (blur == "noise")
                return (byte)Math.Abs(pixels[pixel] - (pixel * 7 % 11 % 4));
            var (y, x) = (pixel / 32, pixel % 32);
            int[] around = [pixel, pixel, y > 0 ? pixel - 32 : pixel, y < 31 ? pixel + 32 : pixel, x > 0 ? pixel - 1 : pixel, x < 31 ? pixel + 1 : pixel];
            return (byte)around.Average(at => pixels[at]);
        })];
    }

    /// <summary>Ten scenes whose masks hold other numbers, or the colours of other numbers.</summary>
    private void Rewrite(Func<byte, byte> id, int[]? colours = null)
    {
        scenes = new SceneFiles(folder, 10);
        foreach (var path in Directory.GetFiles(folder["seg"]))
        {
            var mask = LabelPng.ReadMask(path);
            var numbers = Array.ConvertAll(mask.Pixels, pixel => id(pixel));
            PngWriter.Write(path, colours is null
                ? mask with { Pixels = numbers }
                : new ByteImage(32, 32, 3, [.. numbers.SelectMany(n => (byte[])[(byte)(colours[n] >> 16), (byte)(colours[n] >> 8), (byte)colours[n]])]));
        }
    }

    private IEnumerable<int> Predicted()
    {
        CliRun.Done("predict", Out("model.zip"), scenes.Table, "--images", folder.Root, "--out", folder["p.csv"]);
        return Directory.GetFiles(folder["p-pixels/seg"]).SelectMany(path => LabelPng.Read(path).Values).Distinct().Select(id => (int)id).ToArray();
    }

    private string[] Classes()
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(Out("run.json")));
        return [.. record.RootElement.GetProperty("tasks")[0].GetProperty("classes").EnumerateArray().Select(name => name.GetString()!)];
    }

    private string[] Notes()
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(Out("run.json")));
        return [.. record.RootElement.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)];
    }

    private static IEnumerable<string> Cells(Table table, string column) => table.Column(column, "") is var cells ? Enumerable.Range(0, table.RowCount).Select(row => cells[row]) : [];

    private string Out(string name) => Path.Combine(folder["out"], name);
}
