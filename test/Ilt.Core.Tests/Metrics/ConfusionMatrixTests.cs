namespace Ilt.Metrics;

[TestFixture]
public sealed class ConfusionMatrixTests
{
    [Test]
    public void Metrics_RandomMasks_EqualTheirDefinitionsOverSets([Range(0, 9)] int seed)
    {
        var random = new Random(seed);
        const int Classes = 6; // class 5 is never given, class 4 neither given nor predicted
        var given = Enumerable.Range(0, 500).Select(_ => random.Next(10) == 0 ? (byte)255 : (byte)random.Next(4)).ToArray();
        var predicted = given.Select(id => random.Next(3) == 0 || id == 255 ? random.Next(4) == 0 ? (byte)5 : (byte)random.Next(4) : id).ToArray();
        var matrix = new ConfusionMatrix(Classes);
        for (var start = 0; start < 500; start += 50)
            matrix.Add(given.AsSpan(start, 50), predicted.AsSpan(start, 50));

        var counted = Enumerable.Range(0, 500).Where(pixel => given[pixel] != 255).ToArray();
        double[] iou = new double[Classes], f1 = new double[Classes];
        for (var id = 0; id < Classes; id++)
        {
            var a = counted.Where(pixel => given[pixel] == id).ToHashSet();
            var b = counted.Where(pixel => predicted[pixel] == id).ToHashSet();
            iou[id] = (double)a.Intersect(b).Count() / a.Union(b).Count(); // 0 / 0 = NaN
            f1[id] = 2.0 * a.Intersect(b).Count() / (a.Count + b.Count);
            Assert.That(matrix.IntersectionOverUnion(id), Is.EqualTo(iou[id]).Within(1e-12));
            Assert.That(matrix.F1(id), Is.EqualTo(f1[id]).Within(1e-12));
        }

        Assert.That(matrix.MeanIntersectionOverUnion, Is.EqualTo(iou.Where(value => !double.IsNaN(value)).Average()).Within(1e-12));
        Assert.That(matrix.MeanF1, Is.EqualTo(f1.Where(value => !double.IsNaN(value)).Average()).Within(1e-12));
        Assert.That(matrix.PixelAccuracy, Is.EqualTo(counted.Average(pixel => given[pixel] == predicted[pixel] ? 1.0 : 0)).Within(1e-12));
        Assert.That(matrix.Total, Is.EqualTo(counted.Length));
        Assert.That(iou[5], Is.Zero, "a class predicted but never given counts as 0");
        Assert.That(iou[4], Is.NaN, "a class that never occurs does not count");
    }

    [Test]
    public void Add_UnequalBatches_IsNotTheMeanOfBatches()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add([0, 0, 0, 0], [0, 0, 0, 1]);
        matrix.Add([1], [1]);

        Assert.That(matrix.PixelAccuracy, Is.EqualTo(0.8)); // batches: (0.75 + 1) / 2
        Assert.That(matrix.MeanIntersectionOverUnion, Is.EqualTo((0.75 + 0.5) / 2));
        Assert.That(matrix[0, 1], Is.EqualTo(1));
        Assert.That(matrix[1, 0], Is.Zero);
    }

    [Test]
    public void Add_AnotherMatrix_EqualsAddingItsPixels()
    {
        var (whole, first, second) = (new ConfusionMatrix(3), new ConfusionMatrix(3), new ConfusionMatrix(3));
        whole.Add([0, 1, 2, 2], [0, 2, 2, 1]);
        first.Add([0, 1], [0, 2]);
        second.Add([2, 2], [2, 1]);
        first.Add(second);

        Assert.That(first.Total, Is.EqualTo(4));
        Assert.That(first.MeanIntersectionOverUnion, Is.EqualTo(whole.MeanIntersectionOverUnion));
        Assert.That(() => first.Add(new ConfusionMatrix(2)), Throws.ArgumentException);
    }

    [Test]
    public void Metrics_NothingCounted_AreNaN()
    {
        var matrix = new ConfusionMatrix(3, ignoreValue: 0);
        matrix.Add([0, 0], [1, 200]);

        Assert.That(new[] { matrix.PixelAccuracy, matrix.MeanIntersectionOverUnion, matrix.MeanF1 }, Is.All.NaN);
    }

    [TestCase(3, 0)]
    [TestCase(0, 3)]
    public void Add_ClassOutOfRange_NamesThePixel(byte given, byte predicted)
    {
        Assert.That(() => new ConfusionMatrix(3).Add([1, given], [1, predicted]),
            Throws.ArgumentException.With.Message.Contains("Pixel 1").And.Message.Contains("0 to 2"));
    }
}
