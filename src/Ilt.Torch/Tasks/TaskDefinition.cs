namespace Ilt.Torch;

/// <summary>One thing the network learns to predict: its name, its kind and how its loss is scaled.</summary>
/// <param name="Name">The task's name, unique within a run.</param>
public abstract record TaskDefinition(string Name)
{
    /// <summary>Factor on the per-row loss before any weighting sees it. Losses, and with them the noise score, are reported with it.</summary>
    /// <value>Positive; the default is 1.</value>
    public double LossScale { get; init; } = 1;

    /// <summary>Numbers the network's head emits: per row, or per pixel where the task is one of pixels. Of a derived task, which has no head, those it gives per row.</summary>
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
