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

        Assert.That(new[] { statistics.LastLoss(1, 0), statistics.MeanLoss(1, 0), statistics.MeanMargin(1, 0), statistics.MeanLogLoss(1, 0), statistics.ForgettingEvents(1, 0) }, Is.All.NaN);
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
        Assert.That(statistics.ForgettingEvents(0, 0), Is.NaN);
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

    // + = the label was predicted, - = it was not, one visit per epoch.
    [TestCase("+", 0), TestCase("+++++", 0), TestCase("---++", 0), TestCase("+-", 1), TestCase("+-+-+", 2), TestCase("-+--+-", 2)]
    [TestCase("-", 1), TestCase("-----", 5)]
    public void ForgettingEvents_OfAHistory_CountsRightThenWrong(string history, float expected)
    {
        var statistics = new LossStatistics(1, 1);
        for (var epoch = 0; epoch < history.Length; epoch++)
            statistics.Record(epoch, new LossBatch([0], 1, [1f]), [history[epoch] == '+' ? 0.3f : -0.3f]);

        Assert.That(statistics.ForgettingEvents(0, 0), Is.EqualTo(expected));
    }

    [Test]
    public void ForgettingEvents_SavedAndRestored_GoOn()
    {
        var (whole, first, second) = (new LossStatistics(2, 1), new LossStatistics(2, 1), new LossStatistics(2, 1));
        for (var epoch = 0; epoch < 6; epoch++)
        {
            if (epoch == 3)
            {
                using var state = new MemoryStream();
                first.Save(new BinaryWriter(state));
                state.Position = 0;
                second.Restore(new BinaryReader(state));
            }

            foreach (var statistics in new[] { whole, epoch < 3 ? first : second })
                statistics.Record(epoch, new LossBatch([0, 1], 1, [1f, 1f]), [epoch % 2 == 0 ? 1 : -1, -1]);
        }

        Assert.That((second.ForgettingEvents(0, 0), second.ForgettingEvents(1, 0)), Is.EqualTo((3f, 6f)));
        Assert.That((whole.ForgettingEvents(0, 0), whole.ForgettingEvents(1, 0)), Is.EqualTo((3f, 6f)));
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
