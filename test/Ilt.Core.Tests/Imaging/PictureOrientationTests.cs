using System.Buffers.Binary;
using Ilt.Support;

namespace Ilt.Imaging;

[TestFixture]
public sealed class PictureOrientationTests
{
    // 1 2 3
    // 4 5 6
    [TestCase(1, "123 456")]
    [TestCase(2, "321 654")]
    [TestCase(3, "654 321")]
    [TestCase(4, "456 123")]
    [TestCase(5, "14 25 36")]
    [TestCase(6, "41 52 63")]
    [TestCase(7, "63 52 41")]
    [TestCase(8, "36 25 14")]
    public void Turn_EveryOrientation_PutsEveryPixelWhereViewersDo(int orientation, string expected)
    {
        var stored = new ImageSize(2, 3);
        byte[] pixels = [.. "123456"u8.ToArray().SelectMany(b => new[] { b, (byte)(b + 100) })];

        var turned = PictureFile.Turn(pixels, stored, 2, (PictureOrientation)orientation);

        var lines = expected.Split(' ');
        Assert.That(PictureFile.Turned(stored, (PictureOrientation)orientation), Is.EqualTo(new ImageSize(lines.Length, lines[0].Length)));
        Assert.That(turned, Is.EqualTo(string.Concat(lines).SelectMany(c => new[] { (byte)c, (byte)(c + 100) })));
    }

    [Test]
    public void ReadOrientation_EveryFormatAndByteOrder_IsFound([Range(1, 8)] int orientation, [Values] bool little, [Values("jpeg", "png", "webp")] string format)
    {
        var exif = Exif(orientation, little);
        Assert.That(Read(File(format, exif)), Is.EqualTo((PictureOrientation)orientation));
    }

    [Test]
    public void ReadOrientation_BrokenBlocks_AreNone()
    {
        var exif = Exif(6, true);
        for (var length = 0; length < exif.Length - 4; length++)
            Assert.That(Read(File("jpeg", exif[..length])), Is.EqualTo(PictureOrientation.Upright), $"{length} bytes");
        var random = new Random(1);
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var broken = (byte[])exif.Clone();
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            Assert.That((int)Read(File("png", broken)), Is.InRange(1, 8));
        }
        Assert.That(Read("GIF89a, whatever follows in this file"u8.ToArray()), Is.EqualTo(PictureOrientation.Upright));
        Assert.That(Read([]), Is.EqualTo(PictureOrientation.Upright));
    }

    private static PictureOrientation Read(byte[] file) => PictureFile.ReadOrientation(new MemoryStream(file));

    private static byte[] Exif(int orientation, bool little)
    {
        var bytes = new byte[8 + 2 + (2 * 12) + 4];
        (little ? "II"u8 : "MM"u8).CopyTo(bytes);
        void Short(int at, int value) { if (little) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value); else BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)value); }
        void Long(int at, int value) { if (little) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value); else BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value); }
        Short(2, 42);
        Long(4, 8);
        Short(8, 2);
        Short(10, 0x0100); // a width before it
        Short(12, 3);
        Long(14, 1);
        Short(18, 7);
        Short(22, 0x0112);
        Short(24, 3);
        Long(26, 1);
        Short(30, orientation);
        return bytes;
    }

    private static byte[] File(string format, byte[] exif)
    {
        byte[] Big(int value, int bytes) => [.. Enumerable.Range(1, bytes).Select(i => (byte)(value >> (8 * (bytes - i))))];
        byte[] marked = [.. "Exif\0\0"u8, .. exif];
        return format switch
        {
            "jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xE1, .. Big(marked.Length + 2, 2), .. marked, 0xFF, 0xDA, 0, 2],
            "png" => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Big(3, 4), .. "tEXt"u8, 1, 2, 3, 0, 0, 0, 0, .. Big(exif.Length, 4), .. "eXIf"u8, .. exif, 0, 0, 0, 0],
            _ => [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. "VP8X"u8, 3, 0, 0, 0, 8, 0, 0, 0 /* filled up */, .. "EXIF"u8, (byte)marked.Length, 0, 0, 0, .. marked],
        };
    }
}
