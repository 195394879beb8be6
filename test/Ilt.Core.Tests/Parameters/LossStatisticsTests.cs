using Ilt.Support;
using Ilt.Weighting;

namespace Ilt.Parameters;

[TestFixture]
public sealed class LossStatisticsTests
{
    [Test]
    public void Getters_NeverSeen_AreNaN()
    {
        var statistics = new LossStatistics(2, 1);

        Assert.That(new[] { statistics.LastLoss(1, 0), statistics.MeanLoss(1, 0), statistics.MeanMargin(1, 0), statistics.MeanLogLoss(1, 0) }, Is.All.NaN);
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(8)]
    public void Record_WholeRun_EqualsMeansOverTheKeptHistory(int epochs)
    {
        const int rows = 6, tasks = 2;
        var statistics = new LossStatistics(rows, tasks);
        var history = new List<float[]>();
        var margins = new List<float[]>();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            history.Add(Losses.Random(rows, tasks, seed: epoch));
            margins.Add(Array.ConvertAll(history[epoch], loss => 1 - loss));
            foreach (var batch in new[] { new[] { 0, 1, 2, 3 }, [4, 5] })
            {
                var from = batch[0] * tasks;
                var count = batch.Length * tasks;
                statistics.Record(epoch, new LossBatch(batch, tasks, history[epoch].AsSpan(from, count)), margins[epoch].AsSpan(from, count));
            }
        }

        for (var cell = 0; cell < rows * tasks; cell++)
        {
            var (row, task) = (cell / tasks, cell % tasks);
            Assert.That(statistics.LastLoss(row, task), Is.EqualTo(history[^1][cell]));
            Assert.That(statistics.MeanLoss(row, task), Is.EqualTo(history.Average(losses => losses[cell])).Within(1e-4).Percent);
            Assert.That(statistics.MeanMargin(row, task), Is.EqualTo(margins.Average(values => values[cell])).Within(1e-5));
            Assert.That(statistics.MeanLogLoss(row, task),
                Is.EqualTo(history.Select((losses, epoch) => (epoch + 1) * Math.Log(losses[cell] + 0.05)).Sum() / (epochs * (epochs + 1) / 2)).Within(1e-5));
        }
    }

    [Test]
    public void Record_MissingLabel_LeavesTheCellUntouched()
    {
        var statistics = new LossStatistics(1, 2);
        statistics.Record(0, new LossBatch([0], 2, [float.NaN, 3f]), [0.5f, float.NaN]);

        Assert.That(statistics.LastLoss(0, 0), Is.NaN);
        Assert.That(statistics.MeanMargin(0, 0), Is.NaN);
        Assert.That(statistics.MeanLoss(0, 1), Is.EqualTo(3f));
        Assert.That(statistics.MeanMargin(0, 1), Is.NaN);
    }

    [Test]
    public void Record_ZeroAndInfiniteLosses_KeepFiniteMeans()
    {
        var statistics = new LossStatistics(1, 2);
        for (var epoch = 0; epoch < 4; epoch++)
            statistics.Record(epoch, new LossBatch([0], 2, [0f, float.PositiveInfinity]), []);

        Assert.That(statistics.MeanLogLoss(0, 0), Is.EqualTo(Math.Log(0.05)).Within(1e-4));
        Assert.That(float.IsFinite(statistics.MeanLoss(0, 1)) && statistics.MeanLoss(0, 1) > 1e29f, Is.True);
    }

    [Test]
    public void Record_WrongShapes_AreRefused()
    {
        var statistics = new LossStatistics(2, 2);
        Assert.That(() => statistics.Record(0, new LossBatch([0], 1, [1f]), []), Throws.ArgumentException.With.Message.StartsWith("Expected losses of 2 tasks; found 1."));
        Assert.That(() => statistics.Record(0, new LossBatch([0], 2, [1f, 1f]), [1f]), Throws.ArgumentException.With.Message.StartsWith("Expected no margins or 2; found 1."));
        Assert.That(() => statistics.Record(0, new LossBatch([2], 2, [1f, 1f]), []), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
