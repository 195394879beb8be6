namespace Ilt.Weighting;

[TestFixture]
public sealed class LossBatchTests
{
    [Test]
    public void Mean_MissingLabels_CountsLabelledRowsOnly()
    {
        var batch = new LossBatch([7, 8, 9], 2, [1f, float.NaN, 2f, float.NaN, float.NaN, float.NaN]);

        Assert.That(batch.Mean(0, out var labelled), Is.EqualTo(1.5));
        Assert.That(labelled, Is.EqualTo(2));
        Assert.That(batch.Mean(1, out var none), Is.NaN);
        Assert.That(none, Is.Zero);
    }

    [Test]
    public void Constructor_LengthsThatDoNotFit_AreRefused() =>
        Assert.That(() => { _ = new LossBatch([0, 1], 2, new float[3]); }, Throws.ArgumentException.With.Message.StartsWith("Expected 2 rows x 2 tasks = 4 losses; found 3."));
}
