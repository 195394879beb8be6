using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>A known-size vector of <see cref="float"/>: several numbers per row, with a NaN where there is no label.</summary>
internal sealed class VectorBinding : RegressionBinding
{
    public override string Name => "Vector";

    public override string Expected => "known-size Vector<Single>";

    public override bool Fits(SchemaShape.Column column)
        => column is { Kind: SchemaShape.Column.VectorKind.Vector, IsKey: false } && column.ItemType.Equals(NumberDataViewType.Single);

    public override TaskSchema Read(TaskColumn task, DataViewSchema schema)
    {
        var column = schema[task.LabelColumnName];
        CheckRotations(task, column);
        return new TaskSchema(task, this, ((VectorDataViewType)column.Type).Size, null, KeyNames.ReadSlotNames(column));
    }

    public override TaskSchema Placeholder(TaskColumn task, SchemaShape shape)
    {
        var isNamed = SchemaShapes.Annotation(shape, task.LabelColumnName, Annotate.SlotNames) is not null;
        return new TaskSchema(task, this, 2, null, isNamed ? ["0", "1"] : null);
    }

    public override LabelReader CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores)
        => new Reader(row.GetGetter<VBuffer<float>>(row.Schema[task.Task.LabelColumnName]), task);

    public override void AddPredictions(PredictionColumns columns, TaskSchema task) => columns.AddVector(task);

    public override Delegate CorruptedGetter(DataViewRow row, DataViewSchema.Column column, TaskLabels changed, Func<int> find)
    {
        var numbers = (NumberLabels)changed;
        return Replace(row, column, find, (int index, ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, numbers.Dimensions);
            numbers[index].CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private sealed class Reader(ValueGetter<VBuffer<float>> getter, TaskSchema task) : LabelReader
    {
        private readonly List<float> kept = [];
        private readonly float[] current = new float[task.Size];
        private VBuffer<float> buffer;

        public override string? Read()
        {
            getter(ref buffer);
            if (buffer.Length != current.Length)
                return $"label column '{task.Task.LabelColumnName}' holds {buffer.Length} numbers where its type says {current.Length}";
            buffer.CopyTo(current);
            var infinite = Array.FindIndex(current, float.IsInfinity);
            return infinite < 0 ? null : $"label column '{task.Task.LabelColumnName}', slot {infinite + 1}, is infinite; leave it empty (NaN) where there is no label";
        }

        public override void Keep() => kept.AddRange(current);

        public override void KeepMissing()
        {
            Array.Fill(current, float.NaN);
            Keep();
        }

        public override TaskLabels ToLabels() => new NumberLabels([.. kept], current.Length);
    }
}
