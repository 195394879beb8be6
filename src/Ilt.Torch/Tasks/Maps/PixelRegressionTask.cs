using Ilt.Imaging;
using static TorchSharp.torch;

namespace Ilt.Torch;

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

    internal override (string Kind, string Labels) InWords => ("a regression of pixels", "maps");

    internal override bool HasScale => true;

    /// <summary>One scale for all pixels of a map.</summary>
    /// <exception cref="ArgumentException">Fewer than two training maps have a number, or all numbers are one.</exception>
    internal override TargetScaling FitScale(TaskLabels labels)
    {
        if (labels.CountLabelled() is var count and < 2)
            throw new ArgumentException($"Task '{Name}': {count} training row(s) have a map; at least 2 are needed. Check the label column, or leave the task out.");
        return BentScaling.Fit([[.. ((MapLabels)labels).Sample]], (float)TargetClip, Name);
    }

    internal override double ReferenceLoss(TaskLabels labels, TargetScaling? scale) => Coefficient * MedianPixelError((MapLabels)labels, scale!);

    internal override TargetBuffer CreateTargets(TaskLabels labels, TargetScaling? scale, int rows, ImageSize size) => new MapTargets((MapLabels)labels, scale!, rows, size);

    internal override Tensor RowLoss(Tensor output, BatchTarget target)
    {
        var difference = output.squeeze(1).sub(target.Values); // [B, H, W]
        return target.MeanOverPixels(Loss == PixelLoss.Squared ? difference.Squared() : difference.abs());
    }

    internal override GraphValue WriteOutput(INetworkGraph graph, GraphValue output, TargetScaling? scale) => graph.DropChannel(scale!.Write(graph, output));

    internal override TaskEvaluator CreateEvaluator(MultiTaskModel model, int index, TaskLabels labels) => new MapEvaluator(model, index, (MapLabels)labels);

    internal override PixelSums CreatePixelSums(TaskLabels labels, int row, TargetScaling? scale) => new MapSums((MapLabels)labels, row, scale!);

    internal override void Write(BinaryWriter writer)
    {
        writer.Write((int)Loss);
        writer.Write(TargetClip);
    }

    internal static TaskDefinition Read(SavedTask saved) => new PixelRegressionTask(saved.Name) { Loss = (PixelLoss)saved.Reader.ReadInt32(), TargetClip = saved.Reader.ReadDouble() };

    // The median over the images of the mean error of predicting zero, the mean of the scaled targets.
    private double MedianPixelError(MapLabels labels, TargetScaling scale)
    {
        var errors = new List<double>();
        var map = new float[labels.Size.Height * labels.Size.Width];
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            labels.Read(row, map);
            var (sum, count) = (0.0, 0);
            foreach (var number in map)
            {
                if (float.IsNaN(number)) continue;
                var target = scale.Standardise(number, 0);
                sum += Loss == PixelLoss.Squared ? target * target : Math.Abs(target);
                count++;
            }
            errors.Add(sum / count);
        }
        errors.Sort();
        return errors[errors.Count / 2] is var median and > 1e-3 ? median : Math.Max(1e-3, errors.Average());
    }
}
