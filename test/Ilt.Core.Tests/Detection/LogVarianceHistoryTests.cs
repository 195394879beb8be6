using Ilt.Parameters;

namespace Ilt.Detection;

[TestFixture]
public sealed class LogVarianceHistoryTests
{
    [Test]
    public void Of_HundredAndOneValues_AreTheExpectedPercentiles()
    {
        float[] values = [.. Enumerable.Range(0, 101).Select(i => (i * 37 % 101) / 25f)]; // 0, 0.04, .. 4 in a mixed order
        var quantiles = LogVarianceQuantiles.Of(values);

        Assert.That(quantiles.Minimum, Is.Zero);
        Assert.That(quantiles.P05, Is.EqualTo(0.2).Within(1e-6));
        Assert.That(quantiles.P25, Is.EqualTo(1).Within(1e-6));
        Assert.That(quantiles.Median, Is.EqualTo(2).Within(1e-6));
        Assert.That(quantiles.P75, Is.EqualTo(3).Within(1e-6));
        Assert.That(quantiles.P95, Is.EqualTo(3.8).Within(1e-6));
        Assert.That(quantiles.Maximum, Is.EqualTo(4));
    }

    [Test]
    public void Of_TaskWithoutLabels_IsNaN() =>
        Assert.That(LogVarianceQuantiles.Of(new InstanceTaskParameters(3, 1, new()), 0).Median, Is.NaN);

    [Test]
    public void Record_TwoEpochs_KeepsQuantilesAndTheWatchedPath()
    {
        // Step 0.4: after the first epoch s = (-0.4, 0.4); after the second row 1 stands at 0.8.
        var parameters = new InstanceTaskParameters(2, 1, new());
        var history = new LogVarianceHistory(1);
        parameters.Step([0, 1], [1f, -1f]);
        history.Record(parameters);
        parameters.Step([0, 1], [0f, -1f]);
        history.Record(parameters);

        Assert.That(history.Epochs, Is.EqualTo(2));
        Assert.That(history.Path(1, 0), Is.EqualTo(new[] { 0.4f, 0.8f }).Within(1e-6));
        Assert.That(history.Quantiles(0, 0).Median, Is.EqualTo(0).Within(1e-7));
        Assert.That(history.Quantiles(1, 0).Maximum, Is.EqualTo(0.8).Within(1e-6));
    }

    [Test]
    public void Path_RowNotWatched_IsRefusedWithAdvice() =>
        Assert.That(() => new LogVarianceHistory(1).Path(0, 0), Throws.ArgumentException.With.Message.StartsWith("Row 0 is not watched;"));
}
