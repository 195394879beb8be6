using Ilt.Imaging;
using static TorchSharp.torch;

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

    // From here on what a kind knows; what the rest of the library asks a task is asked here, and nowhere by its type.

    /// <summary>The kind and the labels it takes, for messages: "Task 'a' is (Kind); it needs (Labels)".</summary>
    internal abstract (string Kind, string Labels) InWords { get; }

    /// <summary>Whether the loss is the cross entropy of the output, so that a temperature can divide it.</summary>
    internal virtual bool HasLogits => false;

    /// <summary>Whether a head of the network emits its output; false where the output is computed from those of other tasks.</summary>
    internal virtual bool HasHead => true;

    /// <summary>Whether targets stand on a scale that the training labels give; then a model file holds it.</summary>
    internal virtual bool HasScale => false;

    /// <summary>The scale of the targets; null where they have none.</summary>
    /// <exception cref="ArgumentException">There are too few labels, or they are all one.</exception>
    internal virtual TargetScaling? FitScale(TaskLabels labels) => null;

    /// <summary>The typical loss of the best constant prediction, times <see cref="Coefficient"/> and without <see cref="LossScale"/>: what a task that cannot be learned would show.</summary>
    internal abstract double ReferenceLoss(TaskLabels labels, TargetScaling? scale);

    /// <summary><see cref="ReferenceLoss"/> with <see cref="LossScale"/>, as losses are reported.</summary>
    internal double ScaledReferenceLoss(TaskLabels labels, TargetScaling? scale) => LossScale * ReferenceLoss(labels, scale);

    /// <summary>Makes room for the targets of some rows.</summary>
    /// <param name="labels">The labels of all rows.</param>
    /// <param name="scale">The scale of the targets.</param>
    /// <param name="rows">Rows that it holds.</param>
    /// <param name="size">Size of the images that the network sees; without meaning for tables.</param>
    internal abstract TargetBuffer CreateTargets(TaskLabels labels, TargetScaling? scale, int rows, ImageSize size);

    /// <summary>The loss of every row [B], without <see cref="LossScale"/>; differentiable, and the same for training and for measuring.</summary>
    /// <param name="output">[B, Channels], or [B, Channels, H, W] of a pixel task.</param>
    /// <param name="target">What <see cref="CreateTargets"/> gave.</param>
    internal abstract Tensor RowLoss(Tensor output, BatchTarget target);

    /// <summary>Of every row, how far the given label's output is above the largest other one, NaN without a label; null where there is no such thing.</summary>
    /// <param name="labels">The labels of all rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="output">Their output.</param>
    /// <param name="compute">Where the output is.</param>
    internal virtual float[]? Margins(TaskLabels labels, ReadOnlySpan<int> rows, Tensor output, ComputeDevice compute) => null;

    /// <summary>From an output of the network to what is predicted, but for the scale: probabilities of the classes.</summary>
    internal virtual Tensor Activate(Tensor output) => output;

    /// <summary>The same in a graph, with the scale: from an output of the network to what <see cref="MultiTaskModel.Predict"/> gives.</summary>
    /// <param name="graph">Gets the steps.</param>
    /// <param name="output">[Channels], or [Channels, H, W] of a pixel task.</param>
    /// <param name="scale">The scale of the targets.</param>
    internal virtual GraphValue WriteOutput(INetworkGraph graph, GraphValue output, TargetScaling? scale) =>
        throw new NotSupportedException($"Task '{Name}' is {InWords.Kind}, which cannot be exported.");

    /// <summary>Measures predictions of this task.</summary>
    /// <param name="model">The model, of which this is a task.</param>
    /// <param name="index">Where it stands among the model's tasks.</param>
    /// <param name="labels">The labels of the rows that are measured.</param>
    internal abstract TaskEvaluator CreateEvaluator(MultiTaskModel model, int index, TaskLabels labels);

    /// <summary>Gathers what several networks say of one label image; null where labels are no images.</summary>
    internal virtual PixelSums? CreatePixelSums(TaskLabels labels, int row, TargetScaling? scale) => null;

    /// <summary>The labels as other models than networks can learn them; null where they cannot.</summary>
    internal virtual PlainTargets? CreatePlainTargets(TaskLabels labels, TargetScaling? scale) => null;

    /// <summary>Whether other tasks can be derived from it.</summary>
    internal virtual bool CanBeSource => false;

    /// <summary>What a task that is derived from this one computes with, of an output: [B, Channels], numbers in the user's units or probabilities.</summary>
    internal virtual Tensor SourceValue(Tensor output, TargetScaling? scale) => throw NoSource();

    /// <summary>The same of a target; a class is 1 for itself and 0 for the others.</summary>
    internal virtual Tensor SourceTarget(BatchTarget target, TargetScaling? scale) => throw NoSource();

    /// <summary>Checks that the tasks it is computed from are among those of the run.</summary>
    internal virtual void CheckSources(IReadOnlyList<TaskDefinition> tasks)
    {
    }

    /// <summary>Checks that its labels can be changed with pictures of persons.</summary>
    /// <exception cref="ArgumentException">They cannot.</exception>
    internal virtual void Check(PersonAugmentation augmentation)
    {
        if (augmentation.PoseTask == Name) throw augmentation.NoPose("no regression");
    }

    /// <summary>Writes what its name, loss scale and channels do not say already; <see cref="TaskKinds"/> knows who reads it.</summary>
    internal virtual void Write(BinaryWriter writer)
    {
    }

    private InvalidOperationException NoSource() => new($"Task '{Name}' is {InWords.Kind}; no other can be derived from it.");
}
