namespace Ilt.Metrics;

/// <summary>Errors of predicted numbers, gathered over a whole data set. Not thread-safe.</summary>
/// <remarks>Add everything first and read the metrics afterwards: they are of all pixels together, never averages of batches.</remarks>
public sealed class MapErrors
{
    private double absolute;
    private double relative;
    private double squared;
    private long notZero;

    /// <summary>Pixels with a value counted so far.</summary>
    public long Total { get; private set; }

    /// <summary>Mean of |predicted - given|, in units of the map; NaN when nothing was counted.</summary>
    public double MeanAbsolute => absolute / Total;

    /// <summary>Mean of |predicted - given| / |given| over the pixels whose given value is not 0; NaN when there is none.</summary>
    public double MeanRelative => relative / notZero;

    /// <summary>Root of the mean of (predicted - given)^2, in units of the map; NaN when nothing was counted.</summary>
    public double RootMeanSquare => Math.Sqrt(squared / Total);

    /// <summary>All that was counted, which adds up number by number.</summary>
    internal double[] Sums
    {
        get => [Total, notZero, absolute, relative, squared];
        set => (Total, notZero, absolute, relative, squared) = ((long)value[0], (long)value[1], value[2], value[3], value[4]);
    }

    /// <summary>Counts pixels.</summary>
    /// <param name="given">Given values; NaN where a pixel has none and does not count.</param>
    /// <param name="predicted">Predicted values.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Add(ReadOnlySpan<float> given, ReadOnlySpan<float> predicted)
    {
        if (given.Length != predicted.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected one prediction per given value ({given.Length}); found {predicted.Length}."), nameof(predicted));
        for (var pixel = 0; pixel < given.Length; pixel++)
        {
            if (float.IsNaN(given[pixel]))
                continue;
            var error = Math.Abs((double)predicted[pixel] - given[pixel]);
            Total++;
            absolute += error;
            squared += error * error;
            if (given[pixel] == 0)
                continue;
            notZero++;
            relative += error / Math.Abs((double)given[pixel]);
        }
    }

    /// <summary>Adds the counts of another gathering, e.g. one filled on another thread.</summary>
    /// <param name="other">The other one.</param>
    public void Add(MapErrors other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Total += other.Total;
        notZero += other.notZero;
        absolute += other.absolute;
        relative += other.relative;
        squared += other.squared;
    }
}
