using Ilt.Imaging;

namespace Ilt.Bodies;

[TestFixture]
public sealed class BodyPicturesTests
{
    [Test]
    public void Row_EverythingGiven_HasFivePanels()
    {
        var model = BallBody.Model();
        var camera = BodyCamera.For(new ImageSize(16, 16));
        var image = new ByteImage(16, 16, 3, [.. Enumerable.Repeat((byte)100, 768)]);
        var mask = new ByteImage(16, 16, 1, new byte[256]);
        mask.Pixels[17] = 16;
        var body = new BodyPose([], new float[72], [0, 0, 3]);
        var row = new BodyPictures(model).Row(image, camera, mask, null, body, body, scale: 3);

        Assert.That((row.Height, row.Width, row.Channels), Is.EqualTo((48, (5 * 48) + 8, 3)));
        byte[] At(int y, int x) => row.Pixels.AsSpan(3 * ((y * row.Width) + x), 3).ToArray();
        Assert.That(At(4, 4), Is.EqualTo(new byte[] { 100, 100, 100 }));
        Assert.That(At(4, 48), Is.EqualTo(new byte[] { 255, 255, 255 }), "the gap");
        Assert.That(At(4, 50 + 4), Is.EqualTo(Enumerable.Range(0, 3).Select(c => (byte)((0.6 * BodyPictures.PartColours[48 + c]) + 40))), "the given mask");
        Assert.That(At(4, 100 + 4), Is.EqualTo(new byte[] { 100, 100, 100 }), "no predicted mask");
        Assert.That(At(24, 150 + 24)[1], Is.GreaterThan(At(24, 150 + 24)[0] + 30), "a green body");
        Assert.That(At(24, 200 + 24)[0], Is.GreaterThan(At(24, 200 + 24)[2] + 30), "an orange body");
        Assert.That(BodyPictures.Stack([row, row]).Height, Is.EqualTo(96));
    }

    [Test]
    public void PartColours_Classes_AreAllDifferent()
    {
        var colours = Enumerable.Range(0, 25).Select(part => (BodyPictures.PartColours[3 * part], BodyPictures.PartColours[(3 * part) + 1], BodyPictures.PartColours[(3 * part) + 2]));
        Assert.That(colours, Is.Unique);
    }

    [Test]
    public void Row_SizesThatDoNotFit_AreRefused()
    {
        var pictures = new BodyPictures(BallBody.Model());
        var image = new ByteImage(16, 16, 3, new byte[768]);
        Assert.That(() => pictures.Row(image, BodyCamera.For(new ImageSize(8, 8))), Throws.ArgumentException.With.Message.Contains("camera takes pictures of 8x8 pixels; found 16x16"));
        Assert.That(() => pictures.Row(image, BodyCamera.For(image.Size), new ByteImage(8, 8, 1, new byte[64])), Throws.ArgumentException.With.Message.Contains("A mask is 8x8 pixels; the picture is 16x16"));
        Assert.That(() => BodyPictures.Stack([]), Throws.ArgumentException);
    }
}
