using System.Numerics;

namespace Ilt.Corruption;

/// <summary>How near a row is to rows of another class: a score of ambiguity that a k-nearest-neighbours model gives to rows it leaves out.</summary>
/// <param name="Ambiguity">Per row, the share of its nearest neighbours whose class is another one, in [0, 1]; 0 where the row has no label.</param>
/// <param name="Rival">Per row, the most frequent of those other classes, the lower of several; -1 where there is none.</param>
public sealed record NeighbourAmbiguity(double[] Ambiguity, int[] Rival)
{
    /// <summary>Measures all rows; O(N^2 D) time.</summary>
    /// <param name="features">[N x D], row-major, finite; each feature is brought to unit deviation first.</param>
    /// <param name="labels">Class of each row; below 0: no label, and no neighbour of others.</param>
    /// <param name="neighbours">Neighbours k, at least 1; the row itself is none of them. Of equally near rows the earlier ones count.</param>
    /// <returns>Ambiguity and rival of each row.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or k is out of range.</exception>
    public static NeighbourAmbiguity Measure(ReadOnlySpan<float> features, ReadOnlySpan<int> labels, int neighbours = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        if (labels.Length == 0 || features.Length % labels.Length != 0)
            throw new ArgumentException(FormattableString.Invariant($"{features.Length} features do not divide into {labels.Length} rows."), nameof(features));
        var (rows, dimensions) = (labels.Length, features.Length / labels.Length);
        var scaled = Scale(features, rows, dimensions);
        var classes = labels.ToArray();
        var (ambiguity, rival) = (new double[rows], new int[rows]);
        Parallel.For(0, rows, row =>
        {
            rival[row] = -1;
            if (classes[row] < 0) return;
            var nearest = Nearest(scaled, classes, row, dimensions, neighbours);
            var others = nearest.Select(other => classes[other]).Where(c => c != classes[row]).ToArray();
            if (others.Length == 0) return;
            ambiguity[row] = (double)others.Length / nearest.Count;
            rival[row] = others.GroupBy(c => c).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
        });
        return new NeighbourAmbiguity(ambiguity, rival);
    }

    private static List<int> Nearest(float[] scaled, int[] classes, int row, int dimensions, int count)
    {
        var queue = new PriorityQueue<int, (float Distance, int Row)>(Comparer<(float Distance, int Row)>.Create((a, b) => b.CompareTo(a))); // the farthest comes out first
        var own = scaled.AsSpan(row * dimensions, dimensions);
        for (var other = 0; other < classes.Length; other++)
        {
            if (other == row || classes[other] < 0) continue;
            var place = (SquaredDistance(own, scaled.AsSpan(other * dimensions, dimensions)), other);
            if (queue.Count < count) queue.Enqueue(other, place);
            else queue.EnqueueDequeue(other, place);
        }

        return [.. queue.UnorderedItems.Select(item => item.Element)];
    }

    private static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(a[i..]) - new Vector<float>(b[i..]);
            sum += difference * difference;
        }

        var total = Vector.Sum(sum);
        for (; i < a.Length; i++) total += (a[i] - b[i]) * (a[i] - b[i]);
        return total;
    }

    private static float[] Scale(ReadOnlySpan<float> features, int rows, int dimensions)
    {
        var scaled = features.ToArray();
        for (var d = 0; d < dimensions; d++)
        {
            double sum = 0, squares = 0;
            for (var row = 0; row < rows; row++) sum += scaled[(row * dimensions) + d];
            var mean = sum / rows;
            for (var row = 0; row < rows; row++) squares += Math.Pow(scaled[(row * dimensions) + d] - mean, 2);
            var deviation = Math.Sqrt(squares / rows);
            for (var row = 0; row < rows; row++)
                scaled[(row * dimensions) + d] = deviation > 0 ? (float)((scaled[(row * dimensions) + d] - mean) / deviation) : 0;
        }

        return scaled;
    }
}
