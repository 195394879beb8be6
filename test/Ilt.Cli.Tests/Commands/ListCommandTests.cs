using Ilt.Cli.Tests.Support;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

public sealed class ListCommandTests
{
    private static readonly string[] Quick = ["--epochs", "1", "--batch", "4", "--network", "unet", "--width", "4", "--depth", "1", "--regions", "1"];

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void List_Cityscapes_GivesATableAndTheCommandThatReadsIt()
    {
        new SceneGenerator(new SceneOptions { Height = 32, Width = 32 }).WriteCityscapes(folder["city"], 4, 2);

        var output = CliRun.Done("list", "cityscapes", folder["city"], "--split", "val", "--out", folder["val.csv"]);
        var train = CliRun.Done("list", "cityscapes", folder["city"], "--out", folder["train.csv"]);

        Assert.That(File.ReadAllLines(folder["val.csv"])[..2], Is.EqualTo(new[]
        {
            "id,city,image,labels,disparity",
            "scenes00_000004_000019,scenes00,leftImg8bit/val/scenes00/scenes00_000004_000019_leftImg8bit.png,gtFine/val/scenes00/scenes00_000004_000019_gtFine_labelIds.png,"
                + "disparity/val/scenes00/scenes00_000004_000019_disparity.png",
        }));
        Assert.That(output, Does.Contain("2 rows"));
        CliRun.Done([.. Next(train), "--validation", folder["val.csv"], .. Quick, "--out", folder["out"]]);
        Assert.That(File.ReadAllText(folder["out/run.json"]), Does.Contain("\"classMap\": \"cityscapes19\"").And.Contain("\"meanIoU\""));
    }

    [Test]
    public void List_Mtan_GivesATableOfArraysThatFlagAndPredictRead()
    {
        var generator = new SceneGenerator(new SceneOptions { Height = 32, Width = 32 });
        foreach (var kind in new[] { "image", "label", "depth" })
            Directory.CreateDirectory(folder[$"mtan/train/{kind}"]);
        for (var i = 0; i < 4; i++)
        {
            var scene = generator.Generate(i);
            NpyFile.Write(folder[$"mtan/train/image/{i}.npy"], NpyArray.Create(Array.ConvertAll(scene.Image.Pixels, p => p / 255.0), 32, 32, 3));
            NpyFile.Write(folder[$"mtan/train/label/{i}.npy"], NpyArray.Create(Array.ConvertAll(scene.Mask.Pixels, c => (long)(c == 3 ? -1 : c)), 32, 32));
            NpyFile.Write(folder[$"mtan/train/depth/{i}.npy"], NpyArray.Create(Array.ConvertAll(scene.InverseDepth.Values, v => (double)v), 32, 32, 1));
        }

        var output = CliRun.Done("list", "mtan", folder["mtan"], "--out", folder["t.csv"]);
        CliRun.Done([.. Next(output), "--size", "16x16", .. Quick, "--out", folder["out"]]);
        CliRun.Done("predict", folder["out/model.zip"], folder["t.csv"], "--images", folder["mtan"], "--out", folder["p.csv"]);

        Assert.That(File.ReadAllLines(folder["t.csv"])[1], Is.EqualTo("0,train/image/0.npy,train/label/0.npy,train/depth/0.npy"));
        Assert.That(File.ReadAllLines(folder["p.csv"])[..2], Is.EqualTo(new[] { "id,seg,depth", "0,p-pixels/seg/0.png,p-pixels/depth/0.npy" }));
        Assert.That(LabelPng.ReadMask(folder["p-pixels/seg/0.png"]).Size, Is.EqualTo(new ImageSize(32, 32)), "the size of the image, not that of the training");
        Assert.That(NpyFile.Read(folder["p-pixels/depth/0.npy"]).Shape, Is.EqualTo(new[] { 32, 32 }));
    }

    [Test]
    public void List_Folders_PairsByNameAndSeesTheKindOfMask()
    {
        var scenes = new SceneFiles(folder, 4);
        Directory.CreateDirectory(folder["objects"]);
        for (var i = 0; i < 3; i++)
            PngWriter.WriteGray16(folder[$"objects/s0{i}_ids.png"], 32, 32, [.. Enumerable.Range(0, 1024).Select(p => (ushort)(p % 700))]);

        var plain = CliRun.Done("list", "folders", folder["img"], folder["seg"], folder["arr"], "--out", folder["t.csv"]);
        var numbered = CliRun.Done("list", "folders", folder["img"], folder["objects"], "--suffix", "_ids", "--out", folder["o.csv"]);

        Assert.That(File.ReadAllLines(folder["t.csv"])[1], Is.EqualTo("s00,img/s00.png,seg/s00.png,arr/s00.npy"));
        Assert.That(File.ReadAllLines(folder["o.csv"])[4], Is.EqualTo("s03,img/s03.png,"));
        Assert.That(plain, Does.Contain("--task seg=mask:mask --task depth=map:map").And.Not.Contain("--instance-ids"));
        CliRun.Done([.. Next(numbered), .. Quick, "--out", folder["out"]]);
        Assert.That(scenes.Table, Does.Exist);
    }

    [Test]
    public void List_BadInput_NamesWhatIsMissing()
    {
        Assert.That(CliRun.Refused("list", "coco", folder.Root, "--out", folder["t.csv"]), Does.Contain("LAYOUT coco").And.Contain("cityscapes, folders, mtan"));
        Assert.That(CliRun.Refused("list", "cityscapes", folder.Root, "--out", folder["t.csv"]), Does.Contain("leftImg8bit"));
        Assert.That(CliRun.Refused("list", "folders", folder.Root, "--out", folder["t.csv"]), Does.Contain("IMAGES MASKS"));
        Assert.That(CliRun.Refused("list", "folders", folder.Root, folder["absent"], "--out", folder["t.csv"]), Does.Contain("absent"));
        Assert.That(CliRun.Refused("list", "mtan", folder.Root, "--suffix", "_x", "--out", folder["t.csv"]), Does.Contain("--suffix"));
        Assert.That(File.Exists(folder["t.csv"]), Is.False);
    }

    /// <summary>The command that the listing proposes, without the program's name.</summary>
    private static string[] Next(string output) => output.Split('\n').Single(line => line.StartsWith("next: ilt ", StringComparison.Ordinal))["next: ilt ".Length..].TrimEnd().Split(' ');
}
