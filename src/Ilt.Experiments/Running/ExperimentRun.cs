using System.Diagnostics;

namespace Ilt.Experiments;

/// <summary>An experiment and the folder that gets its results.</summary>
internal sealed class ExperimentRun
{
    private readonly ExperimentFile file;
    private readonly string folder;
    private readonly DataAccess access;

    /// <summary>Plans the cells.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="folder">Gets the results; may hold some.</param>
    /// <param name="dataFolder">Another folder that paths of data may start from; null: none.</param>
    /// <param name="data">Reads tables and listings.</param>
    /// <param name="versions">Versions of the programs that compute.</param>
    /// <exception cref="ExperimentException">Data are missing, or a corruption fits none of them.</exception>
    public ExperimentRun(ExperimentFile file, string folder, string? dataFolder, IExperimentData data, IReadOnlyList<string> versions)
    {
        (this.file, this.folder) = (file, folder);
        access = new DataAccess(file, dataFolder, data);
        Cells = ExperimentGrid.Cells(file, access.Fingerprint, versions);
        Runner = new CellRunner(file, access);
        Store = new ResultStore(folder);
    }

    /// <summary>All cells.</summary>
    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>Runs cells in this process.</summary>
    public CellRunner Runner { get; }

    /// <summary>The results.</summary>
    public ResultStore Store { get; }

    /// <summary>The cells whose line holds one of the alternatives (parted by commas) of every filter.</summary>
    public IReadOnlyList<Cell> Chosen(IReadOnlyList<string> only) =>
        [.. Cells.Where(cell => only.All(filter => filter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(text => $"{cell} {cell.Key}".Contains(text, StringComparison.OrdinalIgnoreCase))))];

    /// <summary>Locks the folder against other runs; null: another one is at work in it.</summary>
    public IDisposable? Lock()
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Runs what is not finished of some cells in child processes.</summary>
    public void Run(IReadOnlyList<Cell> cells, Func<ProcessStartInfo> start, int workers, long memory, Action<CellOutcome> onOutcome, Action<string> note, CancellationToken cancellation)
    {
        Store.RemoveLeftovers();
        new WorkerPool(start, memory, note).Run(cells, workers, onOutcome, cancellation);
    }

    /// <summary>Makes tables and figures of all finished cells.</summary>
    public (string Markdown, IReadOnlyList<string> Notes) Report() => ExperimentReport.Write(file, Cells, Store, folder);

    /// <summary>
    /// Seconds that some cells will take one after the other, and whether finished cells say so: those of the same data set and method, else of the same method, else
    /// all. Without any it is a guess.
    /// </summary>
    public (double Seconds, bool IsMeasured) Estimate(IReadOnlyList<Cell> cells)
    {
        var known = Cells.Select(cell => (Cell: cell, Result: Store.Read(cell))).Where(pair => pair.Result is not null).Select(pair => (pair.Cell, pair.Result!.Seconds)).ToList();
        return known.Count == 0 ? (cells.Sum(cell => CellGuess.Seconds(file, cell, access.PathOf(cell.Data))), false) : (cells.Sum(cell => SecondsOf(cell, known)), true);
    }

    /// <summary>Seconds of one cell, from those of others.</summary>
    public static double SecondsOf(Cell cell, IReadOnlyList<(Cell Cell, double Seconds)> known)
    {
        foreach (var like in (Func<Cell, bool>[])[other => other.Data.Name == cell.Data.Name && other.Method.Name == cell.Method.Name, other => other.Method.Name == cell.Method.Name, _ => true])
        {
            var seconds = known.Where(pair => like(pair.Cell)).Select(pair => pair.Seconds).ToArray();
            if (seconds.Length > 0) return seconds.Average();
        }
        return 0;
    }
}
