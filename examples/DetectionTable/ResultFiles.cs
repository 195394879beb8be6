using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Examples.DetectionTable;

/// <summary>
/// The measurements as CSV files, appended line by line. A cell is claimed by an empty file, so that an interrupted table goes on
/// where it stopped and several processes can share one. After a kill, remove the claims whose cell has no lines.
/// </summary>
internal sealed class ResultFiles
{
    private readonly string folder;

    public ResultFiles(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "claims"));
    }

    public bool Claim(string set, string task, double fraction, int seed) => Claim($"{set}~{task}~{fraction}~{seed}");

    /// <summary>Gives a claim back when its cell was not finished.</summary>
    public void Release(string set, string task, double fraction, int seed) => File.Delete(ClaimPath($"{set}~{task}~{fraction}~{seed}"));

    public bool ClaimClean(string set, int seed, LossWeightingKind weighting) => Claim($"{set}~clean~{seed}~{weighting}");

    public void Write(TaskDefinition[] tasks, CellResult r)
    {
        var key = $"{r.Set},{Clean(r.Task)},{r.Fraction},{r.Seed}";
        Append("detection.csv", r.Detections.Select(d => $"{key},{d.Detector},{d.Precision:F4},{d.AveragePrecision:F4},{d.RocAuc:F4}"));
        Append("blind.csv", r.BlindAuc.Select(b => $"{key},{Clean(b.Key)},{b.Value:F4}"));
        Append("errors.csv", r.TestErrors.SelectMany(e => e.Value.Select((error, k) => $"{key},{e.Key},{Clean(tasks[k].Name)},{error:G6}")));
    }

    public void WriteClean(string set, int seed, LossWeightingKind weighting, TaskDefinition[] tasks, double[] errors) =>
        Append("errors.csv", errors.Select((error, k) => $"{set},clean,0,{seed},{LossWeightings.ShortName(weighting)},{Clean(tasks[k].Name)},{error:G6}"));

    private static string Clean(string name) => name.Replace(',', ' ');

    private bool Claim(string name)
    {
        var path = ClaimPath(name);
        try
        {
            using var _ = new FileStream(path, FileMode.CreateNew);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private string ClaimPath(string name) =>
        Path.Combine(folder, "claims", string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '~' ? c : '_')));

    private void Append(string file, IEnumerable<string> lines)
    {
        var kept = lines.ToArray();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                File.AppendAllLines(Path.Combine(folder, file), kept);
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                Thread.Sleep(20); // another process is at its line
            }
        }
    }
}
