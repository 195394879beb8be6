using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>A label image per row, mask or map, from the files that one column names; an empty cell is a row without a label.</summary>
internal sealed class FileLabel : TaskLabel
{
    /// <summary>Takes the column of paths; no file is read.</summary>
    public FileLabel(TaskSpec spec, TableColumn column)
        : base(spec, [column])
    {
    }

    /// <summary>The column of paths.</summary>
    public TableColumn Column => Columns[0];

    /// <inheritdoc/>
    public override bool ReadsFiles => true;

    /// <inheritdoc/>
    public override bool IsLabelled(int row) => !Column.IsMissing(row);

    /// <inheritdoc/>
    public override string PathOf(int row, string folder) => IsLabelled(row) ? Path.Combine(folder, Column.Text(row)) : "";

    /// <inheritdoc/>
    public override string[] Cells(string text, string folder) => File.Exists(Path.Combine(folder, text.Trim()))
        ? [text.Trim()]
        : throw new FormatException($"there is no file {Path.Combine(folder, text.Trim())}; name the corrected label image, relative to the folder of label files");

    /// <inheritdoc/>
    public override string[] SuggestedCells(string text) => throw new FormatException("a label image is no text");

    /// <summary>Nothing: a label image has no text.</summary>
    public override string GivenText(int row) => "";

    /// <inheritdoc/>
    public override void RequireLearnable(IReadOnlyList<int> rows)
    {
        if (!rows.Any(IsLabelled))
            throw new UserErrorException($"{Where} names no label image at all; leave the task out.");
    }
}
