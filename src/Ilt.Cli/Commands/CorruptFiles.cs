using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Tasks;
using Ilt.Corruption;
using Ilt.Imaging;

namespace Ilt.Cli.Commands;

/// <summary>What <c>ilt corrupt</c> needs to know of mask and map files.</summary>
/// <param name="Folder">The folder that their paths start from.</param>
/// <param name="Classes">How masks are read.</param>
/// <param name="Maps">How maps are read.</param>
/// <param name="AmongAllClasses">Whether masks are changed among all classes, not only those of the image.</param>
/// <param name="OutFolder">The folder that gets the changed files.</param>
internal sealed record CorruptFileOptions(string Folder, ClassMap Classes, MapEncoding Maps, bool AmongAllClasses, string OutFolder);

/// <summary>The part of <c>ilt corrupt</c> for masks and maps.</summary>
internal static class CorruptFiles
{
    private static readonly (string Name, MaskCorruptionKind Kind)[] MaskKinds =
    [
        ("permute", MaskCorruptionKind.PermuteClasses),
        ("swap", MaskCorruptionKind.Swap),
        ("shift", MaskCorruptionKind.Shift),
        ("drop-region", MaskCorruptionKind.DropRegion),
        ("rename-region", MaskCorruptionKind.RenameRegion),
    ];

    private static readonly (string Name, MapCorruptionKind Kind)[] MapKinds =
    [
        ("uniform-noise", MapCorruptionKind.UniformNoise),
        ("uniform-values", MapCorruptionKind.UniformValues),
        ("swap", MapCorruptionKind.Swap),
    ];

    /// <summary>The kinds for masks.</summary>
    public static string[] MaskKindNames { get; } = [.. MaskKinds.Select(k => k.Name)];

    /// <summary>The kinds for maps.</summary>
    public static string[] MapKindNames { get; } = [.. MapKinds.Select(k => k.Name)];

    /// <summary>All of them.</summary>
    public static IEnumerable<string> KindNames => MaskKindNames.Concat(MapKindNames);

    /// <summary>Writes the changed label images; gives which rows really changed, and the new cells of the task's column.</summary>
    public static (bool[] Wrong, Func<int, int, string?> NewText) Run(FileLabel label, RowIds ids, CorruptOptions options, CancellationToken cancellation)
    {
        var files = options.Files!;
        var recipe = options.Corruption;
        AtomicFile.RequireWritableFolder(files.OutFolder, "--label-out");
        LabelImageCorruption corruption = label.Spec.Kind == TaskKind.Mask
            ? new MaskFileCorruption(label, files.Folder, files.OutFolder, ids.Ids, new MaskCorruption
            {
                Kind = MaskKinds.First(k => k.Name == options.KindName).Kind,
                Fraction = recipe.Fraction,
                Seed = recipe.Seed,
                AmongAllClasses = files.AmongAllClasses,
            }, files.Classes)
            : new MapFileCorruption(label, files.Folder, files.OutFolder, ids.Ids, new MapCorruption
            {
                Kind = MapKinds.First(k => k.Name == options.KindName).Kind,
                Fraction = recipe.Fraction,
                Seed = recipe.Seed,
                Low = recipe.Low,
                High = recipe.High,
            }, files.Maps);
        var cells = corruption.Run(recipe.Fraction, cancellation);
        if (recipe.Fraction > 0 && Enumerable.Range(0, cells.Length).Any(label.IsLabelled) && Array.TrueForAll(cells, cell => cell is null))
            throw new UserErrorException($"{label.Spec.Option}: none of the {label.Spec.KindName}s could be made wrong by --kind {options.KindName}; "
                + (label.Spec.Kind == TaskKind.Mask
                    ? "each holds one class, or all are alike: try --among-all, or another kind."
                    : "the noise is smaller than the steps of the files' numbers, or there are too few: give a wider --range, or more of them."));
        return (Array.ConvertAll(cells, cell => cell is not null), (row, _) => cells[row]);
    }
}
