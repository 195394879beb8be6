namespace Ilt.Metrics;

/// <summary>
/// Errors of predicted joints over a whole data set, in millimetres: MPJPE (mean per-joint position error) after moving both roots together, and
/// PA-MPJPE after the best similarity transform (Procrustes). Input is in metres. Not thread-safe; fill one per thread and add them up.
/// </summary>
/// <param name="root">Index of the root joint. Default 0.</param>
public sealed class JointErrors(int root = 0)
{
    private readonly int rootJoint = root >= 0 ? root : throw new ArgumentOutOfRangeException(nameof(root), root, "The index of the root joint cannot be negative.");
    private double rooted;
    private double aligned;

    /// <summary>Joints counted so far, the roots among them.</summary>
    public long Total { get; private set; }

    /// <summary>MPJPE in millimetres: mean distance per joint once both roots are in the same place; NaN when nothing was counted.</summary>
    /// <remarks>The root itself counts, with its distance of 0, as it does in the evaluation code of Human3.6M.</remarks>
    public double MeanMillimetres => 1000 * rooted / Total;

    /// <summary>PA-MPJPE in millimetres: mean distance per joint once each prediction is moved, turned and scaled to fit best; NaN when nothing was counted.</summary>
    public double AlignedMillimetres => 1000 * aligned / Total;

    /// <summary>All that was counted, which adds up number by number.</summary>
    internal double[] Sums
    {
        get => [Total, rooted, aligned];
        set => (Total, rooted, aligned) = ((long)value[0], value[1], value[2]);
    }

    /// <summary>Counts one body.</summary>
    /// <param name="given">Given joints, [J, 3], metres.</param>
    /// <param name="predicted">Predicted joints, [J, 3], metres.</param>
    /// <returns>MPJPE of this body, in millimetres.</returns>
    /// <exception cref="ArgumentException">The lengths differ, are no multiple of 3, or there is no root joint.</exception>
    public double Add(ReadOnlySpan<float> given, ReadOnlySpan<float> predicted)
    {
        Points.Check(given, predicted, "joints");
        var joints = given.Length / 3;
        if (rootJoint >= joints) throw new ArgumentException(FormattableString.Invariant($"The root is joint {rootJoint}; found {joints} joints."), nameof(given));
        var rooted = 0.0;
        for (var joint = 0; joint < joints; joint++)
            rooted += Points.Distance(Offset(given, predicted, joint, 0), Offset(given, predicted, joint, 1), Offset(given, predicted, joint, 2));
        this.rooted += rooted;
        aligned += Aligned(given, predicted);
        Total += joints;
        return 1000 * rooted / joints;
    }

    /// <summary>Adds the counts of another gathering, e.g. one filled on another thread.</summary>
    /// <param name="other">The other one.</param>
    public void Add(JointErrors other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Total += other.Total;
        rooted += other.rooted;
        aligned += other.aligned;
    }

    private double Offset(ReadOnlySpan<float> given, ReadOnlySpan<float> predicted, int joint, int c) =>
        (given[(3 * joint) + c] - (double)given[(3 * rootJoint) + c]) - (predicted[(3 * joint) + c] - (double)predicted[(3 * rootJoint) + c]);

    private static double Aligned(ReadOnlySpan<float> given, ReadOnlySpan<float> predicted)
    {
        var transform = SimilarityTransform.Fit(predicted, given);
        Span<double> moved = stackalloc double[3];
        var sum = 0.0;
        for (var i = 0; i < given.Length; i += 3)
        {
            transform.Apply(predicted[i], predicted[i + 1], predicted[i + 2], moved);
            sum += Points.Distance(given[i] - moved[0], given[i + 1] - moved[1], given[i + 2] - moved[2]);
        }

        return sum;
    }
}
