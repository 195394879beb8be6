using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>
/// A task whose label is a mask: one of several classes per pixel. Its loss per image is the mean cross entropy over the pixels that
/// have a class (Eq. 4 of the paper, averaged), so one log-variance per image.
/// </summary>
/// <param name="Name">The task's name.</param>
/// <param name="ClassCount">Number of classes, 2 to 255; ids count from 0, and 255 means a pixel without class.</param>
public sealed record PixelClassificationTask(string Name, int ClassCount) : TaskDefinition(Name)
{
    /// <summary>The id of a pixel that takes no part, in labels as the training sees them.</summary>
    public const byte Ignored = MaskEncoding.Ignored;

    /// <inheritdoc/>
    public override int Channels => ClassCount;

    /// <inheritdoc/>
    public override bool IsPerPixel => true;

    /// <inheritdoc/>
    public override double Coefficient => 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (ClassCount is < 2 or > Ignored)
            throw new ArgumentException($"Task '{Name}' has {ClassCount} class(es); a mask has 2 to {Ignored}. Check the masks, or map their ids to fewer classes.");
    }
}

/// <summary>How far a predicted map is from the given one.</summary>
public enum PixelLoss
{
    /// <summary>Squared error of the standardised map, as in the paper (Eq. 2).</summary>
    Squared,

    /// <summary>Absolute error of the standardised map; the likelihood behind the weighting is then Laplace's, so c_k is 1.</summary>
    Absolute,
}

/// <summary>
/// A task whose label is a map: a number per pixel, such as depth. Inside, numbers are scaled as those of a <see cref="RegressionTask"/>,
/// one scale for all pixels; the loss per image is the mean over the pixels that have a number, so one log-variance per image.
/// </summary>
/// <param name="Name">The task's name.</param>
public sealed record PixelRegressionTask(string Name) : TaskDefinition(Name)
{
    /// <summary>Squared or absolute error.</summary>
    /// <value>The default is <see cref="PixelLoss.Squared"/>.</value>
    public PixelLoss Loss { get; init; }

    /// <summary>Scaled targets are clipped to plus or minus this.</summary>
    /// <value>In standard deviations of the scaled target, positive; the default is 6.</value>
    public double TargetClip { get; init; } = 6;

    /// <inheritdoc/>
    public override int Channels => 1;

    /// <inheritdoc/>
    public override bool IsPerPixel => true;

    /// <inheritdoc/>
    public override double Coefficient => Loss == PixelLoss.Squared ? 0.5 : 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (!Enum.IsDefined(Loss)) throw new ArgumentException($"Task '{Name}': {nameof(Loss)} must be Squared or Absolute, found {Loss}.");
        if (!(TargetClip > 0)) throw new ArgumentException(FormattableString.Invariant($"Task '{Name}': {nameof(TargetClip)} must be positive, found {TargetClip}."));
    }
}
