using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Tasks;

/// <summary>One class per pixel; the column names label images.</summary>
internal sealed class MaskSyntax : PixelSyntax
{
    private static readonly (string Name, MaskCorruptionKind Kind)[] Kinds =
    [
        ("permute", MaskCorruptionKind.PermuteClasses),
        ("swap", MaskCorruptionKind.Swap),
        ("shift", MaskCorruptionKind.Shift),
        ("drop-region", MaskCorruptionKind.DropRegion),
        ("rename-region", MaskCorruptionKind.RenameRegion),
    ];

    /// <inheritdoc/>
    public override string Word => "mask";

    /// <inheritdoc/>
    public override string Usage => "NAME=mask:COLUMN";

    /// <inheritdoc/>
    public override string UsageNote => " (files of class ids per pixel)";

    /// <inheritdoc/>
    public override void RequireLearnableFiles(TaskLabel label, int[] rows, ImageOptions? images, CancellationToken cancellation) =>
        OneClassMasks.Refuse(label, rows, images!, cancellation);

    /// <inheritdoc/>
    public override string? FileProblem(ImageFile file, ImageOptions options) => file.Bits == 16 && !options.Classes.Encoding.InstanceIds
        ? "is a 16-bit image; a mask holds class ids of 8 bits at most (if it numbers objects say --instance-ids, if it holds measurements make it a task of the kind map)."
        : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string>? ClassNames(TaskLabel label, FlagData data) => data.Images!.Options.Classes.Names;

    /// <inheritdoc/>
    public override IEnumerable<IEstimator<ITransformer>> Steps(MLContext ml, TaskLabel label, FlagData data) =>
        [ImageSteps.Masks(ml, data.Images!, label.Spec.LabelColumn)];

    /// <inheritdoc/>
    public override TaskColumn Column(TaskLabel label, FlagData data) =>
        TaskColumn.PixelClassification(label.Spec.Name, data.Images!.Options.Classes.ClassCount, label.Spec.LabelColumn);

    /// <inheritdoc/>
    public override string PixelText(float value, ImageOptions images) => images.Classes.NameOf((int)value);

    /// <inheritdoc/>
    public override PredictionColumns? Predictions(DataViewSchema schema, string task, PixelFiles? files) =>
        schema.GetColumnOrNull(task + ".PredictedLabel") is { Type: VectorDataViewType { Dimensions: [var height, var width] } } mask
            ? PredictionColumns.OfPixels<byte>(task, mask, (row, ids) => files!.WriteMask(task, row, new ImageSize(height, width), ids))
            : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Corruptions { get; } = [.. Kinds.Select(kind => kind.Name)];

    /// <inheritdoc/>
    public override string CorruptionHelp => "permute (the class ids of an image), shift (against the image), drop-region, rename-region";

    /// <inheritdoc/>
    protected override string NothingCorrupted => "each holds one class, or all are alike: try --among-all, or another kind.";

    /// <inheritdoc/>
    protected override LabelImageCorruption Corruption(FileLabel label, CorruptionRecipe recipe, CorruptFileOptions files, string[] ids) =>
        new MaskFileCorruption(label, files.Folder, files.OutFolder, ids, new MaskCorruption
        {
            Kind = Kinds.First(kind => kind.Name == recipe.Kind).Kind,
            Fraction = recipe.Fraction,
            Seed = recipe.Seed,
            AmongAllClasses = files.AmongAllClasses,
        }, files.Classes);
}
