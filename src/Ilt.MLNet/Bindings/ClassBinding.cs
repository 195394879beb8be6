using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ilt.Corruption;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>A class per row.</summary>
internal abstract class ClassBinding : TaskBinding
{
    // In place of the numbers per row.
    private const int SavedAsClasses = 0;

    public override bool IsSource => true;

    public override bool IsListed => true;

    public override string SizeUnit => Noun;

    public override string Noun => "classes";

    /// <summary>The text of a class.</summary>
    protected abstract string ClassName(TaskSchema task, int index);

    public override string Advice(SchemaShape.Column column)
    {
        var scalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
        if (column.ItemType is ImageDataViewType || (!scalar && (column.IsKey || !ColumnAdvice.IsNumeric(column.ItemType))))
            return "Name a column of one class per row";
        return scalar
            ? $"Turn classes into keys first, with {ColumnAdvice.Steps}Conversion.MapValueToKey"
            : "Name a column of one class per row, or make the task a TaskColumn.Regression, which takes a vector of numbers";
    }

    public override TaskDefinition ToDefinition(TaskSchema task, IReadOnlyList<TaskDefinition> sources)
        => new ClassificationTask(task.Task.Name, task.Size) { LossScale = task.Task.LossScale };

    public override void Check(TaskSchema task, TaskLabels labels, List<string> warnings)
    {
        var counts = new int[task.Size];
        foreach (var label in ((ClassLabels)labels).Classes)
            if (label >= 0) counts[label]++;
        var present = Enumerable.Range(0, task.Size).Where(c => counts[c] > 0).ToArray();
        if (present.Length == 0) throw NoLabels(task);
        if (present.Length == 1)
            throw new InvalidOperationException($"{NameOf(task)} has labels of one class only ('{ClassName(task, present[0])}', {counts[present[0]]} rows); at least two classes are needed. Check the column, or leave the task out.");
        foreach (var c in present)
            if (counts[c] == 1)
                warnings.Add($"{NameOf(task)}: class '{ClassName(task, c)}' has one row only; it cannot be told from a wrong label.");
    }

    public override IReadOnlyList<string> OutputNames(TaskSchema task) => [.. Enumerable.Range(0, task.Size).Select(index => ClassName(task, index))];

    public override IReadOnlyList<int> Classes(TaskLabels labels) => ((ClassLabels)labels).Classes.ToArray();

    public override TaskLabels Predicted(TaskSchema task, float[] predictions)
    {
        var predicted = new int[predictions.Length / task.Size];
        for (var row = 0; row < predicted.Length; row++)
            predicted[row] = Probabilities.ArgMax(predictions.AsSpan(row * task.Size, task.Size));
        return new ClassLabels(predicted);
    }

    public override TaskLabels Suggested(TaskSchema task, float[] suggested) =>
        new ClassLabels(Array.ConvertAll(suggested, index => float.IsNaN(index) ? -1 : (int)index));

    public override string Text(TaskSchema task, TaskLabels labels, int row)
        => ((ClassLabels)labels).Classes[row] is var index and >= 0 ? ClassName(task, index) : "";

    public override int SavedDimensions(TaskLabels labels) => SavedAsClasses;

    public override void Save(BinaryWriter writer, TaskLabels labels) => writer.WriteArray(((ClassLabels)labels).Classes);

    public override TaskLabels Load(BinaryReader reader, int savedDimensions)
        => savedDimensions == SavedAsClasses ? new ClassLabels(reader.ReadArray<int>()) : throw Broken();

    public override bool IsCorruptedBy(LabelCorruptionEstimator.Options options) => options.Corruption is not null;

    public override bool Takes(LabelCorruptionKind kind) => kind switch
    {
        LabelCorruptionKind.UniformFlip or LabelCorruptionKind.PairFlip or LabelCorruptionKind.PermuteClasses => true,
        LabelCorruptionKind.UniformNoise or LabelCorruptionKind.GaussianNoise => false,
        LabelCorruptionKind.Swap => true,
        _ => throw Cannot($"get corrupted by {kind}"),
    };

    public override ChangedLabels Corrupt(LabelCorruptionEstimator.Options options, LabelValues values, PixelStores stores)
    {
        var classes = ((ClassLabels)values.Labels).Classes.ToArray();
        var wrong = options.Corruption!.CorruptClasses(classes, values.Size);
        return Changed(new ClassLabels(classes), wrong);
    }

    public override byte[] Fingerprint(TaskLabels labels) => SHA256.HashData(MemoryMarshal.AsBytes(((ClassLabels)labels).Classes));
}
