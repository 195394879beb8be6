namespace Ilt.Torch;

/// <summary>Classes as targets [B, 1], as gather wants them. A missing label becomes class 0: its loss is finite and its weight zero.</summary>
internal sealed class ClassTargets(ClassLabels labels, int rows) : TargetBuffer
{
    private readonly long[] classes = new long[rows];

    public override bool Write(int place, int row, IRowChange? change)
    {
        classes[place] = Math.Max(0, labels.Classes[row]);
        return labels.IsLabelled(row);
    }

    public override BatchTarget ToTensors() => new(Tensors.From(classes, [rows, 1]));
}
