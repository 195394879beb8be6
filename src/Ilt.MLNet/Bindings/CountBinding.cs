using System.Globalization;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>A number column of any type that holds counts: a whole number from 0 per row, NaN where there is none.</summary>
/// <remarks>A column to be corrupted is one of numbers, and <see cref="Ilt.Corruption.LabelCorruption.Counts"/> says that they stay whole.</remarks>
internal sealed class CountBinding : NumericBinding
{
    public override string Name => "Count";

    public override string Expected => "a number";

    public override bool Fits(SchemaShape.Column column)
        => column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false, ItemType: NumberDataViewType };

    public override TaskSchema Read(TaskColumn task, DataViewSchema schema) => new(task, this, 1, null, null);

    public override TaskSchema Placeholder(TaskColumn task, SchemaShape shape) => new(task, this, 1, null, null);

    public override TaskDefinition ToDefinition(TaskSchema task, IReadOnlyList<TaskDefinition> sources)
        => new CountTask(task.Task.Name) { LossScale = task.Task.LossScale };

    public override LabelReader CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores)
        => new Reader(NumberReader.Create(row, row.Schema[task.Task.LabelColumnName]), task);

    public override void AddPredictions(PredictionColumns columns, TaskSchema task)
        => columns.Add(OutputColumns.Score, NumberDataViewType.Single, "Regression", PredictionGetters.Value(outputs => outputs[0]));

    /// <summary>A count with all its digits, an expected one in the shortest form that reads back equal.</summary>
    public override string Text(TaskSchema task, TaskLabels labels, int row)
        => ((NumberLabels)labels)[row][0] is var number && float.IsInteger(number)
            ? number.ToString("F0", CultureInfo.InvariantCulture)
            : base.Text(task, labels, row);

    private sealed class Reader(Func<float> read, TaskSchema task) : LabelReader
    {
        private readonly List<float> kept = [];
        private float current;

        public override string? Read()
        {
            current = read();
            if (float.IsNaN(current) || (current >= 0 && float.IsInteger(current))) return null;
            return float.IsInfinity(current)
                ? $"label column '{task.Task.LabelColumnName}' is infinite; leave it empty (NaN) where there is no label"
                : FormattableString.Invariant($"label column '{task.Task.LabelColumnName}' is {current}, and counts are whole numbers from 0; ")
                    + "leave it empty (NaN) where there is no label, or make the task a TaskColumn.Regression";
        }

        public override void Keep() => kept.Add(current);

        public override void KeepMissing() => kept.Add(float.NaN);

        public override TaskLabels ToLabels() => new NumberLabels([.. kept], 1);
    }
}
