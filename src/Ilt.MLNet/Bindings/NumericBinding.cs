using System.Globalization;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet;

/// <summary>One or several numbers per row, whatever is learned of them.</summary>
internal abstract class NumericBinding : TaskBinding
{
    public override bool IsSource => true;

    public override bool IsListed => true;

    public override string Advice(SchemaShape.Column column)
    {
        if (column.ItemType is ImageDataViewType) return "Name a column of numbers";
        if (!column.IsKey) return ColumnAdvice.Numbers(column);
        if (SchemaShapes.Find(column.Annotations, KeyNames.Annotation) is not null)
            return $"Turn keys back into the values they stand for with {ColumnAdvice.Steps}Conversion.MapKeyToValue, and where these are texts, convert them with {ColumnAdvice.Steps}Conversion.ConvertType";
        return column.Kind == SchemaShape.Column.VectorKind.Scalar
            ? "The keys stand for no values that could be numbers; make the task a TaskColumn.Classification"
            : "The keys stand for no values that could be numbers; name a column of numbers";
    }

    public override void Check(TaskSchema task, TaskLabels labels, List<string> warnings)
    {
        var numbers = (NumberLabels)labels;
        var first = -1;
        var varies = new bool[task.Size];
        for (var row = 0; row < numbers.Count; row++)
        {
            if (!numbers.IsLabelled(row)) continue;
            if (first < 0) first = row;
            for (var d = 0; d < varies.Length; d++) varies[d] |= numbers[row][d] != numbers[first][d];
        }
        if (first < 0) throw NoLabels(task);
        var constant = Array.IndexOf(varies, false);
        // On a common scale one component may be constant, such as the rotation of a joint that never moves.
        if (constant < 0 || (task.Task.Scale == TargetScale.Common && Array.IndexOf(varies, true) >= 0)) return;
        var place = task.Size > 1 ? $" in slot {constant + 1}" : "";
        throw new InvalidOperationException($"{NameOf(task)} has the constant target {numbers[first][constant].ToString(CultureInfo.InvariantCulture)}{place} in all {numbers.CountLabelled()} labelled row(s); there is nothing to learn. Check the column, or leave {(task.Size > 1 ? "the slot" : "the task")} out.");
    }

    public override TaskLabels Predicted(TaskSchema task, float[] predictions) => new NumberLabels(predictions, task.Size);

    public override TaskLabels Suggested(TaskSchema task, float[] suggested) => new NumberLabels(suggested, task.Size);

    /// <summary>Numbers in the shortest form that reads back equal, a vector's separated by blanks.</summary>
    public override string Text(TaskSchema task, TaskLabels labels, int row)
        => ((NumberLabels)labels)[row] is [var only]
            ? only.ToString(CultureInfo.InvariantCulture)
            : string.Join(' ', ((NumberLabels)labels)[row].ToArray().Select(n => n.ToString(CultureInfo.InvariantCulture)));

    public override int SavedDimensions(TaskLabels labels) => ((NumberLabels)labels).Dimensions;

    public override void Save(BinaryWriter writer, TaskLabels labels) => writer.WriteArray(((NumberLabels)labels).Values);

    public override TaskLabels Load(BinaryReader reader, int savedDimensions)
        => savedDimensions > 0 ? new NumberLabels(reader.ReadArray<float>(), savedDimensions) : throw Broken();
}
