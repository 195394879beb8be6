using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ilt.Corruption;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>One or several numbers per row, of which a regression is learned.</summary>
internal abstract class RegressionBinding : NumericBinding
{
    private const int NumbersPerRotation = 6;

    public override string Noun => "numbers";

    public override void CheckOptions(TaskColumn task, bool isOwn, string option)
    {
        if (!isOwn && (task.Scale is not null || task.RegressionLoss != RegressionLoss.Squared))
            throw new ArgumentException($"Task '{task.Name}': {nameof(TaskColumn.Scale)} and {nameof(TaskColumn.RegressionLoss)} are for Regression, found {task.Kind}.", option);
        if (task.Scale is { } scale && !Enum.IsDefined(scale))
            throw new ArgumentOutOfRangeException(option, scale, $"Task '{task.Name}': {nameof(TaskColumn.Scale)} must be Bent, Common or null.");
        if (!Enum.IsDefined(task.RegressionLoss))
            throw new ArgumentOutOfRangeException(option, task.RegressionLoss, $"Task '{task.Name}': {nameof(TaskColumn.RegressionLoss)} must be Squared or RotationMatrices.");
        if (task is { RegressionLoss: RegressionLoss.RotationMatrices, Scale: TargetScale.Bent })
            throw new ArgumentException($"Task '{task.Name}': a loss between rotation matrices asks for {nameof(TaskColumn.Scale)} Common, found Bent; leave it null.", option);
    }

    /// <summary>A task that is shape or pose of a body is learned on a common scale.</summary>
    public override TaskColumn Complete(TaskColumn task, IReadOnlyList<TaskColumn> tasks)
    {
        if (task.Scale is not null) return task;
        var common = task.RegressionLoss == RegressionLoss.RotationMatrices
            || tasks.Any(other => other.Derivation is BodySurface && other.Sources.Contains(task.Name));
        return task with { Scale = common ? TargetScale.Common : TargetScale.Bent };
    }

    public override TaskDefinition ToDefinition(TaskSchema task, IReadOnlyList<TaskDefinition> sources)
        => new RegressionTask(task.Task.Name, task.Size)
        {
            LossScale = task.Task.LossScale,
            Scale = task.Task.Scale ?? TargetScale.Bent,
            Loss = task.Task.RegressionLoss,
        };

    public override bool IsCorruptedBy(LabelCorruptionEstimator.Options options) => options.Corruption is not null;

    // What a column of integers would become is no integer.
    public override bool FitsCorruption(SchemaShape.Column column) => Fits(column) && column.ItemType.Equals(NumberDataViewType.Single);

    public override bool Takes(LabelCorruptionKind kind) => kind switch
    {
        LabelCorruptionKind.UniformFlip or LabelCorruptionKind.PairFlip or LabelCorruptionKind.PermuteClasses => false,
        LabelCorruptionKind.UniformNoise or LabelCorruptionKind.GaussianNoise => true,
        LabelCorruptionKind.Swap => true,
        _ => throw Cannot($"get corrupted by {kind}"),
    };

    public override ChangedLabels Corrupt(LabelCorruptionEstimator.Options options, LabelValues values, PixelStores stores)
    {
        var given = (NumberLabels)values.Labels;
        var numbers = given.Values.ToArray();
        var wrong = options.Corruption!.CorruptNumbers(numbers, given.Dimensions);
        return Changed(new NumberLabels(numbers, given.Dimensions), wrong);
    }

    public override byte[] Fingerprint(TaskLabels labels) => SHA256.HashData(MemoryMarshal.AsBytes(((NumberLabels)labels).Values));

    /// <exception cref="ArgumentOutOfRangeException">Rotations are no multiple of six numbers.</exception>
    protected static void CheckRotations(TaskColumn task, DataViewSchema.Column column)
    {
        if (task.RegressionLoss == RegressionLoss.RotationMatrices
            && (column.Type as VectorDataViewType)?.Size % NumbersPerRotation is not 0)
            throw SchemaErrors.Mismatch("label", column.Name, "six numbers per rotation, a Vector<Single> of a multiple of 6", column.Type.ToString()!, "input",
                $"The loss of task '{task.Name}' is taken between rotation matrices; turn the rotations into six numbers each, or leave {nameof(TaskColumn.RegressionLoss)} at Squared");
    }
}
