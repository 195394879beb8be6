namespace Ilt.Parameters;

[TestFixture]
public sealed class OrderStatisticsTests
{
    [Test]
    public void Select_SeededDataWithTies_EqualsSorting()
    {
        var random = new Random(3);
        for (var length = 1; length < 60; length++)
        {
            var values = Array.ConvertAll(new float[length], _ => random.Next(-9, 10) / 2f);
            float[] sorted = [.. values.Order()];
            for (var k = 0; k < length; k++)
                Assert.That(OrderStatistics.Select((float[])values.Clone(), k), Is.EqualTo(sorted[k]), $"length {length}, k {k}");
        }
    }

    [TestCase(0, 1)]
    [TestCase(0.25, 2)]
    [TestCase(0.5, 3)]
    [TestCase(0.6, 4.4)] // position 2.4 between 3 and 6.5: 3 + 0.4 * 3.5
    [TestCase(1, 9)]
    public void Quantile_FiveValues_InterpolatesLinearly(double q, double expected) =>
        Assert.That(OrderStatistics.Quantile([9f, 1f, 6.5f, 2f, 3f], q), Is.EqualTo(expected).Within(1e-6));

    [Test]
    public void Quantile_EvenCount_MedianIsTheMeanOfTheMiddleTwo() =>
        Assert.That(OrderStatistics.Quantile([4f, 1f, 3f, 2f], 0.5), Is.EqualTo(2.5));

    [Test]
    public void Quantile_NoValues_IsNaN() => Assert.That(OrderStatistics.Quantile([], 0.5), Is.NaN);

    [Test]
    public void Select_ManyEqualAndSortedValues_StaysFast()
    {
        float[] values = [.. Enumerable.Repeat(-4f, 500_000), .. Enumerable.Range(0, 500_000).Select(i => (float)i)];
        Assert.That(OrderStatistics.Select(values, 500_000), Is.Zero);
    }
}
