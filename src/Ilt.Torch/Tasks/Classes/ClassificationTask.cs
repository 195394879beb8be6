using Ilt.Imaging;
using static TorchSharp.torch;

namespace Ilt.Torch;

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

    internal override (string Kind, string Labels) InWords => ("a classification", "class labels");

    internal override bool HasLogits => true;

    internal override bool CanBeSource => true;

    internal override double ReferenceLoss(TaskLabels labels, TargetScaling? scale)
    {
        var counts = new long[ClassCount];
        foreach (var c in ((ClassLabels)labels).Classes)
            if (c >= 0) counts[c]++;
        return LabelEntropy.Of(counts);
    }

    internal override TargetBuffer CreateTargets(TaskLabels labels, TargetScaling? scale, int rows, ImageSize size) => new ClassTargets((ClassLabels)labels, rows);

    internal override Tensor RowLoss(Tensor output, BatchTarget target) => output.log_softmax(1).gather(1, target.Values).sum(1).neg(); // [B, C] -> [B, 1] -> [B]

    internal override float[] Margins(TaskLabels labels, ReadOnlySpan<int> rows, Tensor output, ComputeDevice compute)
    {
        var classes = ((ClassLabels)labels).Classes;
        var logits = compute.ToHost(output);
        var margins = new float[rows.Length];
        for (var i = 0; i < margins.Length; i++) margins[i] = Margin(logits.AsSpan(i * ClassCount, ClassCount), classes[rows[i]]);
        return margins;
    }

    internal override Tensor Activate(Tensor output) => output.softmax(1);

    internal override GraphValue WriteOutput(INetworkGraph graph, GraphValue output, TargetScaling? scale) => graph.Softmax(output);

    internal override TaskEvaluator CreateEvaluator(MultiTaskModel model, int index, TaskLabels labels) => new ClassEvaluator(model, index, this, (ClassLabels)labels);

    internal override PlainTargets CreatePlainTargets(TaskLabels labels, TargetScaling? scale) =>
        new(this, labels, scale, isClasses: true, Array.ConvertAll(((ClassLabels)labels).Classes.ToArray(), c => c < 0 ? float.NaN : c));

    internal override Tensor SourceValue(Tensor output, TargetScaling? scale) => Activate(output);

    internal override Tensor SourceTarget(BatchTarget target, TargetScaling? scale) => Identity(ClassCount).Beside(target.Values).index_select(0, target.Values.flatten());

    internal static TaskDefinition Read(SavedTask saved) => new ClassificationTask(saved.Name, saved.Channels);

    private static float Margin(ReadOnlySpan<float> logits, int label)
    {
        if (label < 0) return float.NaN;
        var other = float.NegativeInfinity;
        for (var c = 0; c < logits.Length; c++)
            if (c != label && logits[c] > other) other = logits[c];
        return logits[label] - other;
    }

    private static Tensor Identity(int size)
    {
        var numbers = new float[size * size];
        for (var i = 0; i < size; i++) numbers[i * (size + 1)] = 1;
        return Tensors.From(numbers, size, size);
    }
}
