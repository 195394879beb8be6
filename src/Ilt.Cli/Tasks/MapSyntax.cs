using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Tasks;

/// <summary>One number per pixel; the column names label images.</summary>
internal sealed class MapSyntax : PixelSyntax
{
    private static readonly (string Name, MapCorruptionKind Kind)[] Kinds =
    [
        ("uniform-noise", MapCorruptionKind.UniformNoise),
        ("uniform-values", MapCorruptionKind.UniformValues),
        ("swap", MapCorruptionKind.Swap),
    ];

    /// <inheritdoc/>
    public override string Word => "map";

    /// <inheritdoc/>
    public override string Usage => "NAME=map:COLUMN";

    /// <inheritdoc/>
    public override string UsageNote => " (files of numbers per pixel)";

    /// <inheritdoc/>
    public override IEnumerable<IEstimator<ITransformer>> Steps(MLContext ml, TaskLabel label, FlagData data) =>
        [ImageSteps.Maps(ml, data.Images!, label.Spec.LabelColumn)];

    /// <inheritdoc/>
    public override TaskColumn Column(TaskLabel label, FlagData data) =>
        TaskColumn.PixelRegression(label.Spec.Name, label.Spec.LabelColumn);

    /// <inheritdoc/>
    public override PredictionColumns? Predictions(DataViewSchema schema, string task, PixelFiles? files) =>
        schema.GetColumnOrNull(task + ".PredictedLabel") is null
        && schema[task + ".Score"] is { Type: VectorDataViewType { Dimensions: [var height, var width] } } map
            ? PredictionColumns.OfPixels<float>(task, map, (row, all) => files!.WriteMap(task, row, new ImageSize(height, width), all))
            : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Corruptions { get; } = [.. Kinds.Select(kind => kind.Name)];

    /// <inheritdoc/>
    public override string CorruptionHelp => "uniform-noise (added per pixel), uniform-values (in place of each pixel)";

    /// <inheritdoc/>
    protected override string NothingCorrupted =>
        "the noise is smaller than the steps of the files' numbers, or there are too few: give a wider --range, or more of them.";

    /// <inheritdoc/>
    protected override LabelImageCorruption Corruption(FileLabel label, CorruptionRecipe recipe, CorruptFileOptions files, IReadOnlyList<string> ids) =>
        new MapFileCorruption(label, files.Folder, files.OutFolder, ids, new MapCorruption
        {
            Kind = Kinds.First(kind => kind.Name == recipe.Kind).Kind,
            Fraction = recipe.Fraction,
            Seed = recipe.Seed,
            Low = recipe.Low,
            High = recipe.High,
        }, files.Maps);
}
