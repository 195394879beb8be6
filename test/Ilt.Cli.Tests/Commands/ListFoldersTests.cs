using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

/// <summary>What <c>ilt list folders</c> says of files that do not go together.</summary>
public sealed class ListFoldersTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void List_FilesOfSystems_AreNoPictures()
    {
        Images("im", "Stra\u00dfe 0 (kopie)", "Stra\u00dfe 1 (kopie)");
        Masks("mk", "Stra\u00dfe 0 (kopie)_mask", "Stra\u00dfe 1 (kopie)_mask");
        foreach (var name in new[] { "._Stra\u00dfe 1 (kopie).png", ".DS_Store", "Thumbs.db" })
            folder.Write("im/" + name, "junk");

        var output = List("im", "mk", "--suffix", "_mask");

        Assert.That(output, Does.Contain("2 rows").And.Contain("note: 3 files were passed over that systems leave beside others").And.Not.Contain("have no mask"));
        Assert.That(CliRun.Refused("list", "folders", folder["im"], folder["mk"], "--out", folder["t.csv"]), Does.Contain("2 of 2 images have no label").And.Contain("with --suffix _mask 2 would have one"));
    }

    [Test]
    public void List_SomePicturesWithoutAMask_AreCountedWithTheOptionThatHelps()
    {
        Images("im", "p0", "p1", "p10", "q");
        Masks("mk", "q", "p0-mask", "p1-mask", "stray");

        var output = List("im", "mk");

        Assert.That(output, Does.Contain("note: 3 of 4 images have no mask, first " + folder["im/p0.png"]).And.Contain("with --suffix -mask 2 would have one").And.Contain("note: 3 masks have no image and are left out, first " + folder["mk/p0-mask.png"]));
        Assert.That(List("im", "mk", "--suffix", "-mask"), Does.Contain("2 of 4 images have no mask").And.Contain("2 masks have no image"));
    }

    [Test]
    public void List_Subfolders_AskForRecursive()
    {
        Images("im", "a/0", "b/0");
        Masks("mk", "a/0", "b/0");

        Assert.That(CliRun.Refused("list", "folders", folder["im"], folder["mk"], "--out", folder["t.csv"]), Does.Contain("2 lie in folders within it: search those too with --recursive"));
        Assert.That(List("im", "mk", "--recursive"), Does.Contain("2 rows"));
        Assert.That(File.ReadAllLines(folder["t.csv"])[1..], Is.EqualTo(new[] { "a/0,im/a/0.png,mk/a/0.png", "b/0,im/b/0.png,mk/b/0.png" }));
        Images("im", "top");
        Masks("mk", "top");
        Assert.That(List("im", "mk"), Does.Contain("1 rows").And.Contain("2 images lie in folders within that of the images and are left out; --recursive takes them in"));
    }

    [Test]
    public void List_NamesThatDifferInCase_ArePairedAndSaid()
    {
        Images("im", "IMG_1");
        Masks("mk", "img_1");

        Assert.That(List("im", "mk"), Does.Contain("1 pair has names that differ only in case").And.Not.Contain("have no mask"));
        Assert.That(File.ReadAllLines(folder["t.csv"])[1], Is.EqualTo("IMG_1,im/IMG_1.png,mk/img_1.png"));
    }

    [Test]
    public void List_PrefixAndOneFolder_TellMasksApart()
    {
        Images("im", "a", "b");
        Masks("im", "gt_a", "gt_b");

        Assert.That(CliRun.Refused("list", "folders", folder["im"], folder["im"], "--out", folder["t.csv"]), Does.Contain("every image would be its own mask").And.Contain("--prefix"));
        Assert.That(List("im", "im", "--prefix", "gt_"), Does.Contain("2 rows").And.Contain("2 files are no image but the mask of one"));
    }

    [Test]
    public void List_WhatTheMasksHold_IsSaid()
    {
        Images("im", "a");
        PngWriter.Write(Within("mk/a.png"), new ByteImage(2, 2, 1, [7, 11, 11, 26]));
        Assert.That(List("im", "mk"), Does.Contain("note: masks: 3 classes in 1 mask, ids 7 (25.0").And.Contain("11 (50.0"));

        PngWriter.WriteGray16(folder["mk/a.png"], 2, 2, [0, 1, 2, 1]);
        Assert.That(List("im", "mk"), Does.Contain("ids 0 (").And.Not.Contain("--instance-ids"), "16 bits of small numbers");
        PngWriter.WriteGray16(folder["mk/a.png"], 8, 8, [.. Enumerable.Range(0, 64).Select(id => (ushort)id)]);
        Assert.That(List("im", "mk"), Does.Contain("their 64 numbers run from 0 without gaps in 1 of 1 masks").And.Contain("--task seg=mask:mask --instance-ids"));
        PngWriter.Write(folder["mk/a.png"], new ByteImage(8, 8, 1, [.. Enumerable.Range(0, 64).Select(id => (byte)(id * 3))]));
        Assert.That(List("im", "mk"), Does.Contain("64 classes in 1 mask").And.Not.Contain("seg=mask:mask --instance-ids"), "gaps: ids of classes");
        PngWriter.Write(folder["mk/a.png"], new ByteImage(1, 2, 3, [0, 0, 0, 128, 0, 0]));
        Assert.That(List("im", "mk"), Does.Contain("2 classes in 1 mask by colour, #000000").And.Contain("#800000"));
    }

    [Test]
    public void List_CocoAnnotations_AreDrawnAsMasksThatFlagReads()
    {
        var scenes = new SceneFiles(folder, 8);
        var images = string.Join(',', Enumerable.Range(0, 8).Select(i => $$"""{"id":{{i}},"file_name":"s0{{i}}.png","height":32,"width":32}"""));
        var annotations = string.Join(',', Enumerable.Range(0, 8).Select(i => $$"""{"image_id":{{i}},"category_id":{{(i % 2 == 0 ? 3 : 40)}},"iscrowd":0,"segmentation":[[{{i}},0,20,0,20,20,{{i}},20]]}"""));
        folder.Write("coco.json", $$"""{"images":[{{images}},{"id":99,"file_name":"gone.png","height":1,"width":1}],"categories":[{"id":3,"name":"car"},{"id":40,"name":"dog"}],"annotations":[{{annotations}}]}""");

        var output = CliRun.Done("list", "folders", folder["img"], folder["coco.json"], "--out", folder["t.csv"]);

        Assert.That(output, Does.Contain("8 masks drawn from").And.Contain("3 classes (0 background, 3 car, 40 dog)").And.Contain("1 annotated images are not in the folder, first gone.png"));
        Assert.That(LabelPng.ReadMask(folder["t-masks/s00.png"]).Pixels.Count(id => id == 3), Is.EqualTo(400));
        Assert.That(File.ReadAllLines(folder["t-classes.csv"]), Is.EqualTo(new[] { "id,class,name", "0,0,background", "3,1,car", "40,2,dog" }));
        CliRun.Done(scenes.FlagTable(folder["t.csv"], "--task", SceneFiles.SegTask, "--classes-map", folder["t-classes.csv"]));
        Assert.That(output, Does.Contain($"--classes-map {folder["t-classes.csv"]}"));
    }

    [Test]
    public void List_AnnotationsIntoAFolderOfTheUsers_IsRefusedUnlessDrawnThereBefore()
    {
        Images("im", "a");
        folder.Write("ann.json", "{\"images\":[{\"id\":1,\"file_name\":\"a.png\",\"width\":2,\"height\":1}],\"categories\":[{\"id\":1,\"name\":\"x\"}],\"annotations\":[{\"id\":1,\"image_id\":1,\"category_id\":1,\"segmentation\":[[0,0,1,0,1,1,0,1]],\"iscrowd\":0}]}");
        Directory.CreateDirectory(folder["t-masks"]);
        var mine = folder.Write("t-masks/a.png", "mine");
        string[] list = ["list", "folders", folder["im"], folder["ann.json"], "--out", folder["t.csv"]];

        Assert.That(CliRun.Refused(list), Does.Contain("t-masks, which is there and not empty; name another table"));
        Assert.That(File.ReadAllText(mine), Is.EqualTo("mine"));

        File.Delete(mine);
        CliRun.Done(list);
        File.Delete(folder["t.csv"]);
        Assert.That(CliRun.Done(list), Does.Contain("1 masks drawn"), "what a run that was stopped has left");
    }

    [Test]
    public void List_LabelmeFilesBesidePictures_AreDrawnAndTurnedWithThem()
    {
        Images("im", "a", "b");
        PngWriter.Write(folder["im/a.png"], new ByteImage(2, 4, 3, new byte[24]));
        PngChunks.Orient(folder["im/a.png"], 6);
        folder.Write("im/a.json", """{"imageHeight":2,"imageWidth":4,"shapes":[{"label":"cat","shape_type":"rectangle","points":[[0,0],[1,1]]}]}""");

        var output = List("im", "im");

        Assert.That(output, Does.Contain("1 masks drawn").And.Contain("1 images have no entry there").And.Contain("1 images were annotated as their files hold them and are shown turned"));
        Assert.That(LabelPng.ReadMask(folder["t-masks/a.png"]) is var mask ? (mask.Size, Array.IndexOf(mask.Pixels, (byte)1)) : default, Is.EqualTo((new ImageSize(4, 2), 1)));
    }

    private string List(string images, string masks, params string[] options) => CliRun.Done(["list", "folders", folder[images], folder[masks], "--out", folder["t.csv"], .. options]);

    private void Images(string place, params string[] names)
    {
        foreach (var name in names)
            PngWriter.Write(Within($"{place}/{name}.png"), new ByteImage(1, 2, 3, new byte[6]));
    }

    private void Masks(string place, params string[] names)
    {
        foreach (var name in names)
            PngWriter.Write(Within($"{place}/{name}.png"), new ByteImage(1, 2, 1, [0, 1]));
    }

    private string Within(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        return folder[name];
    }
}
