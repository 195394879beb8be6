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
        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--mask-colours", "none")), Does.Contain("ids 0 (").And.Not.Contain("palettes differ"));
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
        Assert.That(listed, Does.Contain("10 rows").And.Contain("note: masks: some are JPEG").And.Contain("--classes-map binary"));
        var table = scenes.Rewrite("mask", (_, cell) => Path.ChangeExtension(cell, ".jpg"));
        var output = CliRun.Done(scenes.FlagTable(table, "--task", SceneFiles.SegTask, "--classes-map", "binary"));

        Assert.That(output, Does.Contain("10 of 10 masks are JPEG"));
        Assert.That(File.ReadAllText(Out("noise-scores.csv")).Split('\n').Length, Is.EqualTo(scores.Split('\n').Length));
        Assert.That(CliRun.Refused(scenes.FlagTable(table, "--task", SceneFiles.SegTask)), Does.Contain("line 2").And.Contain("column 'mask'").And.Contain("change the numbers").And.Contain("--classes-map binary"));
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
