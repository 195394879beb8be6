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
    public override string UsageNote => " (files of class ids or colours per pixel)";

    /// <inheritdoc/>
    public override FoundClasses FindClasses(TaskSpec spec, IEnumerable<string> paths, ImageOptions images, CancellationToken cancellation) =>
        new MaskFinding(images.Classes, MaskSurvey.Read(paths, cancellation), $"task {spec.Name}", spec.Option).Find();

    /// <inheritdoc/>
    public override string? FormatProblem(string path, ImageOptions images)
    {
        if (images.Classes.Encoding.IsBinary || !MaskSurvey.IsLossy(path))
            return null;
        try
        {
            LabelFiles.ReadMask(path, images.Classes.Encoding, PictureReader.Read);
            return null;
        }
        catch (ImageFormatException e)
        {
            return ClassMap.Explain(e.Message);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? ClassNames(TaskLabel label, FlagData data)
    {
        var classes = data.Images!.ClassesOf(label.Spec.Name);
        return classes.Names ?? classes.Values;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? ClassValues(TaskLabel label, FlagData data) => data.Images!.ClassesOf(label.Spec.Name).ValuesOfFiles();

    /// <inheritdoc/>
    public override IEnumerable<IEstimator<ITransformer>> Steps(MLContext ml, TaskLabel label, FlagData data) =>
        [ImageSteps.Masks(ml, data.Images!, data.Images!.ClassesOf(label.Spec.Name), label.Spec.LabelColumn)];

    /// <inheritdoc/>
    public override TaskColumn Column(TaskLabel label, FlagData data)
    {
        var classes = data.Images!.ClassesOf(label.Spec.Name);
        return TaskColumn.PixelClassification(label.Spec.Name, classes.ClassCount, label.Spec.LabelColumn) with { ClassValues = classes.Values };
    }

    /// <inheritdoc/>
    public override string PixelText(float value, ImagePlan images, string task) => images.ClassesOf(task).NameOf((int)value);

    /// <inheritdoc/>
    public override PredictionColumns? Predictions(DataViewSchema schema, string task, PixelFiles? files)
    {
        if (schema.GetColumnOrNull(task + ".PredictedLabel") is not { Type: VectorDataViewType { Dimensions: [var height, var width] } } mask)
            return null;
        var values = ClassValues(mask);
        return PredictionColumns.OfPixels<byte>(task, mask, (row, ids) => files!.WriteMask(task, row, new ImageSize(height, width), ids, values));
    }

    // What stands for the classes in the files that the model was trained on.
    private static string[]? ClassValues(DataViewSchema.Column mask)
    {
        if (mask.Annotations.Schema.GetColumnOrNull(nameof(TaskColumn.ClassValues)) is null)
            return null;
        VBuffer<ReadOnlyMemory<char>> values = default;
        mask.Annotations.GetValue(nameof(TaskColumn.ClassValues), ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Corruptions { get; } = [.. Kinds.Select(kind => kind.Name)];

    /// <inheritdoc/>
    public override string CorruptionHelp => "permute (the class ids of an image), shift (against the image), drop-region, rename-region";

    /// <inheritdoc/>
    protected override string NothingCorrupted => "each holds one class, or all are alike: try --among-all, or another kind.";

    /// <inheritdoc/>
    protected override LabelImageCorruption Corruption(FileLabel label, CorruptionRecipe recipe, CorruptFileOptions files, IReadOnlyList<string> ids) =>
        new MaskFileCorruption(label, files.Folder, files.OutFolder, ids, new MaskCorruption
        {
            Kind = Kinds.First(kind => kind.Name == recipe.Kind).Kind,
            Fraction = recipe.Fraction,
            Seed = recipe.Seed,
            AmongAllClasses = files.AmongAllClasses,
        }, files.Classes);
}
