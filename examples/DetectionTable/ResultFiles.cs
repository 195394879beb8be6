using Ilt.Cli.Output;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Examples.DetectionTable;

/// <summary>
/// The measurements. A cell of the table is a file of its own in <c>cells/</c>, put there whole when all of it is measured, so that an
/// interrupted table goes on where it stopped; a file locked in <c>claims/</c> keeps other processes from the cell that one is at, and
/// the lock ends with its process. The CSV files are made of all cells at the end.
/// </summary>
internal sealed class ResultFiles
{
    private const string End = "end";

    private readonly string folder;
    private readonly string cells;
    private readonly string claims;

    public ResultFiles(string folder)
    {
        (this.folder, cells, claims) = (folder, Path.Combine(folder, "cells"), Path.Combine(folder, "claims"));
        if (File.Exists(Path.Combine(folder, "detection.csv")) && !Directory.Exists(cells))
            throw new IOException($"{folder} holds results of an older version, in which an interrupted cell cannot be told from a finished one; name another folder with --out.");
        Directory.CreateDirectory(cells);
        Directory.CreateDirectory(claims);
    }

    /// <summary>Measures a cell unless it is finished or another process is at it.</summary>
    /// <returns>Whether it was measured.</returns>
    public bool Measure(string cell, Func<IEnumerable<string>> lines)
    {
        var name = string.Concat(cell.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '~' ? c : '_'));
        var file = Path.Combine(cells, name + ".csv");
        using var claim = Claim(Path.Combine(claims, name));
        if (claim is null || IsFinished(file)) return false;
        var text = string.Concat(lines().Append(End).Select(line => line + "\n"));
        AtomicFile.WriteNamed(file, temporary => File.WriteAllText(temporary, text));
        return true;
    }

    public static string Name(string set, string task, double fraction, int seed) => $"{set}~{task}~{fraction}~{seed}";

    public static string CleanName(string set, int seed, LossWeightingKind weighting) => $"{set}~clean~{seed}~{weighting}";

    /// <summary>The lines of a cell, each led by the file it goes to.</summary>
    public static IEnumerable<string> Lines(TaskDefinition[] tasks, CellResult r)
    {
        var key = $"{r.Set},{Clean(r.Task)},{r.Fraction},{r.Seed}";
        return
        [
            .. r.Detections.Select(d => $"detection,{key},{d.Detector},{d.Precision:F4},{d.AveragePrecision:F4},{d.RocAuc:F4}"),
            .. r.BlindAuc.Select(b => $"blind,{key},{Clean(b.Key)},{b.Value:F4}"),
            .. r.TestErrors.SelectMany(e => e.Value.Select((error, k) => $"errors,{key},{e.Key},{Clean(tasks[k].Name)},{error:G6}")),
        ];
    }

    public static IEnumerable<string> CleanLines(string set, int seed, LossWeightingKind weighting, TaskDefinition[] tasks, double[] errors) =>
        errors.Select((error, k) => $"errors,{set},clean,0,{seed},{LossWeightings.ShortName(weighting)},{Clean(tasks[k].Name)},{error:G6}");

    /// <summary>Makes detection.csv, blind.csv, errors.csv and lengths.csv of all finished cells.</summary>
    public void Join()
    {
        var lines = Directory.GetFiles(cells, "*.csv").Order(StringComparer.Ordinal).Where(IsFinished).SelectMany(File.ReadAllLines).ToArray();
        foreach (var kind in (string[])["detection", "blind", "errors", "lengths"])
        {
            var own = lines.Where(line => line.StartsWith(kind + ",", StringComparison.Ordinal)).Select(line => line[(kind.Length + 1)..]);
            AtomicFile.WriteNamed(Path.Combine(folder, kind + ".csv"), temporary => File.WriteAllLines(temporary, own));
        }
    }

    private static bool IsFinished(string file) => File.Exists(file) && File.ReadLines(file).LastOrDefault() == End;

    private static string Clean(string name) => name.Replace(',', ' ');

    private static FileStream? Claim(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
