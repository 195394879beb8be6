namespace Ilt.Detection;

[TestFixture]
public sealed class DetectionMetricsTests
{
    private static readonly bool[] HandTruth = [true, false, true, false];

    [Test]
    public void PrecisionAtK_HandRanking_CountsTheFirstK()
    {
        int[] ranking = [0, 1, 2, 3]; // true, false, true, false

        Assert.That(DetectionMetrics.PrecisionAtK(ranking, HandTruth, 1), Is.EqualTo(1));
        Assert.That(DetectionMetrics.PrecisionAtK(ranking, HandTruth, 3), Is.EqualTo(2.0 / 3).Within(1e-12));
        Assert.That(DetectionMetrics.PrecisionAtK(ranking, HandTruth, 4), Is.EqualTo(0.5));
        Assert.That(DetectionMetrics.PrecisionAtTrueCount(ranking, HandTruth), Is.EqualTo(0.5));
    }

    [TestCase(0)]
    [TestCase(5)]
    public void PrecisionAtK_KOutOfRange_IsRefused(int k) =>
        Assert.That(() => DetectionMetrics.PrecisionAtK([0, 1, 2, 3], HandTruth, k),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("between 1 and the number of ranked rows, 4"));

    [Test]
    public void PrecisionAtK_RowOutsideTheMask_IsRefused() =>
        Assert.That(() => DetectionMetrics.PrecisionAtK([4], HandTruth, 1), Throws.ArgumentException.With.Message.StartsWith("The ranking names row 4;"));

    [Test]
    public void AveragePrecision_HandRanking_AveragesThePrecisionsAtTheHits() =>
        Assert.That(DetectionMetrics.AveragePrecision([0, 1, 2, 3], HandTruth), Is.EqualTo((1 + (2.0 / 3)) / 2).Within(1e-12));

    [Test]
    public void AveragePrecision_AllScoresTied_IsTheBaseRate() =>
        Assert.That(DetectionMetrics.AveragePrecision(new float[4], HandTruth), Is.EqualTo(0.5));

    [Test]
    public void RocAuc_HandScores_CountsTiesAsHalf() =>
        // Corrupted 3 and 1 against clean 1 and 0: wins 1 + 1 + 1/2 + 1 of 4.
        Assert.That(DetectionMetrics.RocAuc([3f, 1f, 1f, 0f], HandTruth), Is.EqualTo(3.5 / 4));

    [Test]
    public void Metrics_NoPositives_AreNaN()
    {
        var none = new bool[3];
        float[] scores = [1f, 2f, 3f];
        int[] ranking = [2, 1, 0];

        Assert.That(DetectionMetrics.PrecisionAtTrueCount(ranking, none), Is.NaN);
        Assert.That(DetectionMetrics.AveragePrecision(ranking, none), Is.NaN);
        Assert.That(DetectionMetrics.AveragePrecision(scores, none), Is.NaN);
        Assert.That(DetectionMetrics.RocAuc(scores, none), Is.NaN);
        Assert.That(DetectionMetrics.RocAuc(ranking, none), Is.NaN);
        Assert.That(DetectionMetrics.RocAuc(scores, [true, true, true]), Is.NaN);
        Assert.That(DetectionMetrics.AveragePrecision((float[])[], []), Is.NaN);
    }

