namespace Ilt.Torch;

/// <summary>No targets: <see cref="TaskValues"/> computes those of a derived task from those of its sources, batch by batch.</summary>
internal sealed class DerivedTargets(DerivedLabels labels) : TargetBuffer
{
    public override bool Write(int place, int row, IRowChange? change) => labels.IsLabelled(row);

    public override BatchTarget ToTensors() => default;
}
