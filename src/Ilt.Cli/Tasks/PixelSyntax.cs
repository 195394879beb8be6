using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;

namespace Ilt.Cli.Tasks;

/// <summary>A label per pixel; one column names the files, label images. What masks and maps share.</summary>
internal abstract class PixelSyntax : TaskSyntax
{
    /// <inheritdoc/>
    public sealed override string WordNote => " for label images";

    /// <inheritdoc/>
    public sealed override string NeededOption => "--image";

    /// <inheritdoc/>
    public sealed override bool IsPerPixel => true;

    /// <inheritdoc/>
    public sealed override TaskLabel Read(TaskSpec spec, LabelSource source) => new FileLabel(spec, source.Column(spec));

    /// <inheritdoc/>
    public sealed override string Describe(TaskLabel label) => $"{Word} files in column {label.Columns[0].Name}";

    /// <inheritdoc/>
    public sealed override IEnumerable<ViewColumn> View(TaskLabel label, FlagData data)
    {
        var folder = data.Images!.Options.LabelFolder;
        var rows = Enumerable.Range(0, label.Columns[0].Count);
        yield return ViewColumn.Texts(label.Spec.LabelColumn, rows.Select(row => label.PathOf(row, folder)).ToArray());
    }

    /// <inheritdoc/>
    public sealed override CorruptedLabels Corrupt(TaskLabel[] labels, CorruptionRecipe recipe, RowIds ids, CancellationToken cancellation)
    {
        var label = (FileLabel)labels[0];
        var files = recipe.Files!;
        AtomicFile.RequireWritableFolder(files.OutFolder, "--label-out");
        var corruption = Corruption(label, recipe, files, ids.Ids);
        corruption.Inputs = files.Inputs;
        var cells = corruption.Run(recipe.Fraction, cancellation);
        if (recipe.Fraction > 0 && Enumerable.Range(0, cells.Length).Any(label.IsLabelled) && Array.TrueForAll(cells, cell => cell is null))
            throw new UserErrorException($"{label.Spec.Option}: none of the {Word}s could be made wrong by --kind {recipe.Kind}; {NothingCorrupted}");
        return new CorruptedLabels(Array.ConvertAll(cells, cell => cell is not null), (row, _) => cells[row]) { Notes = corruption.Notes };
    }

    /// <summary>Why none of the files could be made wrong, and what to do.</summary>
    protected abstract string NothingCorrupted { get; }

    /// <summary>What makes the files wrong.</summary>
    protected abstract LabelImageCorruption Corruption(FileLabel label, CorruptionRecipe recipe, CorruptFileOptions files, IReadOnlyList<string> ids);
}
