namespace Ilt.Metrics;

/// <summary>
/// Surface error: the mean distance between given and predicted vertices of a body, in millimetres, over a whole data set. Input is in metres.
/// Not thread-safe; fill one per thread and add them up.
/// </summary>
/// <remarks>Vertices are compared where they are: nothing is aligned. Pose both bodies with the same (or no) translation to leave it out.</remarks>
public sealed class SurfaceErrors
{
    private double metres;

    /// <summary>Vertices counted so far.</summary>
    public long Total { get; private set; }

    /// <summary>Mean distance per vertex, in millimetres; NaN when nothing was counted.</summary>
    public double MeanMillimetres => 1000 * metres / Total;

    /// <summary>All that was counted, which adds up number by number.</summary>
    internal double[] Sums
    {
        get => [Total, metres];
        set => (Total, metres) = ((long)value[0], value[1]);
    }

    /// <summary>Counts one body.</summary>
    /// <param name="given">Given vertices, [V, 3], metres.</param>
    /// <param name="predicted">Predicted vertices, [V, 3], metres.</param>
    /// <returns>Mean distance of this body's vertices, in millimetres.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 3.</exception>
    public double Add(ReadOnlySpan<float> given, ReadOnlySpan<float> predicted)
    {
        Points.Check(given, predicted, "vertices");
        var sum = 0.0;
        for (var i = 0; i < given.Length; i += 3)
            sum += Points.Distance(given[i] - (double)predicted[i], given[i + 1] - (double)predicted[i + 1], given[i + 2] - (double)predicted[i + 2]);
        metres += sum;
        Total += given.Length / 3;
        return 1000 * sum / (given.Length / 3);
    }

    /// <summary>Adds the counts of another gathering, e.g. one filled on another thread.</summary>
    /// <param name="other">The other one.</param>
    public void Add(SurfaceErrors other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Total += other.Total;
        metres += other.metres;
    }
}
