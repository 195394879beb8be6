using Ilt.Cli.Output;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Images;

/// <summary>The files that the cells of a table name, whatever the column: pictures and labels, which no command writes over.</summary>
/// <param name="table">The table.</param>
/// <param name="folder">The folder that their paths start from.</param>
internal sealed class NamedFiles(Table table, string folder)
{
    private static readonly StringComparer ByCase = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private readonly Dictionary<string, string> realFolders = new(ByCase);
    private HashSet<string>? files;

    /// <summary>Refuses to write over one of them. Costs nothing where nothing is there yet.</summary>
    /// <param name="path">What is going to be written.</param>
    /// <param name="option">How the command line names it, with its value.</param>
    public void RequireOther(string path, string option)
    {
        if (!File.Exists(path))
            return;
        files ??= table.Columns.SelectMany(column => Enumerable.Range(0, table.RowCount).Select(column.Text))
            .Where(IsPath).SelectMany(text => Names(Path.Combine(folder, text))).ToHashSet(ByCase);
        if (Names(path).Any(files.Contains))
            throw new UserErrorException($"{option}: {path} would overwrite the file that is read, or that the table names; name another, so that it is not lost.");
    }

    private static bool IsPath(string text) => Path.GetExtension(text).Length > 1 && !text.Contains('\0');

    // The name itself, and what it leads to.
    private IEnumerable<string> Names(string path)
    {
        var full = Path.GetFullPath(path);
        var parent = Path.GetDirectoryName(full) ?? full;
        if (!realFolders.TryGetValue(parent, out var real))
            realFolders[parent] = real = Place.Real(parent);
        var name = Path.Combine(real, Path.GetFileName(full));
        return new FileInfo(name).LinkTarget is null ? [name] : [name, Place.Real(name)];
    }
}
