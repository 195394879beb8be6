using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>A boolean column: one of two classes per row, false first.</summary>
internal sealed class BooleanBinding : ClassBinding
{
    private const string Scorer = "BinaryClassification";

    private static readonly string[] ClassNames = ["false", "true"];

    public override string Name => "Boolean";

    public override string Expected => "Boolean";

    public override bool Fits(SchemaShape.Column column)
        => column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false, ItemType: BooleanDataViewType };

    public override TaskSchema Read(TaskColumn task, DataViewSchema schema) => new(task, this, ClassNames.Length, null, null);

    public override TaskSchema Placeholder(TaskColumn task, SchemaShape shape) => new(task, this, ClassNames.Length, null, null);

    public override LabelReader CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores)
        => new Reader(row.GetGetter<bool>(row.Schema[task.Task.LabelColumnName]));

    public override void AddPredictions(PredictionColumns columns, TaskSchema task)
    {
        columns.Add(OutputColumns.PredictedLabel, BooleanDataViewType.Instance, Scorer,
            PredictionGetters.Value(outputs => Probabilities.ArgMax(outputs) == 1));
        columns.Add(OutputColumns.Score, NumberDataViewType.Single, Scorer,
            PredictionGetters.Value(outputs => Probabilities.Logit(outputs[0], outputs[1])));
        columns.Add(OutputColumns.Probability, NumberDataViewType.Single, Scorer, PredictionGetters.Value(outputs => outputs[1]),
            annotations => annotations.AddPrimitiveValue(Annotate.IsNormalized, BooleanDataViewType.Instance, true));
    }

    public override Delegate CorruptedGetter(DataViewRow row, DataViewSchema.Column column, TaskLabels changed, Func<int> find)
        => Replace(row, column, find, (int index, ref bool value) => value = ((ClassLabels)changed).Classes[index] == 1);

    protected override string ClassName(TaskSchema task, int index) => ClassNames[index];

    private sealed class Reader(ValueGetter<bool> getter) : LabelReader
    {
        private readonly List<int> kept = [];
        private bool current;

        public override string? Read()
        {
            getter(ref current);
            return null;
        }

        public override void Keep() => kept.Add(current ? 1 : 0);

        public override void KeepMissing() => kept.Add(-1);

        public override TaskLabels ToLabels() => new ClassLabels([.. kept]);
    }
}
