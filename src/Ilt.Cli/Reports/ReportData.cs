using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Reports;

/// <summary>The table that a run was about, as a report shows it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Ids">The ids of its rows.</param>
/// <param name="Folder">Where paths of the run begin.</param>
internal sealed record ReportData(Table Table, IReadOnlyList<string> Ids, string Folder)
{
    private readonly Dictionary<string, int> rows = Enumerable.Range(0, Ids.Count).ToDictionary(row => Ids[row], StringComparer.Ordinal);

    /// <summary>The table of a finished run, where it is still what it was; else why it is not shown.</summary>
    public static (ReportData? Data, string? Problem) Find(RunRecord record, string? path = null)
    {
        var folder = record.Command?.WorkingFolder ?? Environment.CurrentDirectory;
        if (path is not null)
            folder = IsThere(folder, record) ? folder : Before(Path.GetFullPath(path), record.Data.Path) ?? folder;
        else if (!File.Exists(Path.Combine(folder, record.Data.Path)) && File.Exists(record.Data.Path))
            folder = Environment.CurrentDirectory;
        path ??= Path.Combine(folder, record.Data.Path);
        if (!File.Exists(path))
            return (null, $"{path} is not there any more, so that rows are shown by their ids alone; --data FILE says where it is now");
        var table = TableReader.Read(path);
        return table.Source.Sha256 == record.Data.Sha256
            ? (new ReportData(table, RowIds.Read(table, record.Data.IdColumn).Ids, folder), null)
            : (null, $"{path} has changed since the run, so that rows are shown by their ids alone");
    }

    private static bool IsThere(string folder, RunRecord record) => record.Images is not { } images || Directory.Exists(Path.Combine(folder, images.Folder));

    // Where a folder was moved as a whole, its pictures went with its table.
    private static string? Before(string path, string end) =>
        !Path.IsPathRooted(end) && path.EndsWith(Path.DirectorySeparatorChar + end, StringComparison.Ordinal) ? path[..^(end.Length + 1)] : null;

    /// <summary>The row of an id, from 0; null: there is none.</summary>
    public int? RowOf(string id) => rows.TryGetValue(id, out var row) ? row : null;

    /// <summary>A path of the run.</summary>
    public string PathOf(string path) => Path.Combine(Folder, path);
}