    [Test]
    public void Metrics_SeededScoresWithTies_EqualTheirSlowTwins()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (scores, wrong) = Data(seed, 30);
            Assert.That(DetectionMetrics.RocAuc(scores, wrong), Is.EqualTo(SlowRocAuc(scores, wrong)).Within(1e-12), $"seed {seed}");
            Assert.That(DetectionMetrics.AveragePrecision(scores, wrong), Is.EqualTo(SlowAveragePrecision(scores, wrong)).Within(1e-12), $"seed {seed}");
        }
    }

    [Test]
    public void Metrics_RankingWithoutTies_EqualThoseOfItsScores()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (scores, wrong) = Data(seed, 25);
            for (var row = 0; row < scores.Length; row++)
                scores[row] += row * 1e-3f; // no ties left
            var ranking = NoiseRanking.Rank(scores, [], [.. Enumerable.Range(0, 25).Select(row => $"{row}")]);
            Assert.That(DetectionMetrics.RocAuc(ranking, wrong), Is.EqualTo(DetectionMetrics.RocAuc(scores, wrong)).Within(1e-12));
            Assert.That(DetectionMetrics.AveragePrecision(ranking, wrong), Is.EqualTo(DetectionMetrics.AveragePrecision(scores, wrong)).Within(1e-12));
        }
    }

    [Test]
    public void Metrics_StrictlyIncreasingMapOfScores_ChangesNothing()
    {
        var (scores, wrong) = Data(11, 60);
        var mapped = Array.ConvertAll(scores, score => (float)Math.Exp(score / 4) - 5);
        var other = Data(12, 60).Scores;

        Assert.That(DetectionMetrics.RocAuc(mapped, wrong), Is.EqualTo(DetectionMetrics.RocAuc(scores, wrong)));
        Assert.That(DetectionMetrics.AveragePrecision(mapped, wrong), Is.EqualTo(DetectionMetrics.AveragePrecision(scores, wrong)));
        Assert.That(DetectionMetrics.Spearman(mapped, other), Is.EqualTo(DetectionMetrics.Spearman(scores, other)));
    }

    [Test]
    public void Metrics_NaNScores_EqualThoseRowsRemoved()
    {
        var (scores, wrong) = Data(13, 20);
        float[] withGaps = [.. scores, float.NaN, float.NaN];
        bool[] longTruth = [.. wrong, true, false];

        Assert.That(DetectionMetrics.RocAuc(withGaps, longTruth), Is.EqualTo(DetectionMetrics.RocAuc(scores, wrong)));
        Assert.That(DetectionMetrics.AveragePrecision(withGaps, longTruth), Is.EqualTo(DetectionMetrics.AveragePrecision(scores, wrong)));
        Assert.That(DetectionMetrics.Spearman([.. scores, float.NaN], [.. scores, 1f]), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void Spearman_HandValues_UsesMeanRanksForTies() =>
        // Ranks (1, 2.5, 2.5, 4) against (1, 2, 3, 4): 4.5 / sqrt(4.5 * 5).
        Assert.That(DetectionMetrics.Spearman([0f, 5f, 5f, 9f], [1f, 2f, 3f, 4f]), Is.EqualTo(4.5 / Math.Sqrt(4.5 * 5)).Within(1e-12));

    [Test]
    public void Spearman_SeededData_EqualsItsSlowTwin()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (a, b) = (Data(seed, 25).Scores, Data(seed + 100, 25).Scores);
            Assert.That(DetectionMetrics.Spearman(a, b), Is.EqualTo(SlowSpearman(a, b)).Within(1e-12));
        }
    }

    [Test]
    public void Spearman_ConstantOrTooShort_IsNaN()
    {
        Assert.That(DetectionMetrics.Spearman([1f, 1f, 1f], [1f, 2f, 3f]), Is.NaN);
        Assert.That(DetectionMetrics.Spearman([1f], [1f]), Is.NaN);
        Assert.That(DetectionMetrics.Spearman([], []), Is.NaN);
    }

    [Test]
    public void Metrics_LengthsThatDiffer_AreRefused()
    {
        Assert.That(() => DetectionMetrics.RocAuc([1f], HandTruth), Throws.ArgumentException);
        Assert.That(() => DetectionMetrics.AveragePrecision([1f], HandTruth), Throws.ArgumentException);
        Assert.That(() => DetectionMetrics.Spearman([1f], [1f, 2f]), Throws.ArgumentException);
    }

    private static (float[] Scores, bool[] Truth) Data(int seed, int count)
    {
        var random = new Random(seed);
        float[] scores = [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(-6, 6))]; // many ties, half of them negative
        bool[] wrong = [.. Enumerable.Range(0, count).Select(i => i == 0 || (i > 1 && random.Next(3) == 0))];
        return (scores, wrong);
    }

    private static double SlowRocAuc(float[] scores, bool[] wrong)
    {
        double wins = 0, pairs = 0;
        for (var i = 0; i < scores.Length; i++)
            for (var j = 0; j < scores.Length; j++)
                if (wrong[i] && !wrong[j])
                {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }

        return wins / pairs;
    }

    private static double SlowAveragePrecision(float[] scores, bool[] wrong)
    {
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!wrong[i])
                continue;
            bool[] atLeastAsHigh = [.. wrong.Where((_, j) => scores[j] >= scores[i])];
            sum += (double)atLeastAsHigh.Count(corrupted => corrupted) / atLeastAsHigh.Length;
        }

        return sum / wrong.Count(corrupted => corrupted);
    }

    private static double SlowSpearman(float[] a, float[] b)
    {
        static double[] Ranks(float[] values) =>
            [.. values.Select(value => values.Count(other => other < value) + ((values.Count(other => other == value) + 1) / 2.0))];
        var (x, y) = (Ranks(a), Ranks(b));
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (p, q) => (p - meanX) * (q - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(p => (p - meanX) * (p - meanX)) * y.Sum(q => (q - meanY) * (q - meanY)));
    }
}
