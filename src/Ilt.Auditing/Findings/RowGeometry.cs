namespace Ilt.Auditing;

/// <summary>Which rows have the same input, and which distinct inputs are near each other. Computed once for all checks.</summary>
internal sealed class RowGeometry
{
    /// <summary>Neighbours per point.</summary>
    public const int K = 10;

    private readonly DataEvidence evidence;
    private Neighbours? featureNeighbours;
    private Neighbours? embeddingNeighbours;

    public RowGeometry(DataEvidence evidence)
    {
        this.evidence = evidence;
        var groups = Enumerable.Range(0, evidence.RowCount).GroupBy(row => row, Comparer(evidence)).Select(group => group.ToArray()).ToArray();
        RowsOf = groups;
        int[] first = [.. groups.Select(group => group[0])];
        var columns = evidence.FeatureCount;
        Features = columns == 0 ? null : PointSet.Of(evidence.Features!, columns, first, scaled: true);
        Embedding = evidence.Embedding is not { Length: > 0 } embedding ? null : PointSet.Of(embedding, embedding.Length / evidence.RowCount, first, scaled: false);
    }

    /// <summary>Per distinct input, in the order of its first row, the rows that have it.</summary>
    public IReadOnlyList<int[]> RowsOf { get; }

    /// <summary>Per distinct input a point by its standardised features; null: there are none that differ.</summary>
    public PointSet? Features { get; }

    /// <summary>The same where the network sees it.</summary>
    public PointSet? Embedding { get; }

    public Neighbours? FeatureNeighbours(CancellationToken cancellation) =>
        featureNeighbours ??= Features is null ? null : Neighbours.Find(Features, K, evidence.Seed, cancellation);

    public Neighbours? EmbeddingNeighbours(CancellationToken cancellation) =>
        embeddingNeighbours ??= Embedding is null ? null : Neighbours.Find(Embedding, K, evidence.Seed, cancellation);

    private static IEqualityComparer<int> Comparer(DataEvidence evidence)
    {
        if (evidence.InputHashes is { } hashes) return EqualityComparer<int>.Create((a, b) => hashes[a] == hashes[b], row => hashes[row].GetHashCode());
        if (evidence.FeatureCount is var count && count == 0) return EqualityComparer<int>.Default;
        var features = evidence.Features!;
        return EqualityComparer<int>.Create(
            (a, b) => Enumerable.Range(0, count).All(d => features[(a * count) + d].Equals(features[(b * count) + d])), // missing values are equal
            row =>
            {
                var hash = new HashCode();
                foreach (var value in features.AsSpan(row * count, count)) hash.Add(value);
                return hash.ToHashCode();
            });
    }
}
