using Ilt.Support;

namespace Ilt.Datasets;

[TestFixture]
public sealed class ImageMaskFoldersTests
{
    [Test]
    public void Pair_SameNames_AreTogetherWhateverTheirExtensions()
    {
        using var folder = Folders(["b.jpg", "a.png", "notes.txt", "C.JPEG"], ["a.png", "b.npy", "C.png", "unused.png"]);
        var pairs = ImageMaskFolders.Pair(folder.Path("images"), folder.Path("masks"));

        Assert.That(pairs.Select(p => (p.Id, Path.GetFileName(p.ImagePath), Path.GetFileName(p.LabelPath))),
            Is.EqualTo(new[] { ("C", "C.JPEG", "C.png"), ("a", "a.png", "a.png"), ("b", "b.jpg", "b.npy") }));
    }

    [Test]
    public void Pair_Suffix_IsPartOfTheLabelsName()
    {
        using var folder = Folders(["a.png"], ["a_mask.png", "a.png"]);

        Assert.That(ImageMaskFolders.Pair(folder.Path("images"), folder.Path("masks"), "_mask").Single().LabelPath, Does.EndWith("a_mask.png"));
    }

    [Test]
    public void Pair_MissingLabels_AreNamedOrAllowed()
    {
        using var folder = Folders(["a.png", "b.png", "c.png"], ["a.png"]);
        var (images, masks) = (folder.Path("images"), folder.Path("masks"));

        Assert.That(() => ImageMaskFolders.Pair(images, masks), Throws.TypeOf<FileNotFoundException>()
            .With.Message.EqualTo($"{masks}: 2 of 3 images have no label in this folder; the first one is {Path.Combine(images, "b.png")}, which needs b.png or .npy."));
        Assert.That(ImageMaskFolders.Pair(images, masks, allowMissing: true).Select(p => p.LabelPath is null), Is.EqualTo(new[] { false, true, true }));
        Assert.That(() => ImageMaskFolders.Pair(images, masks, "_mask", allowMissing: true), Throws.TypeOf<FileNotFoundException>(), "no image has a label: a mistake");
    }

    [Test]
    public void Pair_TwoFilesOfAName_AreRefused()
    {
        using var folder = Folders(["a.png", "a.jpg"], ["a.png"]);

        Assert.That(() => ImageMaskFolders.Pair(folder.Path("images"), folder.Path("masks")), Throws.TypeOf<IOException>().With.Message.Contains("same name but for its extension"));
    }

    [Test]
    public void Pair_MissingOrEmptyFolder_IsNamed()
    {
        using var folder = Folders([], ["a.png"]);
        Directory.CreateDirectory(folder.Path("images"));

        Assert.That(() => ImageMaskFolders.Pair(folder.Path("images"), folder.Path("masks")), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("there are no images in this folder"));
        Assert.That(() => ImageMaskFolders.Pair(folder.Path("masks"), folder.Path("none")), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("expected a folder of masks or maps"));
    }

    [Test]
    public void Match_WhatSystemsLeave_IsPassedOverAndCounted()
    {
        using var folder = Folders(["a.png", "._a.png", ".DS_Store", "Thumbs.db", "notes.txt", "x.tif"], ["a.png"]);

        var match = Match(folder);

        Assert.That(match.Pairs.Select(p => p.Id), Is.EqualTo(new[] { "a" }));
        Assert.That(match.HiddenFiles, Is.EqualTo(3));
        Assert.That(match.OtherFiles, Is.EqualTo(new Dictionary<string, int> { [".tif"] = 1, [".txt"] = 1 }));
    }

