using System.Globalization;
using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.Cli.Tasks;

/// <summary>A count per row.</summary>
internal sealed class CountSyntax : TaskSyntax
{
    /// <inheritdoc/>
    public override string Word => "count";

    /// <inheritdoc/>
    public override string Usage => "NAME=count:COLUMN";

    /// <inheritdoc/>
    public override string UsageNote => " (whole numbers from 0)";

    /// <inheritdoc/>
    public override TaskLabel Read(TaskSpec spec, LabelSource source) => new CountLabel(spec, source.Column(spec), source.Ids, source.KeepBad);

    /// <inheritdoc/>
    public override string Describe(TaskLabel label) => $"count of {label.Columns[0].Name}";

    /// <inheritdoc/>
    public override IEnumerable<ViewColumn> View(TaskLabel label, FlagData data) => [ViewColumn.Numbers(label.Spec.LabelColumn, ((CountLabel)label).Counts)];

    /// <inheritdoc/>
    public override IEnumerable<IEstimator<ITransformer>> Steps(MLContext ml, TaskLabel label, FlagData data) => [];

    /// <inheritdoc/>
    public override TaskColumn Column(TaskLabel label, FlagData data) => TaskColumn.Count(label.Spec.Name, label.Spec.LabelColumn);

    /// <inheritdoc/>
    public override LearnedTask Learned(TaskLabel label) => new(new CountTask(label.Spec.Name), new NumberLabels(((CountLabel)label).Counts));

    /// <summary>None of its own: an expected count is a number as a regression's.</summary>
    public override PredictionColumns? Predictions(DataViewSchema schema, string task, PixelFiles? files) => null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Corruptions { get; } = ["uniform", "gaussian", "swap"];

    /// <inheritdoc/>
    public override string CorruptionHelp => "uniform, gaussian (noise is added, then rounded, at least 0)";

    /// <inheritdoc/>
    public override CorruptedLabels Corrupt(TaskLabel[] labels, CorruptionRecipe recipe, RowIds ids, CancellationToken cancellation)
    {
        var counts = (float[])((CountLabel)labels[0]).Counts.Clone();
        var wrong = recipe.Apply(labels[0].Spec, corruption => (corruption with { Counts = true }).CorruptNumbers(counts, 1));
        return new CorruptedLabels(wrong, (row, _) => Written(labels[0].Columns[0].Reading.Number, counts[row]));
    }

    // Without an exponent, however large.
    private static string Written(NumberFormat format, float count) => format.Dress(count.ToString("F0", CultureInfo.InvariantCulture));
}
