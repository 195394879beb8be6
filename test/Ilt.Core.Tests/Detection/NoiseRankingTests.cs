namespace Ilt.Detection;

[TestFixture]
public sealed class NoiseRankingTests
{
    [Test]
    public void Rank_DistinctScores_OrdersByScoreWhateverTheSign() =>
        Assert.That(NoiseRanking.Rank([-3f, 2f, -1f, 0f], [], Ids(4)), Is.EqualTo(new[] { 1, 3, 2, 0 }));

    [Test]
    public void Rank_EqualScores_OrdersByLogVarianceAndPutsUnknownOnesLast() =>
        Assert.That(NoiseRanking.Rank([1f, 1f, 1f], [0f, float.NaN, 2f], Ids(3)), Is.EqualTo(new[] { 2, 0, 1 }));

    [Test]
    public void Rank_NaNScores_AreLeftOut() =>
        Assert.That(NoiseRanking.Rank([float.NaN, 1f, float.NaN], [9f, 0f, 9f], Ids(3)), Is.EqualTo(new[] { 1 }));

    [Test]
    public void Rank_AllTied_DoesNotDependOnRowOrder()
    {
        var ids = Ids(200);
        var ranked = NoiseRanking.Rank(new float[200], new float[200], ids).Select(row => ids[row]).ToArray();
        string[] reversed = [.. ids.Reverse()];

        Assert.That(NoiseRanking.Rank(new float[200], new float[200], reversed).Select(row => reversed[row]), Is.EqualTo(ranked));
    }

    [Test]
    public void Rank_AllTied_LooksLikeChanceAlongTheFile()
    {
        // The hash must not leave "1", "2", .. in order: no correlation between position and rank.
        var ranking = NoiseRanking.Rank(new float[2000], [], Ids(2000));
        float[] positions = [.. ranking.Select(row => (float)row)];
        float[] ranks = [.. Enumerable.Range(0, 2000).Select(rank => (float)rank)];

        Assert.That(DetectionMetrics.Spearman(positions, ranks), Is.EqualTo(0).Within(0.08)); // 3.6 standard deviations
    }

    [Test]
    public void Rank_FewDistinctScores_IsTheOrderOfAWholeComparison()
    {
        var random = new Random(3);
        float[] values = [float.NaN, -1f, -0f, 0f, 0.5f, 2f, float.NegativeInfinity, float.PositiveInfinity];
        float[] scores = [.. Enumerable.Range(0, 500).Select(_ => values[random.Next(values.Length)])];
        float[] variances = [.. Enumerable.Range(0, 500).Select(_ => values[random.Next(values.Length)])];
        var ids = Ids(500);
        var expected = Enumerable.Range(0, 500).Where(row => !float.IsNaN(scores[row]))
            .OrderByDescending(row => scores[row] + 0f).ThenByDescending(row => variances[row]).ThenBy(row => NoiseRanking.Hash(ids[row])).ToArray();

        Assert.That(NoiseRanking.Rank(scores, variances, ids), Is.EqualTo(expected));
    }

    [Test]
    public void Hash_KnownId_NeverChanges() =>
        // FNV-1a over the UTF-16 bytes 61 00, then SplitMix64's output function; computed by a few lines of Python.
        Assert.That(NoiseRanking.Hash("a"), Is.EqualTo(0xd0137a57d0ef408f));

    [Test]
    public void Rank_LengthsThatDoNotFit_AreRefused()
    {
        Assert.That(() => NoiseRanking.Rank([1f, 2f], [], Ids(3)), Throws.ArgumentException);
        Assert.That(() => NoiseRanking.Rank([1f, 2f], [1f], Ids(2)), Throws.ArgumentException);
    }

    private static string[] Ids(int count) => [.. Enumerable.Range(1, count).Select(position => $"{position}")];
}
