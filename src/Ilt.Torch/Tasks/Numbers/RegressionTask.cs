using Ilt.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// A task whose label is one number or a vector of numbers. Inside, targets are scaled by what the training labels show
/// (<see cref="Scale"/>); predictions and metrics are in the user's units. The per-row loss is the squared error of the scaled target.
/// </summary>
/// <param name="Name">The task's name.</param>
/// <param name="Dimensions">Numbers per label, at least 1.</param>
public sealed record RegressionTask(string Name, int Dimensions = 1) : TaskDefinition(Name), INumberTask
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

    internal override (string Kind, string Labels) InWords => ("a regression", "number labels");

    internal override bool HasScale => true;

    internal override bool CanBeSource => true;

    internal override TargetScaling FitScale(TaskLabels labels)
    {
        var numbers = (NumberLabels)labels;
        var rows = Enumerable.Range(0, numbers.Count).Where(numbers.IsLabelled).ToArray();
        if (rows.Length < 2)
            throw new ArgumentException($"Task '{Name}': {rows.Length} training row(s) have a label; at least 2 are needed. Check the label column, or leave the task out.");
        return Scale == TargetScale.Common
            ? CommonScaling.Fit(rows.SelectMany(row => numbers[row].ToArray()).ToArray(), numbers.Dimensions, Name)
            : BentScaling.Fit([.. Enumerable.Range(0, numbers.Dimensions).Select(d => Array.ConvertAll(rows, row => numbers[row][d]))], (float)TargetClip, Name);
    }

    internal override double ReferenceLoss(TaskLabels labels, TargetScaling? scale) => Coefficient * MedianSquaredTarget((NumberLabels)labels, scale!);

    internal override TargetBuffer CreateTargets(TaskLabels labels, TargetScaling? scale, int rows, ImageSize size) => new NumberTargets(Name, (NumberLabels)labels, scale!, rows);

    internal override Tensor RowLoss(Tensor output, BatchTarget target) => Loss == RegressionLoss.RotationMatrices
        ? SquaredErrors.PerRow(Reduction, Matrices(output, target.Scale), Matrices(target.Values, target.Scale))
        : SquaredErrors.PerRow(Reduction, output, target.Values);

    internal override GraphValue WriteOutput(INetworkGraph graph, GraphValue output, TargetScaling? scale) => scale!.Write(graph, output);

    internal override TaskEvaluator CreateEvaluator(MultiTaskModel model, int index, TaskLabels labels) => new NumberEvaluator(model, index, this, (NumberLabels)labels);

    internal override PlainTargets CreatePlainTargets(TaskLabels labels, TargetScaling? scale) =>
        new(this, labels, scale, isClasses: false, scale!.Standardised(((NumberLabels)labels).Values));

    internal override Tensor SourceValue(Tensor output, TargetScaling? scale) => scale!.Restore(output);

    internal override Tensor SourceTarget(BatchTarget target, TargetScaling? scale) => scale!.Restore(target.Values);

    internal override void Check(PersonAugmentation augmentation)
    {
        if (augmentation.PoseTask == Name && !PersonAugmentation.IsPose(Dimensions)) throw augmentation.NoPose($"a regression of {Dimensions} number(s)");
    }

    internal override void Write(BinaryWriter writer)
    {
        writer.Write((int)Reduction);
        writer.Write((int)Scale);
        writer.Write((int)Loss);
        writer.Write(TargetClip);
    }

    internal static TaskDefinition Read(SavedTask saved) => new RegressionTask(saved.Name, saved.Channels)
    {
        Reduction = (RegressionReduction)saved.Reader.ReadInt32(),
        Scale = (TargetScale)saved.Reader.ReadInt32(),
        Loss = (RegressionLoss)saved.Reader.ReadInt32(),
        TargetClip = saved.Reader.ReadDouble(),
    };

    // [B, 6 J] -> [B, 9 J], on the scale of the six numbers.
    private static Tensor Matrices(Tensor six, TargetScaling? scale)
    {
        var common = (CommonScaling)scale!;
        using Scalar perDeviation = 1 / common.Deviation;
        return RotationTensors.SixToMatrices(common.Restore(six)).flatten(1, -1).mul(perDeviation);
    }

    private double MedianSquaredTarget(NumberLabels labels, TargetScaling scale)
    {
        var squares = new List<double>();
        var target = new float[labels.Dimensions];
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            scale.Standardise(labels, row, target);
            var sum = 0.0;
            foreach (var value in target) sum += value * value;
            squares.Add(Reduction == RegressionReduction.Sum ? sum : sum / target.Length);
        }
        squares.Sort();
        // A target that is one value more than half of the time can have a median near zero; the mean (about 1 by construction) is the next best measure.
        var median = squares[squares.Count / 2];
        return median > 1e-3 ? median : squares.Average();
    }
}
