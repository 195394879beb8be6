using System.Runtime.InteropServices;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Maps: a number per pixel, NaN where a pixel has none.</summary>
internal sealed class MapBinding : PixelBinding
{
    public override string Name => "Map";

    public override string Noun => "maps";

    protected override PrimitiveDataViewType PixelType => NumberDataViewType.Single;

    protected override string Remedy => "Load maps from a column of paths with mlContext.MultiTask.LoadMaps, or give them as float[] with [VectorType(height, width)]";

    public override void CheckOptions(TaskColumn task, bool isOwn, string option)
    {
        if (!Enum.IsDefined(task.PixelLoss))
            throw new ArgumentOutOfRangeException(option, task.PixelLoss, $"Task '{task.Name}': {nameof(TaskColumn.PixelLoss)} must be Squared or Absolute.");
    }

    public override TaskSchema Read(TaskColumn task, DataViewSchema schema) => new(task, this, 1, null, null);

    public override TaskSchema Placeholder(TaskColumn task, SchemaShape shape) => new(task, this, 1, null, null);

    public override TaskDefinition ToDefinition(TaskSchema task, IReadOnlyList<TaskDefinition> sources)
        => new PixelRegressionTask(task.Task.Name) { LossScale = task.Task.LossScale, Loss = task.Task.PixelLoss };

    public override LabelReader CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores)
        => new Reader(row.GetGetter<VBuffer<float>>(row.Schema[task.Task.LabelColumnName]), task, imageSize, stores);

    public override void AddPredictions(PredictionColumns columns, TaskSchema task)
    {
        var size = columns.ImageSize;
        columns.AddPlain(OutputColumns.Score, new VectorDataViewType(NumberDataViewType.Single, size.Height, size.Width),
            PredictionGetters.Vector);
    }

    public override bool IsHeatScaled => true;

    public override LabelImageExamination Describe(
        (string Id, float NoiseScore) row, PixelExamination examination, TaskLabels labels, float scale, RegionOptions regions)
    {
        var maps = (MapLabels)labels;
        var map = new float[maps.Size.PixelCount];
        maps.Read(examination.Row, map);
        var heat = Array.ConvertAll(examination.Heat, error => error / scale);
        return new LabelImageExamination(row.Id, row.NoiseScore, maps.Size, heat, null, examination.SuggestedMap,
            RegionFlags.OfMap(heat, map, examination.SuggestedMap, maps.Size.Height, maps.Size.Width, regions));
    }

    public override bool IsCorruptedBy(LabelCorruptionEstimator.Options options) => options.MapCorruption is not null;

    public override ChangedLabels Corrupt(LabelCorruptionEstimator.Options options, LabelValues values, PixelStores stores)
    {
        var maps = (MapLabels)values.Labels;
        var changed = stores.Create(maps.Size.PixelCount * sizeof(float));
        var (rows, buffer) = (new List<int>(), new float[maps.Size.PixelCount]);
        options.MapCorruption!.Corrupt(
            Labelled(maps),
            row =>
            {
                maps.Read(row, buffer);
                return buffer;
            },
            (row, _, after) =>
            {
                changed.Append(MemoryMarshal.AsBytes<float>(after));
                rows.Add(row);
            });
        return new ChangedLabels(new MapLabels(changed, maps.Size), rows);
    }

    public override Delegate CorruptedGetter(DataViewRow row, DataViewSchema.Column column, TaskLabels changed, Func<int> find)
    {
        var maps = (MapLabels)changed;
        return Replace(row, column, find, (int index, ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, maps.Size.PixelCount);
            maps.Read(index, editor.Values);
            value = editor.Commit();
        });
    }

    private sealed class Reader(ValueGetter<VBuffer<float>> getter, TaskSchema task, ImageSize size, PixelStores stores) : LabelReader
    {
        private readonly float[] current = new float[size.PixelCount];
        private readonly PixelStore kept = stores.Create(size.PixelCount * sizeof(float));
        private VBuffer<float> buffer;

        public override string? Read()
        {
            var column = task.Task.LabelColumnName;
            if (PixelVector.Read(getter, ref buffer, current, column) is { } problem) return problem;
            var infinite = Array.FindIndex(current, float.IsInfinity);
            return infinite < 0 ? null : FormattableString.Invariant(
                $"label column '{column}' is infinite at line {(infinite / size.Width) + 1}, column {(infinite % size.Width) + 1}; a number was expected, or NaN for a pixel without one");
        }

        public override void Keep() => kept.Append(MemoryMarshal.AsBytes<float>(current));

        public override void KeepMissing()
        {
            Array.Fill(current, float.NaN);
            Keep();
        }

        public override TaskLabels ToLabels() => new MapLabels(kept, size);
    }
}
