namespace Ilt.Torch;

/// <summary>
/// A kind of input: rows of a table, images. It says all that has to be known of it; what the rest of the library asks an input is asked
/// here, through <see cref="InputShape.Modality"/>, and nowhere by its type.
/// </summary>
internal abstract class InputModality
{
    /// <summary>Whether rows of this shape are such inputs.</summary>
    public abstract bool Takes(InputShape shape);

    /// <summary>What messages call the rows: "the rows are (Rows)".</summary>
    public abstract string Rows { get; }

    /// <summary>The shape for messages: "the input is a (ShapeInWords)".</summary>
    public abstract string ShapeInWords(InputShape shape);

    /// <summary>What a row has, for messages: "the rows have (ContentInWords)".</summary>
    public abstract string ContentInWords(InputShape shape);

    /// <summary>Numbers per row.</summary>
    public abstract int Size(InputShape shape);

    /// <summary>Shape of the tensor of some rows.</summary>
    public abstract long[] BatchShape(InputShape shape, int rows);

    /// <summary>Rows to predict at once: those whose layers may be in memory together.</summary>
    public abstract int RowsAtOnce { get; }

    /// <summary>Whether a row is a mere list of numbers, as a perceptron takes it.</summary>
    public virtual bool IsFlat => false;

    /// <summary>Whether a row has pixels, each of which can have a label; then a batch is [B, C, H, W].</summary>
    public virtual bool HasPixels => false;

    /// <summary>Whether fits on halves of the rows find how long to train where no number of epochs is named.</summary>
    public abstract bool FindsLength { get; }

    /// <summary>Makes ready what the layers of its networks need; called before each network is made.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Checks the user's options against such rows.</summary>
    /// <exception cref="ArgumentException">An option is for other inputs; the message names it.</exception>
    public virtual void Check(TrainingOptions options)
    {
        if (options.Augmentation is { IsIdentity: false })
            throw new ArgumentException(
                $"{nameof(TrainingOptions.Augmentation)} is for images; the rows are {Rows}. Leave it null.", nameof(options));
    }

    /// <summary>Checks that the network takes what the training makes of the rows.</summary>
    /// <param name="shape">Shape of a row.</param>
    /// <param name="options">Complete options.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public virtual void CheckNetwork(InputShape shape, TrainingOptions options)
    {
    }

    /// <summary>
    /// Fills what the user's options leave open and depends on the kind of input: epochs, batch size, learning rate, weight decay, network and
    /// the pull of the log-variances to their median; the warm-up only where it is another than <see cref="TrainingDefaults"/> chooses.
    /// </summary>
    /// <param name="options">The user's options; not changed.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="shape">Shape of a row.</param>
    /// <param name="tasks">The tasks.</param>
    public abstract TrainingOptions Fill(TrainingOptions options, int rows, InputShape shape, IReadOnlyList<TaskDefinition> tasks);
}
