namespace Ilt.Torch;

/// <summary>How the squared errors of a vector's components become one loss per row.</summary>
public enum RegressionReduction
{
    /// <summary>The mean over the components: the same size of loss for any length of vector.</summary>
    Mean,

    /// <summary>The sum over the components, the squared L2 distance of the paper (Eq. 2).</summary>
    Sum,
}

/// <summary>The scale on which a regression target is learned.</summary>
public enum TargetScale
{
    /// <summary>
    /// Per component: bent by an inverse hyperbolic sine (about a straight line for most rows, a logarithm for the far ones) and
    /// standardised. For counts, prices, measurements: numbers of different units that may have far outliers.
    /// </summary>
    Bent,

    /// <summary>
    /// A straight line with one deviation for all components, so that the loss is the squared L2 distance of the paper (Eq. 2) up to a
    /// constant. For vectors whose components have one unit: coordinates, rotations, coefficients. A component may be constant.
    /// </summary>
    Common,
}

/// <summary>Between what a regression's squared error is taken.</summary>
public enum RegressionLoss
{
    /// <summary>Between the scaled numbers.</summary>
    Squared,

    /// <summary>
    /// Between rotation matrices: the numbers are rotations of six numbers each (<see cref="Ilt.Bodies.Rotations"/>), and the error is that
    /// of their 3 x 3 matrices after Gram and Schmidt. Asks for <see cref="TargetScale.Common"/>.
    /// </summary>
    RotationMatrices,
}

/// <summary>
/// A task whose label is one number or a vector of numbers. Inside, targets are scaled by what the training labels show
/// (<see cref="Scale"/>); predictions and metrics are in the user's units. The per-row loss is the squared error of the scaled target.
/// </summary>
/// <param name="Name">The task's name.</param>
/// <param name="Dimensions">Numbers per label, at least 1.</param>
public sealed record RegressionTask(string Name, int Dimensions = 1) : TaskDefinition(Name)
{
    /// <summary>
    /// Mean or sum over the components.
    /// A departure from the paper, which sums: s* = log(l/2) must lie well inside the clamp, and a sum over many components does not.
    /// </summary>
    /// <value>The default is <see cref="RegressionReduction.Mean"/>.</value>
    public RegressionReduction Reduction { get; init; } = RegressionReduction.Mean;

    /// <summary>The scale on which the target is learned.</summary>
    /// <value>The default is <see cref="TargetScale.Bent"/>; with it, predictions stay within the range of the training labels.</value>
    public TargetScale Scale { get; init; }

    /// <summary>Between what the squared error is taken.</summary>
    /// <value>The default is <see cref="RegressionLoss.Squared"/>.</value>
    public RegressionLoss Loss { get; init; }

    /// <summary>Bent targets are clipped to plus or minus this, so that one unit error does not own the training.</summary>
    /// <value>In standard deviations of the bent target, positive; the default is 6. Without effect on <see cref="TargetScale.Common"/>.</value>
    public double TargetClip { get; init; } = 6;

    /// <inheritdoc/>
    public override int Channels => Dimensions;

    /// <inheritdoc/>
    public override double Coefficient => 0.5;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (Dimensions < 1) throw new ArgumentException($"Task '{Name}': {nameof(Dimensions)} must be at least 1, found {Dimensions}.");
        if (!Enum.IsDefined(Scale)) throw new ArgumentException($"Task '{Name}': {nameof(Scale)} must be Bent or Common, found {Scale}.");
        if (!Enum.IsDefined(Loss)) throw new ArgumentException($"Task '{Name}': {nameof(Loss)} must be Squared or RotationMatrices, found {Loss}.");
        if (Loss == RegressionLoss.RotationMatrices && Scale != TargetScale.Common)
            throw new ArgumentException($"Task '{Name}': a loss between rotation matrices asks for {nameof(Scale)} {TargetScale.Common}, found {Scale}.");
        if (Loss == RegressionLoss.RotationMatrices && Dimensions % 6 != 0)
            throw new ArgumentException($"Task '{Name}': a loss between rotation matrices asks for six numbers per rotation, found {Dimensions} numbers, no multiple of 6.");
        if (!(TargetClip > 0)) throw new ArgumentException(FormattableString.Invariant($"Task '{Name}': {nameof(TargetClip)} must be positive, found {TargetClip}."));
    }
}
