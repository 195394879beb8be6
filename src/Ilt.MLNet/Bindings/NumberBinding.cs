using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>A number column of any type: one number per row, NaN where there is none.</summary>
internal sealed class NumberBinding : RegressionBinding
{
    public override string Name => "Number";

    public override string Expected => "a number";

    public override string ExpectedForCorruption => "Single";

    public override bool Fits(SchemaShape.Column column)
        => column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false, ItemType: NumberDataViewType };

    public override TaskSchema Read(TaskColumn task, DataViewSchema schema)
    {
        CheckRotations(task, schema[task.LabelColumnName]);
        return new TaskSchema(task, this, 1, null, null);
    }

    public override TaskSchema Placeholder(TaskColumn task, SchemaShape shape) => new(task, this, 1, null, null);

    public override LabelReader CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores)
        => new Reader(NumberReader.Create(row, row.Schema[task.Task.LabelColumnName]), task);

    public override void AddPredictions(PredictionColumns columns, TaskSchema task)
        => columns.Add(OutputColumns.Score, NumberDataViewType.Single, "Regression", PredictionGetters.Value(outputs => outputs[0]));

    public override Delegate CorruptedGetter(DataViewRow row, DataViewSchema.Column column, TaskLabels changed, Func<int> find)
        => Replace(row, column, find, (int index, ref float value) => value = ((NumberLabels)changed)[index][0]);

    private sealed class Reader(Func<float> read, TaskSchema task) : LabelReader
    {
        private readonly List<float> kept = [];
        private float current;

        public override string? Read()
        {
            current = read();
            return float.IsInfinity(current) ? $"label column '{task.Task.LabelColumnName}' is infinite; leave it empty (NaN) where there is no label" : null;
        }

        public override void Keep() => kept.Add(current);

        public override void KeepMissing() => kept.Add(float.NaN);

        public override TaskLabels ToLabels() => new NumberLabels([.. kept], 1);
    }
}
