using System.Numerics;
using System.Runtime.InteropServices;
using Ilt.Corruption;

namespace Ilt.Auditing;

/// <summary>The nearest neighbours of every point by Euclidean distance, exact; of many points among a sample of them.</summary>
/// <param name="K">Neighbours per point.</param>
/// <param name="Indices">[points x K], nearest first; of equal distances the lower one first.</param>
/// <param name="Distances">[points x K].</param>
/// <param name="References">Points that were compared with; fewer than there are: a sample.</param>
internal sealed record Neighbours(int K, int[] Indices, float[] Distances, int References)
{
    /// <summary>The most points that every point is compared with.</summary>
    public const int MostReferences = 20_000;

    private const int FewestReferences = 1000;
    private const long MostComparisons = 2_000_000_000; // 100,000 points with as many references as there may be: one to three minutes on two cores

    private const int QueriesAtOnce = 32, ReferencesAtOnce = 256; // a tile of references stays in the cache

    /// <summary>Points that neighbours were looked for.</summary>
    public int Count => Indices.Length / K;

    /// <summary>What to say where there may be nearer neighbours than those found; nothing where there are none.</summary>
    public string SampleInWords => References == Count ? "" : $" Each of the {Words.Number(Count)} different rows was compared with a sample of {Words.Number(References)} of them.";

    public int Nearest(int point) => Indices[point * K];

    /// <summary>The distance of the n-th neighbour, from 0.</summary>
    public float Distance(int point, int n) => Distances[(point * K) + n];

    /// <summary>Finds them.</summary>
    /// <param name="points">The points.</param>
    /// <param name="k">Neighbours per point; of fewer points as many as there are others.</param>
    /// <param name="seed">Chooses the sample.</param>
    /// <param name="cancellation">Stops at the next block.</param>
    /// <param name="most">The most references; null: as many as take some minutes.</param>
    /// <returns>Null: there are not two points.</returns>
    public static Neighbours? Find(PointSet points, int k, int seed, CancellationToken cancellation, int? most = null)
    {
        var references = Sample(points.Count, most ?? (int)Math.Clamp(MostComparisons / Math.Max(1, points.Count), FewestReferences, MostReferences), seed);
        k = Math.Min(k, references.Length - 1);
        if (k < 1) return null;
        var width = (points.Dimensions + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        var order = LargestSpreadFirst(points);
        var (queries, targets) = (new float[points.Count * width], new float[references.Length * width]);
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < order.Length; d++) queries[(i * width) + d] = points.Values[(i * points.Dimensions) + order[d]];
        for (var r = 0; r < references.Length; r++) queries.AsSpan(references[r] * width, width).CopyTo(targets.AsSpan(r * width, width));

        var (indices, distances) = (new int[points.Count * k], new float[points.Count * k]);
        Array.Fill(distances, float.PositiveInfinity);
        var blocks = (points.Count + QueriesAtOnce - 1) / QueriesAtOnce;
        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellation }, block =>
        {
            var last = Math.Min(points.Count, (block + 1) * QueriesAtOnce);
            for (var tile = 0; tile < references.Length; tile += ReferencesAtOnce)
            {
                var end = Math.Min(references.Length, tile + ReferencesAtOnce);
                for (var query = block * QueriesAtOnce; query < last; query++)
                {
                    var near = indices.AsSpan(query * k, k);
                    var far = distances.AsSpan(query * k, k);
                    for (var r = tile; r < end; r++)
                    {
                        if (references[r] == query) continue;
                        var distance = Squared(queries, query * width, targets, r * width, width, far[k - 1]);
                        if (distance < far[k - 1]) Insert(near, far, references[r], distance);
                    }
                }
            }
        });
        for (var i = 0; i < distances.Length; i++) distances[i] = MathF.Sqrt(distances[i]);
        return new Neighbours(k, indices, distances, references.Length);
    }

    // In the order of their rows, so that ties fall alike with and without a sample.
    private static int[] Sample(int count, int most, int seed)
    {
        var chosen = Enumerable.Range(0, count).ToArray();
        if (count <= most) return chosen;
        new SeededGenerator(seed).Shuffle<int>(chosen);
        return [.. chosen.Take(most).Order()];
    }

    // A sum that begins with its largest terms is soon too large to go on with.
    private static int[] LargestSpreadFirst(PointSet points)
    {
        var squares = new double[points.Dimensions];
        for (var i = 0; i < points.Values.Length; i++) squares[i % squares.Length] += (double)points.Values[i] * points.Values[i];
        return [.. Enumerable.Range(0, squares.Length).OrderByDescending(d => squares[d])];
    }

    // Sums of differences rather than of products, which would lose the small distances that matter.
    private static float Squared(float[] a, int from, float[] b, int to, int width, float enough)
    {
        ref var left = ref MemoryMarshal.GetArrayDataReference(a);
        ref var right = ref MemoryMarshal.GetArrayDataReference(b);
        var sum = 0f;
        for (var d = 0; d < width;)
        {
            var part = Vector<float>.Zero;
            for (var end = Math.Min(width, d + (4 * Vector<float>.Count)); d < end; d += Vector<float>.Count)
            {
                var difference = Vector.LoadUnsafe(ref left, (nuint)(from + d)) - Vector.LoadUnsafe(ref right, (nuint)(to + d));
                part += difference * difference;
            }
            sum += Vector.Sum(part);
            if (sum >= enough) return sum;
        }
        return sum;
    }

    private static void Insert(Span<int> near, Span<float> far, int point, float distance)
    {
        var place = far.Length - 1;
        for (; place > 0 && far[place - 1] > distance; place--) (near[place], far[place]) = (near[place - 1], far[place - 1]);
        (near[place], far[place]) = (point, distance);
    }
}
