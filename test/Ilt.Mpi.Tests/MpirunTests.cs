using System.Globalization;
using System.Text;
using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.Torch.Tests;

namespace Ilt.Mpi.Tests;

/// <summary>The real thing: ilt under mpirun ranks rows as ilt alone does.</summary>
[NonParallelizable]
public sealed class MpirunTests
{
    private readonly Support.TempFolder folder = new();

    [OneTimeSetUp]
    public void RequireMpirun() => Mpirun.Require();

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Flag_Table_IsThatOfOneProcess_AndTheSameAgain()
    {
        var one = Scores(Flag(1, "one"));
        var two = Flag(2, "two");
        RequireSame(Scores(two), one);
        Assert.That(File.ReadAllText(Flag(2, "again")), Is.EqualTo(File.ReadAllText(two)), "one number of ranks gives one result");
        RequireSame(Scores(Flag(4, "four")), one);
        Assert.That(File.ReadAllText(Path.Combine(Path.GetDirectoryName(two)!, "run.json")), Does.Contain("\"ranks\": 2"));
        Assert.That(File.ReadAllText(folder.Path("one", "run.json")), Does.Not.Contain("\"ranks\""));
    }

    [Test]
    public void Flag_TreesBesideTheNetwork_AreFittedByTheFirstRank()
    {
        var two = Flag(2, "trees2");
        RequireSame(Scores(two), Scores(Flag(1, "trees1")));
        Assert.That(File.ReadAllText(Path.Combine(Path.GetDirectoryName(two)!, "run.json")), Does.Contain("a linear model").Or.Contain("boosted trees"));

        string Flag(int ranks, string name)
        {
            var (code, output, error) = Mpirun.Run(ranks, "flag", Table(60, "trees.csv"), "--task", "size=regression:size", "--id", "id", "--epochs", "4", "--threads", "auto", "--out", folder.Path(name, "x")[..^2]);
            Assert.That(code, Is.Zero, output + error);
            return folder.Path(name, "noise-scores.csv");
        }
    }

    [Test]
    public void Flag_ImagesWithBatchNormalization_IsThatOfOneProcess()
    {
        var table = Pictures(24);
        RequireSame(Scores(Flag(2, "pictures2")), Scores(Flag(1, "pictures1")));

        string Flag(int ranks, string name)
        {
            var (code, output, error) = Mpirun.Run(ranks, "flag", table, "--id", "id", "--image", "image", "--images", folder.Root, "--task", "seg=mask:mask", "--task", "cars=regression:cars",
                "--network", "unet", "--width", "4", "--depth", "1", "--epochs", "3", "--batch", "8", "--fast", "--out", folder.Path(name, "x")[..^2]);
            Assert.That(code, Is.Zero, output + error);
            return folder.Path(name, "noise-scores.csv");
        }
    }

    [Test]
    public void Kill_OneRank_EndsAll_AndAnotherNumberOfRanksGoesOn()
    {
        var table = Table(600, "long.csv");
        var place = folder.Path("killed", "x")[..^2];
        string[] arguments = ["flag", table, "--task", "kind=class:kind", "--task", "size=regression:size", "--id", "id", "--epochs", "25", "--batch", "16", "--fast", "--seed", "2", "--checkpoint", "1e"];
        var whole = Mpirun.Run(1, [.. arguments, "--out", folder.Path("whole", "x")[..^2]]);
        Assert.That(whole.Code, Is.Zero, whole.Error);
        using (var process = Mpirun.Start(2, [.. arguments, "--out", place]))
        {
            while (!process.HasExited && Directory.GetFiles(Path.Combine(Made(place), "checkpoint"), "*", new EnumerationOptions { IgnoreInaccessible = true }).Length < 3) Thread.Sleep(20);
            var ranks = Mpirun.Ranks(process);
            Assert.That(ranks, Has.Length.EqualTo(2), "both are at work");
            System.Diagnostics.Process.GetProcessById(ranks[1]).Kill(entireProcessTree: false);
            var (code, _, error) = Mpirun.End(process);
            Assert.That(code, Is.Not.Zero);
            Assert.That(error, Does.Contain("exited on signal 9"), "mpirun says which rank has died");
            Assert.That(error, Does.Contain("ilt: mpirun ends the ranks, and this one waits for another, which may have died; ilt resume "));
            Assert.That(File.Exists(Path.Combine(place, "noise-scores.csv")), Is.False);
        }
        var (resumed, output, message) = Mpirun.Run(3, "resume", place);
        Assert.That(resumed, Is.Zero, output + message);
        Assert.That(output, Does.Contain("going on from the checkpoint of"));
        RequireSame(Scores(Path.Combine(place, "noise-scores.csv")), Scores(folder.Path("whole", "noise-scores.csv")), 0.02);

        static string Made(string path)
        {
            Directory.CreateDirectory(Path.Combine(path, "checkpoint"));
            return path;
        }
    }

