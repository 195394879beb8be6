using System.Globalization;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Masks: a class id per pixel, 255 where a pixel has none.</summary>
internal sealed class MaskBinding : PixelBinding
{
    public override string Name => "Mask";

    public override string SizeUnit => "classes";

    public override string Noun => "masks";

    protected override PrimitiveDataViewType PixelType => NumberDataViewType.Byte;

    protected override string Remedy => "Load masks from a column of paths with mlContext.MultiTask.LoadMasks, or give them as byte[] with [VectorType(height, width)]";

    public override void CheckOptions(TaskColumn task, bool isOwn, string option)
    {
        if (task.ClassCount is not null && !isOwn)
            throw new ArgumentException($"Task '{task.Name}': {nameof(TaskColumn.ClassCount)} is for PixelClassification; the classes of a key or boolean column are known.", option);
        if (task.ClassCount is < 2 or > PixelClassificationTask.Ignored)
            throw new ArgumentOutOfRangeException(option, task.ClassCount, $"Task '{task.Name}': {nameof(TaskColumn.ClassCount)} must be 2 to {PixelClassificationTask.Ignored}, or null.");
        if (task.ClassValues is { } values && (!isOwn || values.Count != task.ClassCount || values.Contains(null)))
            throw new ArgumentException($"Task '{task.Name}': {nameof(TaskColumn.ClassValues)} goes with {nameof(TaskColumn.ClassCount)} and holds as many texts; found {values.Count}, and {task.ClassCount?.ToString(CultureInfo.InvariantCulture) ?? "no number"} of classes.", option);
    }

    public override TaskSchema Read(TaskColumn task, DataViewSchema schema) => new(task, this, task.ClassCount ?? 0, task.ClassValues is { } values ? KeyNames.FromText(values) : null, null);

    public override TaskSchema Placeholder(TaskColumn task, SchemaShape shape) => new(task, this, 2, null, null);

    public override TaskSchema Complete(TaskSchema task, int highestClass)
        => task.Size == 0 ? task with { Size = Math.Max(2, highestClass + 1) } : task;

    public override TaskDefinition ToDefinition(TaskSchema task, IReadOnlyList<TaskDefinition> sources)
        => new PixelClassificationTask(task.Task.Name, task.Size) { LossScale = task.Task.LossScale };

    public override LabelReader CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores)
        => new Reader(row.GetGetter<VBuffer<byte>>(row.Schema[task.Task.LabelColumnName]), task, imageSize, stores);

    public override void AddPredictions(PredictionColumns columns, TaskSchema task)
    {
        var size = columns.ImageSize;
        columns.AddPlain(OutputColumns.PredictedLabel, new VectorDataViewType(NumberDataViewType.Byte, size.Height, size.Width),
            (predictions, k) => new ValueGetter<VBuffer<byte>>((ref VBuffer<byte> value) =>
            {
                var probabilities = predictions.Of(k);
                var editor = VBufferEditor.Create(ref value, probabilities.Length / task.Size);
                PixelClasses.MostProbable(probabilities, task.Size, editor.Values);
                value = editor.Commit();
            }),
            task.Names is { } names ? annotations => names.AddTo(annotations, Annotate.ClassValues) : null);
        columns.AddPlain(OutputColumns.Score, new VectorDataViewType(NumberDataViewType.Single, task.Size, size.Height, size.Width),
            PredictionGetters.Vector);
    }

    public override bool IsHeatScaled => false;

    public override LabelImageExamination Describe(
        (string Id, float NoiseScore) row, PixelExamination examination, TaskLabels labels, float scale, RegionOptions regions)
    {
        var masks = (MaskLabels)labels;
        var mask = new byte[masks.Size.PixelCount];
        masks.Read(examination.Row, mask);
        var parts = RegionFlags.OfMask(examination.Heat, mask, examination.SuggestedMask, masks.Size.Height, masks.Size.Width, regions);
        return new LabelImageExamination(row.Id, row.NoiseScore, masks.Size, examination.Heat, examination.SuggestedMask, null, parts);
    }

    public override bool IsCorruptedBy(LabelCorruptionEstimator.Options options) => options.MaskCorruption is not null;

    public override ChangedLabels Corrupt(LabelCorruptionEstimator.Options options, LabelValues values, PixelStores stores)
    {
        var masks = (MaskLabels)values.Labels;
        var (changed, rows, buffer) = (stores.Create(masks.Size.PixelCount), new List<int>(), new byte[masks.Size.PixelCount]);
        options.MaskCorruption!.Corrupt(
            Labelled(masks),
            masks.Size.Height,
            masks.Size.Width,
            values.Size,
            row =>
            {
                masks.Read(row, buffer);
                return buffer;
            },
            (row, _, after) =>
            {
                changed.Append(after);
                rows.Add(row);
            });
        return new ChangedLabels(new MaskLabels(changed, masks.Size), rows);
    }

    public override Delegate CorruptedGetter(DataViewRow row, DataViewSchema.Column column, TaskLabels changed, Func<int> find)
    {
        var masks = (MaskLabels)changed;
        return Replace(row, column, find, (int index, ref VBuffer<byte> value) =>
        {
            var editor = VBufferEditor.Create(ref value, masks.Size.PixelCount);
            masks.Read(index, editor.Values);
            value = editor.Commit();
        });
    }

    private sealed class Reader(ValueGetter<VBuffer<byte>> getter, TaskSchema task, ImageSize size, PixelStores stores) : LabelReader
    {
        private readonly byte[] current = new byte[size.PixelCount];
        private readonly PixelStore kept = stores.Create(size.PixelCount);
        private VBuffer<byte> buffer;
        private int highest = -1;

        public override int HighestClass => highest;

        public override string? Read()
        {
            var column = task.Task.LabelColumnName;
            if (PixelVector.Read(getter, ref buffer, current, column) is { } problem) return problem;
            if (task.Size == 0) return null; // classes are counted, so that any id is one
            for (var pixel = 0; pixel < current.Length; pixel++)
                if (current[pixel] >= task.Size && current[pixel] != PixelClassificationTask.Ignored)
                    return FormattableString.Invariant($"label column '{column}' holds class id {current[pixel]} at line {(pixel / size.Width) + 1}, column {(pixel % size.Width) + 1}; 0 .. {task.Size - 1} were expected, or 255 for a pixel without class");
            return null;
        }

        public override void Keep()
        {
            kept.Append(current);
            foreach (var id in current)
                if (id != PixelClassificationTask.Ignored && id > highest) highest = id;
        }

        public override void KeepMissing()
        {
            Array.Fill(current, PixelClassificationTask.Ignored);
            Keep();
        }

        public override TaskLabels ToLabels() => new MaskLabels(kept, size);
    }
}
