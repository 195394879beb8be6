using Ilt.Bodies;
using Ilt.Imaging;
using TorchSharp;
using static TorchSharp.torch;

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

    internal override (string Kind, string Labels) InWords => ("a classification of pixels", "masks");

    internal override bool HasLogits => true;

    internal override double ReferenceLoss(TaskLabels labels, TargetScaling? scale) => LabelEntropy.Of(((MaskLabels)labels).ClassPixels[..ClassCount]);

    internal override TargetBuffer CreateTargets(TaskLabels labels, TargetScaling? scale, int rows, ImageSize size) => new MaskTargets((MaskLabels)labels, rows, size);

    internal override Tensor RowLoss(Tensor output, BatchTarget target) => // [B, C, H, W], [B, H, W] -> [B, H, W] -> [B]
        target.MeanOverPixels(nn.functional.cross_entropy(output, target.Values, null, Ignored, nn.Reduction.None));

    internal override Tensor Activate(Tensor output) => output.softmax(1);

    internal override GraphValue WriteOutput(INetworkGraph graph, GraphValue output, TargetScaling? scale) => graph.Softmax(output);

    internal override TaskEvaluator CreateEvaluator(MultiTaskModel model, int index, TaskLabels labels) => new MaskEvaluator(model, index, this, (MaskLabels)labels);

    internal override PixelSums CreatePixelSums(TaskLabels labels, int row, TargetScaling? scale) => new MaskSums((MaskLabels)labels, row, ClassCount);

    internal override void Check(PersonAugmentation augmentation)
    {
        if (ClassCount != BodyParts.ClassCount)
            throw new ArgumentException($"{nameof(TrainingOptions.PersonAugmentation)} takes masks of body parts, {BodyParts.ClassCount} classes with the background; task '{Name}' has {ClassCount}, whose left and right it does not know.");
        base.Check(augmentation);
    }

    internal static TaskDefinition Read(SavedTask saved) => new PixelClassificationTask(saved.Name, saved.Channels);
}
