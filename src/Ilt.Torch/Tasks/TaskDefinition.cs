namespace Ilt.Torch;

/// <summary>One thing the network learns to predict: its name, its kind and how its loss is scaled.</summary>
/// <param name="Name">The task's name, unique within a run.</param>
public abstract record TaskDefinition(string Name)
{
    /// <summary>Factor on the per-row loss before any weighting sees it. Losses, and with them the noise score, are reported with it.</summary>
    /// <value>Positive; the default is 1.</value>
    public double LossScale { get; init; } = 1;

    /// <summary>Numbers the network's head emits: per row, or per pixel where the task is one of pixels.</summary>
    public abstract int Channels { get; }

    /// <summary>Whether the label is an image: one class or number per pixel.</summary>
    public virtual bool IsPerPixel => false;

    /// <summary>Numbers that are predicted for a row of this input: all channels, of every pixel where the task is one of pixels.</summary>
    public int OutputSize(InputShape input) => IsPerPixel ? Channels * input.Height * input.Width : Channels;

    /// <summary>c_k of the paper: 1 for classification (Eq. 4), 1/2 for regression (Eq. 2).</summary>
    public abstract double Coefficient { get; }

    /// <summary>Checks the definition.</summary>
    /// <exception cref="ArgumentException">The name is empty, or a number is outside its range.</exception>
    public virtual void Validate()
    {
        if (string.IsNullOrWhiteSpace(Name)) throw new ArgumentException("A task needs a name that is not empty.");
        if (!(LossScale > 0) || double.IsInfinity(LossScale))
            throw new ArgumentException(FormattableString.Invariant($"Task '{Name}': {nameof(LossScale)} must be a positive number, found {LossScale}."));
    }
}

/// <summary>A task whose label is one of several classes; its loss is the cross entropy -log softmax(logits)[label].</summary>
/// <param name="Name">The task's name.</param>
/// <param name="ClassCount">Number of classes, at least 2; labels count from 0.</param>
public sealed record ClassificationTask(string Name, int ClassCount) : TaskDefinition(Name)
{
    /// <inheritdoc/>
    public override int Channels => ClassCount;

    /// <inheritdoc/>
    public override double Coefficient => 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (ClassCount < 2)
            throw new ArgumentException($"Task '{Name}' has {ClassCount} class(es); classification needs at least 2. Check the label column.");
    }
}

/// <summary>How the squared errors of a vector's components become one loss per row.</summary>
public enum RegressionReduction
{
    /// <summary>The mean over the components: the same size of loss for any length of vector.</summary>
    Mean,

    /// <summary>The sum over the components, the squared L2 distance of the paper (Eq. 2).</summary>
    Sum,
}

/// <summary>
/// A task whose label is one number or a vector of numbers. Inside, targets are bent by an inverse hyperbolic sine (about a straight
/// line for most rows, a logarithm for the far ones) and standardised, per component, from the training labels; predictions and
/// metrics are in the user's units, predictions within the range of the training labels. The per-row loss is the squared error of
/// the standardised target.
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

    /// <summary>Standardised targets are clipped to plus or minus this, so that one unit error does not own the training.</summary>
    /// <value>In standard deviations of the bent target, positive; the default is 6.</value>
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
        if (!(TargetClip > 0)) throw new ArgumentException(FormattableString.Invariant($"Task '{Name}': {nameof(TargetClip)} must be positive, found {TargetClip}."));
    }
}
