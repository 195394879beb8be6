using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Tasks;

/// <summary>One or several numbers per row.</summary>
internal sealed class RegressionSyntax : TaskSyntax
{
    private const int DescribedLength = 200;

    /// <inheritdoc/>
    public override string Word => "regression";

    /// <inheritdoc/>
    public override string Usage => "NAME=regression:COLUMN[,COLUMN...]";

    /// <inheritdoc/>
    public override TaskLabel Read(TaskSpec spec, LabelSource source) =>
        new NumberLabel(spec, source.Columns(spec), source.Ids, source.KeepBad);

    /// <inheritdoc/>
    public override string? Note(TaskLabel label, IReadOnlyList<int> trainRows) =>
        label is NumberLabel { IsOfBody: false } numbers && numbers.NeedsCommonScale(trainRows)
            ? $"task {label.Spec.Name}: some of its columns hold one value only, so all are learned on one scale, as numbers of one unit; leave them out where the columns differ in their units."
            : null;

    /// <inheritdoc/>
    public override string Describe(TaskLabel label)
    {
        var names = NumberedNames.Joined([.. label.Columns.Select(c => c.Name)]);
        return $"regression of {(names.Length > DescribedLength ? names[..(DescribedLength - 4)] + " ..." : names)}"
            + (label.Columns.Count > 6 ? $" ({label.Columns.Count} columns)" : "");
    }

    /// <inheritdoc/>
    public override IEnumerable<ViewColumn> View(TaskLabel label, FlagData data) =>
        ((NumberLabel)label).Components.Select((component, i) => ViewColumn.Numbers(ComponentName(label, i), component));

    /// <inheritdoc/>
    public override IEnumerable<IEstimator<ITransformer>> Steps(MLContext ml, TaskLabel label, FlagData data) => label.Columns.Count > 1
        ? [ml.Transforms.Concatenate(label.Spec.LabelColumn, [.. label.Columns.Select((_, i) => ComponentName(label, i))])]
        : [];

    /// <inheritdoc/>
    public override TaskColumn Column(TaskLabel label, FlagData data) =>
        TaskColumn.Regression(
            label.Spec.Name, label.Spec.LabelColumn, ((NumberLabel)label).NeedsCommonScale(data.TrainRows) ? TargetScale.Common : null);

    /// <inheritdoc/>
    public override LearnedTask Learned(TaskLabel label)
    {
        var numbers = (NumberLabel)label;
        var all = Enumerable.Range(0, numbers.Components[0].Length).ToArray();
        var task = new RegressionTask(label.Spec.Name, numbers.Components.Count);
        return new LearnedTask(numbers.NeedsCommonScale(all) ? task with { Scale = TargetScale.Common } : task, new NumberLabels(NumberLabel.RowMajor(numbers.Components), numbers.Components.Count));
    }

    /// <summary>The numbers joined as those of given labels are.</summary>
    public override string PredictedText(string text) => text.Replace(' ', ';');

    /// <inheritdoc/>
    public override PredictionColumns? Predictions(DataViewSchema schema, string task, PixelFiles? files) =>
        schema.GetColumnOrNull(task + ".PredictedLabel") is null
        && schema[task + ".Score"] is { Type: not VectorDataViewType { Dimensions.Length: 2 } } score
            ? PredictionColumns.OfNumbers(task, score)
            : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Corruptions { get; } = ["uniform", "gaussian", "swap"];

    /// <inheritdoc/>
    public override string CorruptionHelp => "uniform, gaussian (noise is added)";

    /// <inheritdoc/>
    public override bool IsCorruptedTogether => true;

    /// <inheritdoc/>
    public override CorruptedLabels Corrupt(TaskLabel[] labels, CorruptionRecipe recipe, RowIds ids, CancellationToken cancellation)
    {
        // One vector per row over all tasks, so that the same rows become wrong in each; a row that lacks a label of one is left alone.
        var components = labels.Cast<NumberLabel>().SelectMany(task => task.Components).ToArray();
        var before = NumberLabel.RowMajor(components);
        var values = (float[])before.Clone();
        var wrong = recipe.Apply(labels[0].Spec, corruption => corruption.CorruptNumbers(values, components.Length));
        var columns = labels.SelectMany(task => task.Columns).ToArray();
        return new CorruptedLabels(wrong, (row, component) =>
        {
            var cell = (row * components.Length) + component;
            return values[cell] == before[cell] ? null : columns[component].Reading.Number.Format(values[cell]);
        });
    }

    private static string ComponentName(TaskLabel label, int component) =>
        label.Spec.LabelColumn + (label.Columns.Count > 1 ? "." + label.Columns[component].Name : "");
}
