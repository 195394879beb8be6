using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Datasets;

[TestFixture]
public sealed class AnnotationTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Coco_PolygonsRunsAndCrowds_AreDrawnSmallOverLarge()
    {
        var set = Coco("""
            {"images":[{"id":7,"file_name":"a.jpg","height":3,"width":4},{"id":8,"file_name":"b.jpg","height":1,"width":2}],
             "categories":[{"id":18,"name":"dog"},{"id":3,"name":"car"}],
             "annotations":[
              {"image_id":7,"category_id":3,"segmentation":[[1,1,2,1,2,2,1,2]],"iscrowd":0},
              {"image_id":7,"category_id":18,"segmentation":[[0,0,4,0,4,2,0,2]],"iscrowd":0},
              {"image_id":7,"category_id":3,"segmentation":{"size":[3,4],"counts":[8,1,3]},"iscrowd":1},
              {"image_id":7,"category_id":3,"bbox":[0,0,1,1]}]}
            """);

        Assert.That(set.Classes, Is.EqualTo(new[] { new AnnotatedClass(0, "background"), new AnnotatedClass(3, "car"), new AnnotatedClass(18, "dog") }));
        var (mask, contested) = set.Images[0].Draw();
        Assert.That(mask.Pixels, Is.EqualTo(new byte[] { 18, 18, 18, 18, 18, 3, 18, 18, 0, 0, 255, 0 }));
        Assert.That(contested, Is.EqualTo(1));
        Assert.That(set.Images[1].Draw().Mask.Pixels, Is.EqualTo(new byte[] { 0, 0 }));
        Assert.That(set.Notes, Is.EqualTo(new[] { "1 annotations have a box but no region, and are not drawn.", "1 regions are crowds (iscrowd), which become 255, no label." }));
    }

    [Test]
    public void Coco_IdsBeyondAByte_AreNumberedAndSaid()
    {
        var set = Coco("""{"images":[{"id":1,"file_name":"a.jpg","height":1,"width":1}],"categories":[{"id":900,"name":"x"},{"id":0,"name":"y"}],"annotations":[]}""");

        Assert.That(set.Classes.Select(c => (c.Id, c.Name)), Is.EqualTo(new[] { ((byte)0, "background"), ((byte)1, "y"), ((byte)2, "x") }));
        Assert.That(set.Notes.Single(), Does.Contain("numbered from 1"));
    }

    [TestCase("{\"images\":[]}", "no list 'categories'")]
    [TestCase("[1", "this is no JSON")]
    [TestCase("{\"images\":[{\"id\":1,\"file_name\":\"a\",\"height\":1,\"width\":1}],\"categories\":[{\"id\":1,\"name\":\"x\"}],\"annotations\":[{\"image_id\":1,\"category_id\":2}]}", "annotation 1 is of category 2")]
    [TestCase("{\"images\":[{\"id\":1,\"file_name\":\"a\",\"height\":1,\"width\":1}],\"categories\":[{\"id\":1,\"name\":\"x\"}],\"annotations\":[{\"image_id\":1,\"category_id\":1,\"segmentation\":[[1,2]]}]}", "annotation 1: its segmentation is neither")]
    public void Coco_Broken_SaysWhat(string json, string expected) => Assert.That(() => Coco(json), Throws.TypeOf<ImageFormatException>().With.Message.Contains(expected).And.Message.Contains("coco.json"));

    [Test]
    public void Coco_RunsOfAnotherSize_AreNamedWhenDrawn()
    {
        var set = Coco("""{"images":[{"id":1,"file_name":"a","height":1,"width":2}],"categories":[{"id":1,"name":"x"}],"annotations":[{"image_id":1,"category_id":1,"segmentation":{"size":[2,1],"counts":[2]}}]}""");
        Assert.That(() => set.Images[0].Draw(), Throws.TypeOf<ImageFormatException>().With.Message.Contains("annotation 1: its run lengths are for 2x1 pixels, the image has 1x2"));
    }

    [Test]
    public void Labelme_ShapesOfEveryKind_AreDrawnInTheirOrder()
    {
        var png = new SlowPng { Height = 1, Width = 2, Samples = [1, 1], Depth = 1 }.Encode();
        folder.File("sub/a.json", System.Text.Encoding.UTF8.GetBytes($$"""
            {"imageHeight":3,"imageWidth":4,"shapes":[
             {"label":"sea","shape_type":"rectangle","points":[[0,0],[4,2]]},
             {"label":"cat","points":[[1,1],[2,1],[2,2],[1,2]],"shape_type":"polygon"},
             {"label":"__ignore__","points":[[3.5,0.5],[3.5,1]],"shape_type":"circle"},
             {"label":"cat","points":[[2,2],[3,2]],"shape_type":"mask","mask":"{{Convert.ToBase64String(png)}}"},
             {"label":"way","points":[[0,0],[1,1]],"shape_type":"line"}]}
            """));

        var set = LabelmeFiles.Read(folder.Path(""), [folder.Path("sub/a.json")]);

        Assert.That(set.Classes.Select(c => (c.Id, c.Name)), Is.EqualTo(new[] { ((byte)0, "background"), ((byte)1, "cat"), ((byte)2, "sea") }));
        Assert.That(set.Images.Single().FileName, Is.EqualTo("sub/a.json"));
        Assert.That(set.Images.Single().Draw().Mask.Pixels, Is.EqualTo(new byte[] { 2, 2, 2, 255, 2, 1, 2, 2, 0, 0, 1, 1 }));
        Assert.That(set.Notes.Single(), Does.Contain("1 shapes of the kind line"));
        Assert.That(() => LabelmeFiles.Read(folder.Path(""), [folder.File("b.json", "{}"u8.ToArray())]), Throws.TypeOf<ImageFormatException>().With.Message.Contains("b.json: the file has no list 'shapes'"));
    }

    [Test]
    public void MaskColours_AreThoseOfTheDataSets()
    {
        Assert.That(MaskColours.Voc.Select(c => c.Colour).Take(3), Is.EqualTo(new[] { 0x000000, 0x800000, 0x008000 }));
        Assert.That(MaskColours.Voc.First(c => c.Name == "person").Colour, Is.EqualTo(0xC08080));
        Assert.That(MaskColours.Voc.First(c => c.Name == "tvmonitor").Colour, Is.EqualTo(0x004080));
        Assert.That(MaskColours.Cityscapes[13], Is.EqualTo(new MaskColour(0x00008E, 13, "car")));
        foreach (var colours in new[] { MaskColours.Voc, MaskColours.CamVid, MaskColours.Cityscapes })
        {
            Assert.That(colours.Select(c => c.Colour), Is.Unique);
            Assert.That(colours.Where(c => c.Class != 255).Select(c => (int)c.Class), Is.EqualTo(Enumerable.Range(0, colours.Count(c => c.Class != 255))));
        }
    }

    private AnnotationSet Coco(string json) => CocoAnnotations.Read(folder.File("coco.json", System.Text.Encoding.UTF8.GetBytes(json)));
}