    [Test]
    public void Fail_OnEveryRank_IsSaidOnce()
    {
        var (code, output, error) = Mpirun.Run(2, "flag", folder.Path("absent.csv"), "--task", "kind=class:kind", "--out", folder.Path("failed", "x")[..^2]);
        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Is.Empty);
        Assert.That(error.Split('\n').Where(line => line.StartsWith("ilt", StringComparison.Ordinal)), Is.EqualTo(new[] { $"ilt: {folder.Path("absent.csv")}: there is no such file; check the path." }));
    }

    [Test]
    public void Run_AnotherCommand_IsRefusedInOneSentence()
    {
        var (code, _, error) = Mpirun.Run(2, "demo");
        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain("ilt: mpirun has started 2 processes, and ilt demo runs in one; start it without mpirun, or one of flag, audit, resume, which train together."));
    }

    [Test]
    public void Flag_CoTeaching_IsRefused()
    {
        var (code, _, error) = Mpirun.Run(2, "flag", Table(60, "peers.csv"), "--task", "kind=class:kind", "--score", "co-teaching", "--out", folder.Path("peers", "x")[..^2]);
        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain("ilt: --score co-teaching: co-teaching trains two networks at the same time"));
    }

    private string Flag(int ranks, string name)
    {
        var (code, output, error) = Mpirun.Run(ranks, "flag", Table(120, "t.csv"), "--task", "kind=class:kind", "--task", "size=regression:size", "--id", "id", "--epochs", "12", "--batch", "16", "--fast", "--validation", "0.2", "--out", folder.Path(name, "x")[..^2]);
        Assert.That(code, Is.Zero, output + error);
        if (ranks > 1) Assert.That(output, Does.Contain($"ranks: {ranks} processes train together").And.Not.Contain("\u001b"));
        Assert.That(output.Split('\n').Count(line => line.StartsWith("written:", StringComparison.Ordinal)), Is.EqualTo(1), "one rank speaks");
        return folder.Path(name, "noise-scores.csv");
    }

    private string Table(int rows, string name)
    {
        var (features, classes, numbers) = TestTables.Make(rows, 1);
        var text = new StringBuilder("id,a,b,c,d,kind,size\n");
        for (var row = 0; row < rows; row++)
        {
            var kind = row % 9 == 4 ? "" : row % 10 == 0 ? $"k{(classes[row] + 1) % 3}" : $"k{classes[row]}"; // some lack a label, some have a wrong one
            text.AppendLine(CultureInfo.InvariantCulture, $"r{row},{string.Join(',', features[(4 * row)..(4 * row + 4)].Select(x => x.ToString("F4", CultureInfo.InvariantCulture)))},{kind},{numbers[row]:F2}");
        }
        return folder.File(name, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private string Pictures(int count)
    {
        const int Side = 32;
        var generator = new SceneGenerator(new SceneOptions { Height = Side, Width = Side, Difficulty = 0.2 });
        var text = new StringBuilder("id,image,mask,cars\n");
        for (var row = 0; row < count; row++)
        {
            var scene = generator.Generate(row);
            PngWriter.Write(folder.Path($"image{row}.png"), scene.Image);
            PngWriter.Write(folder.Path($"mask{row}.png"), scene.Mask);
            text.AppendLine(CultureInfo.InvariantCulture, $"p{row},image{row}.png,mask{row}.png,{row % 5 * 10}");
        }
        return folder.File("pictures.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static Dictionary<string, double> Scores(string path)
    {
        var lines = File.ReadAllLines(path);
        var columns = lines[0].Split(',');
        var score = Array.IndexOf(columns, "noise_score");
        return lines.Skip(1).Select(line => line.Split(',')).ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => double.Parse(cells[score], CultureInfo.InvariantCulture));
    }

    private static void RequireSame(Dictionary<string, double> found, Dictionary<string, double> expected, double tolerance = 1e-3)
    {
        Assert.That(found.Keys, Is.EquivalentTo(expected.Keys));
        Assert.That(found.Keys.Max(key => Math.Abs(found[key] - expected[key])), Is.LessThan(tolerance));
    }
}
