using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>Makes label images wrong, row by row, and writes the new ones into a folder; the old files stay as they are.</summary>
/// <param name="label">The task's files.</param>
/// <param name="labelFolder">The folder that their paths start from.</param>
/// <param name="outFolder">The folder that gets the new ones.</param>
/// <param name="ids">Ids by row, from which the new files are named.</param>
internal abstract class LabelImageCorruption(FileLabel label, string labelFolder, string outFolder, IReadOnlyList<string> ids)
{
    private readonly string[] names = FileNames.Distinct(ids);

    /// <summary>The rows in the order in which they become wrong, and whether they exchange their labels.</summary>
    protected abstract (int[] Order, bool IsExchange) Plan(bool[] hasLabel);

    /// <summary>Makes one row's label image wrong.</summary>
    /// <param name="row">The row.</param>
    /// <param name="path">Its file.</param>
    /// <param name="giver">For an exchange, the file of the row whose label it gets; null otherwise.</param>
    /// <returns>What writes the new file; null where nothing could be changed.</returns>
    protected abstract Action<string>? Change(int row, string path, string? giver);

    /// <summary>What is not to be written over; null: nothing is known of it.</summary>
    public NamedFiles? Inputs { get; set; }

    /// <summary>What was found about the files, to be told.</summary>
    public IReadOnlyList<string> Notes { get; protected set; } = [];

    /// <summary>Makes round(fraction x labelled rows) label images wrong. Gives the new cell of each changed row; null: unchanged.</summary>
    public string?[] Run(double fraction, CancellationToken cancellation)
    {
        var hasLabel = Enumerable.Range(0, ids.Count).Select(label.IsLabelled).ToArray();
        var cells = new string?[ids.Count];
        var (order, isExchange) = Plan(hasLabel);
        var count = (int)Math.Round(fraction * order.Length, MidpointRounding.AwayFromZero);
        var done = 0;
        for (var i = 0; i < (isExchange ? count : order.Length) && done < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = order[i];
            // In an exchange each row gets the label of the next one that differs, the last rows that of the first.
            Action<string>? write = null;
            for (var j = i + 1; write is null && j <= (isExchange ? count : i + 1); j++)
            {
                var giver = j < count ? order[j] : order[0];
                write = Reading(row, () => Change(row, PathOf(row), isExchange ? PathOf(giver) : null));
            }

            if (write is null)
                continue;
            cells[row] = Write(row, write);
            done++;
        }

        return cells;
    }

    /// <summary>Turns what goes wrong with a row's file into an error that names line and column.</summary>
    protected T Reading<T>(int row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new UserErrorException($"{label.Column.Where(row)}: {ClassMap.Explain(e.Message)}", e);
        }
    }

    /// <summary>The task.</summary>
    protected TaskSpec Task => label.Spec;

    /// <summary>The file of a row.</summary>
    protected string PathOf(int row) => label.PathOf(row, labelFolder);

    private string Write(int row, Action<string> write)
    {
        var path = Path.Combine(outFolder, names[row] + (ImageFile.IsArray(PathOf(row)) ? ".npy" : ".png"));
        Inputs?.RequireOther(path, $"--label-out {outFolder}");
        AtomicFile.WriteNamed(path, write);
        return Path.GetRelativePath(Path.GetFullPath(labelFolder), Path.GetFullPath(path)).Replace('\\', '/');
    }
}
