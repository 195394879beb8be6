using System.Globalization;
using System.Numerics;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>A key column: a class per row, key 0 where there is none.</summary>
internal sealed class KeyBinding : ClassBinding
{
    private const string Scorer = "MulticlassClassification";

    public override string Name => "Key";

    public override string Expected => "Key";

    public override bool Fits(SchemaShape.Column column) => column.Kind == SchemaShape.Column.VectorKind.Scalar && column.IsKey;

    public override TaskSchema Read(TaskColumn task, DataViewSchema schema)
    {
        var column = schema[task.LabelColumnName];
        var count = ((KeyDataViewType)column.Type).Count;
        if (count is < 2 or > 1_000_000)
            throw new ArgumentOutOfRangeException("input", $"Task '{task.Name}': label column '{column.Name}' is a key of {count} value(s); classification needs 2 to 1000000 classes. Check the column, or leave the task out.");
        return new TaskSchema(task, this, (int)count, KeyNames.Read(column), null);
    }

    public override TaskSchema Placeholder(TaskColumn task, SchemaShape shape)
    {
        var names = SchemaShapes.Annotation(shape, task.LabelColumnName, KeyNames.Annotation) is { } values
            ? KeyNameTypes.Find(values.ItemType)?.Placeholder()
            : null;
        return new TaskSchema(task, this, 2, names, null);
    }

    public override LabelReader CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores)
        => new Reader(KeyReader.Create(row, row.Schema[task.Task.LabelColumnName]), task);

    public override void AddPredictions(PredictionColumns columns, TaskSchema task)
    {
        // Keys count from 1; ArgMax is -1 where the network's output is NaN, which becomes the missing key 0.
        columns.Add(OutputColumns.PredictedLabel, new KeyDataViewType(typeof(uint), task.Size), Scorer,
            PredictionGetters.Value(outputs => (uint)(Probabilities.ArgMax(outputs) + 1)),
            annotations => task.Names?.AddTo(annotations, KeyNames.Annotation));
        columns.Add(OutputColumns.Score, new VectorDataViewType(NumberDataViewType.Single, task.Size), Scorer,
            PredictionGetters.Vector,
            annotations =>
            {
                if (task.Names is null) return;
                var texts = KeyNames.FromText([.. Enumerable.Range(0, task.Names.Count).Select(task.Names.Text)]);
                texts.AddTo(annotations, Annotate.SlotNames);
                task.Names.AddTo(annotations, Annotate.TrainingLabelValues);
            });
    }

    public override Delegate CorruptedGetter(DataViewRow row, DataViewSchema.Column column, TaskLabels changed, Func<int> find)
    {
        var classes = (ClassLabels)changed;
        var raw = column.Type.RawType;
        if (raw == typeof(uint)) return Key<uint>();
        if (raw == typeof(byte)) return Key<byte>();
        if (raw == typeof(ushort)) return Key<ushort>();
        if (raw == typeof(ulong)) return Key<ulong>();
        throw new NotSupportedException($"Keys of the type {raw} are unknown.");

        Delegate Key<T>() where T : INumberBase<T>
            => Replace(row, column, find, (int index, ref T value) => value = T.CreateTruncating(classes.Classes[index] + 1));
    }

    /// <summary>Its key value, or its number from 1 where the key has no values.</summary>
    protected override string ClassName(TaskSchema task, int index)
        => task.Names?.Text(index) ?? (index + 1).ToString(CultureInfo.InvariantCulture);

    private sealed class Reader(Func<ulong> read, TaskSchema task) : LabelReader
    {
        private readonly List<int> kept = [];
        private int current;

        public override string? Read()
        {
            var key = read();
            if (key > (ulong)task.Size)
                return $"label column '{task.Task.LabelColumnName}' holds the key {key.ToString(CultureInfo.InvariantCulture)} of {task.Size}";
            current = (int)key - 1; // key 0 is a missing label, -1 here
            return null;
        }

        public override void Keep() => kept.Add(current);

        public override void KeepMissing() => kept.Add(-1);

        public override TaskLabels ToLabels() => new ClassLabels([.. kept]);
    }
}
