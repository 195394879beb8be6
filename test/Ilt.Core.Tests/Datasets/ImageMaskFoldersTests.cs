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

    private static TempFolder Folders(string[] images, string[] masks)
    {
        var folder = new TempFolder();
        foreach (var name in images) folder.File(Path.Combine("images", name), []);
        foreach (var name in masks) folder.File(Path.Combine("masks", name), []);
        return folder;
    }
}
