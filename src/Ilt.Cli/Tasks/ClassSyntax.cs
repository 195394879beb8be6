using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Tasks;

/// <summary>One class per row.</summary>
internal sealed class ClassSyntax : TaskSyntax
{
    /// <inheritdoc/>
    public override string Word => "class";

    /// <inheritdoc/>
    public override string Usage => "NAME=class:COLUMN";

    /// <inheritdoc/>
    public override TaskLabel Read(TaskSpec spec, LabelSource source) =>
        new ClassLabel(spec, source.Column(spec), source.Training as ClassLabel, source.KeepSpellings);

    /// <inheritdoc/>
    public override string? Note(TaskLabel label, IReadOnlyList<int> trainRows) => ((ClassLabel)label).SpellingNote is { } note ? $"task {label.Spec.Name}: {note}" : null;

    /// <inheritdoc/>
    public override string? ValidationNote(TaskLabel training, TaskLabel validation) =>
        ((ClassLabel)validation).ClassNames.Except(((ClassLabel)training).ClassNames).FirstOrDefault() is { } name
            ? $"task {training.Spec.Name}: the validation rows hold the class '{name}', which no training row has; such rows are not measured on."
            : null;

    /// <inheritdoc/>
    public override string Describe(TaskLabel label) =>
        FormattableString.Invariant($"class in column {label.Columns[0].Name}, {((ClassLabel)label).ClassNames.Count} classes");

    /// <inheritdoc/>
    public override IReadOnlyList<string>? ClassNames(TaskLabel label, FlagData data) => ((ClassLabel)label).ClassNames;

    /// <inheritdoc/>
    public override IEnumerable<ViewColumn> View(TaskLabel label, FlagData data)
    {
        var classes = (ClassLabel)label;
        var rows = Enumerable.Range(0, classes.Classes.Length);
        yield return ViewColumn.Texts(label.Spec.LabelColumn, rows.Select(classes.ClassText).ToArray());
    }

    /// <inheritdoc/>
    public override IEnumerable<IEstimator<ITransformer>> Steps(MLContext ml, TaskLabel label, FlagData data) =>
        [ml.Transforms.Conversion.MapValueToKey(label.Spec.LabelColumn)];

    /// <inheritdoc/>
    public override TaskColumn Column(TaskLabel label, FlagData data) =>
        TaskColumn.Classification(label.Spec.Name, label.Spec.LabelColumn);

    /// <inheritdoc/>
    public override LearnedTask Learned(TaskLabel label)
    {
        var classes = (ClassLabel)label;
        return new LearnedTask(new ClassificationTask(label.Spec.Name, classes.ClassNames.Count), new ClassLabels(classes.Classes), classes.ClassNames);
    }

    /// <inheritdoc/>
    public override PredictionColumns? Predictions(DataViewSchema schema, string task, PixelFiles? files) =>
        schema.GetColumnOrNull(task + ".PredictedLabel") is { Type: not VectorDataViewType } predicted
            ? PredictionColumns.OfClasses(schema, task, predicted)
            : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Corruptions { get; } = ["flip", "pair", "permute", "swap"];

    /// <inheritdoc/>
    public override string CorruptionHelp => "flip (any other class), pair (the next class), permute (classes renamed)";

    /// <inheritdoc/>
    public override CorruptedLabels Corrupt(TaskLabel[] labels, CorruptionRecipe recipe, RowIds ids, CancellationToken cancellation)
    {
        var label = (ClassLabel)labels[0];
        var classes = (int[])label.Classes.Clone();
        var wrong = recipe.Apply(label.Spec, corruption => corruption.CorruptClasses(classes, label.ClassNames.Count));
        return new CorruptedLabels(wrong, (row, _) => label.ClassNames[classes[row]]);
    }
}
