namespace Ilt.Torch;

/// <summary>Scaled numbers as targets [B, D]; zeros where the row has no label (its weight is zero).</summary>
internal sealed class NumberTargets(string task, NumberLabels labels, TargetScaling scale, int rows) : TargetBuffer
{
    private readonly float[] numbers = new float[rows * labels.Dimensions];

    public override bool Write(int place, int row, IRowChange? change)
    {
        var target = numbers.AsSpan(place * labels.Dimensions, labels.Dimensions);
        var labelled = labels.IsLabelled(row);
        if (change is not null && labelled) scale.Standardise(change.Numbers(task, labels[row]), target);
        else scale.Standardise(labels, row, target);
        return labelled;
    }

    public override BatchTarget ToTensors() => new(Tensors.From(numbers, [rows, labels.Dimensions])) { Scale = scale };
}
