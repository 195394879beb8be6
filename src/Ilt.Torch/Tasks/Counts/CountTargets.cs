namespace Ilt.Torch;

/// <summary>Counts as targets [B, 1], at most the highest that is learned; zero where the row has no label (its weight is zero).</summary>
internal sealed class CountTargets(NumberLabels labels, CountScaling scale, int rows) : TargetBuffer
{
    private readonly float[] counts = new float[rows];

    public override bool Write(int place, int row, IRowChange? change)
    {
        var labelled = labels.IsLabelled(row);
        counts[place] = labelled ? Math.Min(labels[row][0], scale.Highest) : 0;
        return labelled;
    }

    public override BatchTarget ToTensors() => new(Tensors.From(counts, [rows, 1])) { Scale = scale };
}
