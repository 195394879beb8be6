namespace Ilt.Metrics;

/// <summary>How often each given class was predicted as each class, gathered over a whole data set. Not thread-safe.</summary>
/// <remarks>Add everything first and read the metrics afterwards: they are of all pixels together, never averages of batches.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[] counts; // [given x predicted]

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="classCount">Number of classes C, from 1 to 256.</param>
    /// <param name="ignoreValue">Given class of pixels that do not count. Default 255.</param>
    public ConfusionMatrix(int classCount, int ignoreValue = 255)
    {
        if (classCount is < 1 or > 256)
            throw new ArgumentOutOfRangeException(nameof(classCount), classCount, FormattableString.Invariant($"Expected 1 to 256 classes; found {classCount}."));
        ClassCount = classCount;
        IgnoreValue = ignoreValue;
        counts = new long[classCount * classCount];
    }

    /// <summary>Number of classes C.</summary>
    public int ClassCount { get; }

    /// <summary>Given class of pixels that do not count.</summary>
    public int IgnoreValue { get; }

    /// <summary>Pixels counted so far.</summary>
    public long Total { get; private set; }

    /// <summary>All counts, [given x predicted], exact up to 2^53.</summary>
    internal double[] Sums
    {
        get => Array.ConvertAll(counts, count => (double)count);
        set
        {
            for (var i = 0; i < counts.Length; i++)
                counts[i] = (long)value[i];
            Total = counts.Sum();
        }
    }

    /// <summary>How often one class was predicted where another was given.</summary>
    /// <param name="given">The given class.</param>
    /// <param name="predicted">The predicted class.</param>
    public long this[int given, int predicted] => counts[(Checked(given) * ClassCount) + Checked(predicted)];

    /// <summary>Counts pixels.</summary>
    /// <param name="given">Given classes: 0 .. C-1, or the ignored value.</param>
    /// <param name="predicted">Predicted classes: 0 .. C-1; of ignored pixels anything.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a class is out of range.</exception>
    public void Add(ReadOnlySpan<byte> given, ReadOnlySpan<byte> predicted)
    {
        if (given.Length != predicted.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected one prediction per given class ({given.Length}); found {predicted.Length}."), nameof(predicted));
        for (var pixel = 0; pixel < given.Length; pixel++)
        {
            if (given[pixel] == IgnoreValue)
                continue;
            if (given[pixel] >= ClassCount || predicted[pixel] >= ClassCount)
                throw new ArgumentException(FormattableString.Invariant(
                    $"Pixel {pixel} has given class {given[pixel]} and predicted class {predicted[pixel]}; expected 0 to {ClassCount - 1}, or {IgnoreValue} as the given class of ignored pixels."));
            counts[(given[pixel] * ClassCount) + predicted[pixel]]++;
            Total++;
        }
    }

    /// <summary>Adds the counts of another matrix, e.g. one filled on another thread.</summary>
    /// <param name="other">A matrix of as many classes.</param>
    /// <exception cref="ArgumentException">It has another number of classes.</exception>
    public void Add(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.ClassCount != ClassCount)
            throw new ArgumentException(FormattableString.Invariant($"Expected a matrix of {ClassCount} classes; found {other.ClassCount}."), nameof(other));
        for (var i = 0; i < counts.Length; i++)
            counts[i] += other.counts[i];
        Total += other.Total;
    }

    /// <summary>Share of pixels whose predicted class is the given one; NaN when nothing was counted.</summary>
    public double PixelAccuracy
    {
        get
        {
            long right = 0;
            for (var id = 0; id < ClassCount; id++)
                right += this[id, id];
            return Total == 0 ? double.NaN : (double)right / Total;
        }
    }

    /// <summary>Mean of <see cref="IntersectionOverUnion"/> over the classes that were given or predicted at least once; NaN when nothing was counted.</summary>
    public double MeanIntersectionOverUnion => Mean(IntersectionOverUnion);

    /// <summary>Mean of <see cref="F1"/> over the classes that were given or predicted at least once ("macro F1"); NaN when nothing was counted.</summary>
    public double MeanF1 => Mean(F1);

    /// <summary>Pixels where a class is both given and predicted, divided by those where it is either.</summary>
    /// <param name="classId">The class.</param>
    /// <returns>From 0 to 1; NaN when the class was neither given nor predicted.</returns>
    public double IntersectionOverUnion(int classId)
    {
        var (both, given, predicted) = Counts(classId);
        return given + predicted == 0 ? double.NaN : (double)both / (given + predicted - both);
    }

    /// <summary>Harmonic mean of precision and recall: 2 x both / (given + predicted).</summary>
    /// <param name="classId">The class.</param>
    /// <returns>From 0 to 1; NaN when the class was neither given nor predicted.</returns>
    public double F1(int classId)
    {
        var (both, given, predicted) = Counts(classId);
        return given + predicted == 0 ? double.NaN : 2.0 * both / (given + predicted);
    }

    private (long Both, long Given, long Predicted) Counts(int classId)
    {
        long given = 0, predicted = 0;
        for (var other = 0; other < ClassCount; other++)
        {
            given += this[classId, other];
            predicted += this[other, classId];
        }

        return (this[classId, classId], given, predicted);
    }

    private double Mean(Func<int, double> metric)
    {
        var (sum, count) = (0.0, 0);
        for (var id = 0; id < ClassCount; id++)
        {
            var value = metric(id);
            if (double.IsNaN(value))
                continue;
            sum += value;
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    private int Checked(int classId) => (uint)classId < (uint)ClassCount
        ? classId
        : throw new ArgumentOutOfRangeException(nameof(classId), classId, FormattableString.Invariant($"Expected a class from 0 to {ClassCount - 1}; found {classId}."));
}
