using Ilt.Imaging;

namespace Ilt.Datasets;

[TestFixture]
public sealed class SceneCityscapesTests
{
    private string root = "";

    [SetUp]
    public void MakeFolder() => root = Directory.CreateTempSubdirectory("ilt-scenes-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(root, recursive: true);

    [Test]
    public void WriteCityscapes_ReadBackByTheCityscapesReader_GivesTheScenes()
    {
        byte[] trainIds = [0, 1, 2, 5, 8, 10, 11, 13]; // Cityscapes' training ids of our classes
        var generator = new SceneGenerator(new SceneOptions { Height = 32, Width = 48, SkyIsInvalid = true });
        generator.WriteCityscapes(root, 2, 1);

        var frames = CityscapesDataset.List(root, "train").Concat(CityscapesDataset.List(root, "val")).ToArray();
        Assert.That(frames.Select(frame => frame.Id), Is.EqualTo(new[] { "scenes00_000000_000019", "scenes00_000001_000019", "scenes00_000002_000019" }));
        for (var index = 0; index < frames.Length; index++)
        {
            var scene = generator.Generate(index);
            var ids = LabelPng.ReadMask(frames[index].LabelPath!).Pixels;
            Assert.That(ids.Select(id => CityscapesClasses.To19[id]), Is.EqualTo(scene.Mask.Pixels.Select(id => trainIds[id])));

            var disparity = LabelPng.ReadMap(frames[index].DisparityPath!, MapEncoding.CityscapesDisparity).Values;
            var expected = scene.InverseDepth.Values;
            for (var pixel = 0; pixel < expected.Length; pixel++)
                Assert.That(disparity[pixel], float.IsNaN(expected[pixel]) ? Is.NaN : Is.EqualTo(452.4 * expected[pixel]).Within(0.5001 / 256));
            var image = frames[index].ImagePath;
            Assert.That(PngDecoder.Bytes(PngFile.Parse(File.ReadAllBytes(image), image), image), Is.EqualTo(scene.Image.Pixels));
        }
    }

    [Test]
    public void CityscapesIds_OfTheSevenCategories_MergeRoadAndPavementOnly()
    {
        Assert.That(SceneGenerator.CityscapesIds.Select(id => CityscapesClasses.To7[id]), Is.EqualTo(new byte[] { 0, 0, 1, 2, 3, 4, 5, 6 }));
    }
}
