using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Datasets;

/// <summary>Files that other programs wrote, against figures stated where they come from.</summary>
[TestFixture]
public sealed class RealImagesTests
{
    [Test]
    public void CamVid_TrainLabels_HaveTheStatedSharesOfClasses()
    {
        var folder = RealData.Set("camvid");
        var pairs = ImageMaskFolders.Pair(Path.Combine(folder, "train", "image"), Path.Combine(folder, "train", "label"));
        var counts = new long[256];
        foreach (var pair in pairs)
        {
            var mask = LabelFiles.ReadMask(pair.LabelPath!, new MaskEncoding { IgnoreValue = 11, ClassCount = 11 });
            Assert.That(mask.Size, Is.EqualTo(new ImageSize(96, 128)));
            foreach (var id in mask.Pixels) counts[id]++;
        }

        double[] percent = [16.9, 23.3, 1.0, 31.7, 4.5, 9.7, 1.2, 1.1, 5.9, 0.6, 0.3];
        Assert.That(pairs, Has.Count.EqualTo(367));
        Assert.That(counts.Take(11).Select(c => 100.0 * c / counts.Sum()), Is.EqualTo(percent).Within(0.06));
        Assert.That(100.0 * counts[255] / counts.Sum(), Is.EqualTo(4.0).Within(0.06));
        Assert.That(PngImage.ReadImage(pairs[0].ImagePath).Channels, Is.EqualTo(3));
    }

    [Test]
    public void Nuclei_SixteenBitMasks_HoldNoMoreInstancesThanCounted()
    {
        var folder = RealData.Set("dsb2018-nuclei");
        var rows = File.ReadAllLines(Path.Combine(folder, "index.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        var exact = 0;
        foreach (var row in rows)
        {
            var path = Path.Combine(folder, "masks_original", row[0] + ".png");
            var image = LabelPng.Read(path);
            var count = int.Parse(row[5], System.Globalization.CultureInfo.InvariantCulture);
            var instances = image.Values.Distinct().Count(id => id > 0);
            Assert.That((image.BitDepth, image.Height, image.Width), Is.EqualTo((16, 128, 128)));
            Assert.That(image.Values.Max(), Is.LessThanOrEqualTo(count), row[0]);
            if (instances == count) exact++;
            Assert.That(LabelPng.ReadMask(path, new MaskEncoding { InstanceIds = true, ClassCount = 2 }).Pixels.Count(p => p == 1), Is.EqualTo(image.Values.Count(id => id > 0)));
        }
        Assert.That(exact, Is.GreaterThan(rows.Length / 2), "only very small nuclei have no pixel left");
    }

    [Test]
    public void Mnist_IdxFiles_HoldTheKnownDigits()
    {
        var folder = RealData.Set("mnist20k");
        var (size, pixels) = IdxFile.ReadImages(Path.Combine(folder, "train-images-idx3-ubyte.gz"));
        var digits = IdxFile.ReadLabels(Path.Combine(folder, "train-labels-idx1-ubyte.gz"));

        Assert.That((size, pixels.Length, digits.Length), Is.EqualTo((new ImageSize(28, 28), 20_000 * 784, 20_000)));
        Assert.That(digits.Take(10), Is.EqualTo(new byte[] { 5, 0, 4, 1, 9, 2, 1, 3, 1, 4 }));
        Assert.That(pixels.Average(p => (double)p) / 255, Is.EqualTo(0.1307).Within(0.002), "the mean that everyone normalises with");
    }
}