    [Test]
    public void Match_NamesThatDifferInCaseOrAccentsOnly_ArePairedWhereThereIsNoChoice()
    {
        using var folder = Folders(["IMG_1.png", "b\u00e4r.png", "x.png", "X.png"], ["img_1.png", "ba\u0308r.png", "x.PNG"]);

        var match = ImageMaskFolders.Match(folder.Path("images"), folder.Path("masks"), new FolderMatchOptions { Compose = name => name.Replace("a\u0308", "\u00e4", StringComparison.Ordinal) });

        Assert.That(match.AlikeOnly.Select(p => p.Id), Is.EquivalentTo(new[] { "IMG_1", "b\u00e4r" }));
        Assert.That(match.Bare.Select(p => p.Id), Is.EqualTo(new[] { "X" }), "x.PNG is that of x");
    }

    [Test]
    public void Match_Unpaired_ProposesWhatMostLabelsHaveAroundAName()
    {
        using var folder = Folders(["p0.jpg", "p1.jpg", "p10.jpg"], ["gt_p0-mask.png", "gt_p1-mask.png", "gt_p10-mask.png", "other.png"]);

        var match = Match(folder);
        Assert.That(match.Proposal, Is.EqualTo(("gt_", "-mask", 3)));
        Assert.That(match.UnusedLabels, Has.Count.EqualTo(4));
        var paired = ImageMaskFolders.Match(folder.Path("images"), folder.Path("masks"), new FolderMatchOptions { Prefix = "gt_", Suffix = "-mask" });
        Assert.That(paired.Bare, Is.Empty);
        Assert.That(paired.UnusedLabels.Select(Path.GetFileName), Is.EqualTo(new[] { "other.png" }));
    }

    [Test]
    public void Match_Subfolders_AreCountedOrSearched()
    {
        using var folder = Folders(["top.png", "a/0.png", "b/0.png"], ["a/m_0.png", "b/m_0.png", "m_top.png"]);

        Assert.That(Match(folder).FilesInSubfolders, Is.EqualTo(2));
        var match = ImageMaskFolders.Match(folder.Path("images"), folder.Path("masks"), new FolderMatchOptions { Recursive = true, Prefix = "m_" });
        Assert.That(match.Pairs.Select(p => (p.Id, Path.GetFileName(Path.GetDirectoryName(p.LabelPath)))), Is.EqualTo(new[] { ("a/0", "a"), ("b/0", "b"), ("top", "masks") }));
    }

    [Test]
    public void Match_OneFolder_TakesNoMaskForAnImage()
    {
        using var folder = Folders(["a.png", "a_mask.png", "b.png", "b_mask.png", "c.png"], []);

        var match = ImageMaskFolders.Match(folder.Path("images"), folder.Path("images"), new FolderMatchOptions { Suffix = "_mask" });

        Assert.That(match.Pairs.Select(p => (p.Id, p.LabelPath is not null)), Is.EqualTo(new[] { ("a", true), ("b", true), ("c", false) }));
        Assert.That((match.LabelsAmongImages, match.UnusedLabels.Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public void Match_LosslessAndJpegMasksOfOneName_TakesTheLossless()
    {
        using var folder = Folders(["a.webp", "a.png", "b.gif"], ["a.jpg", "a.png", "b.jpg"]);

        Assert.That(Match(folder).Pairs.Select(p => (Path.GetFileName(p.ImagePath), Path.GetFileName(p.LabelPath))), Is.EqualTo(new[] { ("a.png", "a.png"), ("b.gif", "b.jpg") }));
    }

    [Test]
    public void Match_ImagesInSubfoldersOrUnreadFormatsOnly_SaysSo()
    {
        using var folder = Folders(["a/0.png", "x.tif"], ["a.png"]);

        Assert.That(() => Match(folder), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("1 lie in folders within it").And.Message.Contains("1 files are .tif"));
    }

    private static FolderMatch Match(TempFolder folder) => ImageMaskFolders.Match(folder.Path("images"), folder.Path("masks"));

    private static TempFolder Folders(string[] images, string[] masks)
    {
        var folder = new TempFolder();
        foreach (var name in images) folder.File(Path.Combine("images", name), []);
        foreach (var name in masks) folder.File(Path.Combine("masks", name), []);
        return folder;
    }
}
