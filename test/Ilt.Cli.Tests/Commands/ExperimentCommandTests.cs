using System.Diagnostics;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary><c>ilt experiment</c> with its child processes.</summary>
public sealed class ExperimentCommandTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Run_Table_WritesTablesAndRunsNothingTwice()
    {
        var file = Experiment();
        var first = CliRun.Done("experiment", file, "--out", folder["out"], "--cores", "2");
        Assert.That(first, Does.Contain("6 cells, 0 of them finished before").And.Contain("[6/6]").And.Contain("### ap"));
        Assert.That(File.ReadAllLines(folder["out/tables/ap.csv"])[0], Is.EqualTo("data,level,ilt:noise-score,ilt:log-variance,ilt:last-loss,ilt:mean-loss,ilt:margin,ilt:forgetting,equal/out-of-fold"));
        var again = CliRun.Done("experiment", file, "--out", folder["out"]);
        Assert.That(again, Does.Contain("6 cells, 6 of them finished before").And.Not.Contain("[1/"));
        Assert.That(CliRun.Done("experiment", file, "--out", folder["out"], "--dry-run"), Does.Contain("6 cells, 0 to do").And.Contain("done    t, flip of kind 20 %, seed 1, ilt"));
        // Another number of processes, other bytes nowhere.
        CliRun.Done("experiment", file, "--out", folder["one"], "--cores", "1");
        Assert.That(Tables("one"), Is.EqualTo(Tables("out")));
    }

    [Test]
    public void DryRun_NothingFinished_Guesses()
    {
        var listed = CliRun.Done("experiment", Experiment(), "--out", folder["out"], "--dry-run", "--cores", "2");
        Assert.That(listed, Does.Contain("to do   t, flip of kind 20 %, seed 1, equal/out-of-fold").And.Contain("6 cells, 6 to do: about ").And.Contain("in 2 processes, a rough guess"));
    }

    [Test]
    public void Run_Only_LeavesTheRest()
    {
        var run = CliRun.Done("experiment", Experiment(), "--out", folder["out"], "--only", "seed 1", "--only", "flip,nothing", "--only", "ilt");
        Assert.That(run, Does.Contain("1 cells, 0 of them finished before").And.Contain("1 of 6 cells."));
        Assert.That(CliRun.Refused("experiment", Experiment(), "--out", folder["out"], "--only", "seed 9"), Does.Contain("--only seed 9: fits none of 6 cells"));
    }

    [Test]
    public void Run_CellThatFails_IsRecordedAndTheRestGoesOn()
    {
        // A matrix of three classes does not fit two; that shows when the data are read.
        var file = Experiment("{ \"kind\": \"confusion\", \"options\": { \"matrix\": [[0, 1, 0], [1, 0, 0], [0, 0, 1]] }, \"levels\": [0.2] }");
        var run = CliRun.Of("experiment", file, "--out", folder["out"], "--cores", "2");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("4 of 10 cells failed").And.Contain("The confusion of 2 classes has 2 rows of 2 numbers"));
        Assert.That(run.Out, Does.Contain("6 of 10 cells."));
        Assert.That(Directory.GetFiles(folder["out/cells"], "*.failed.json"), Has.Length.EqualTo(4));
    }

    [Test]
    public void Run_KilledTwice_GoesOnToTheSameTables() => KillAndCompare(2, TestContext.CurrentContext.Random.Next());

    // dotnet test test/Ilt.Cli.Tests -c Release --filter Name~KilledTenTimes -- NUnit.ExplicitMode=Relaxed
    [Test, Explicit("takes minutes")]
    public void Run_KilledTenTimes_GoesOnToTheSameTables() => KillAndCompare(10, 1);

    [Test]
    public void Run_Terminated_EndsItsChildrenAndKeepsWhatIsDone()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("SIGTERM is of Unix");
        using var process = Start("experiment", Experiment(), "--out", folder["out"], "--cores", "1");
        while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("[1/", StringComparison.Ordinal)) { }
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        var rest = process.StandardOutput.ReadToEnd(); // ends when no child holds the pipe any more
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(ExitCodes.Terminated), rest);
        Assert.That(rest, Does.Contain("cells are finished").And.Contain("the same command goes on"));
        CliRun.Done("experiment", Experiment(), "--out", folder["out"]);
    }

    [TestCase("nosuch", "nosuch: there is no such file, and no experiment of this name")]
    [TestCase("detecton", "did you mean 'detection'?")]
    public void Run_UnknownExperiment_IsRefused(string name, string message) => Assert.That(CliRun.Refused("experiment", name, "--out", folder["out"]), Does.Contain(message));

    [Test]
    public void Run_MissingTable_IsRefused()
    {
        var file = folder.Write("e.json", """{ "title": "t", "data": [{ "table": "none.csv", "tasks": ["a=class:a"] }], "corruptions": ["clean"], "weightings": ["ilt"] }""");
        Assert.That(CliRun.Refused("experiment", file, "--out", folder["out"], "--data", folder.Root), Does.Contain("data[0]: there is no").And.Contain("--data FOLDER"));
    }

    [Test]
    public void Run_WrongColumn_FailsWithTheNearestName()
    {
        var file = folder.Write("e.json", """{ "title": "t", "data": [{ "table": "t.csv", "tasks": ["kind=class:kinds"] }], "corruptions": [{ "kind": "flip", "levels": [0.2] }], "weightings": ["ilt"], "seeds": [1] }""");
        folder.Write("t.csv", SmallTable.Csv(60));
        Assert.That(CliRun.Refused("experiment", file, "--out", folder["out"]), Does.Contain("did you mean 'kind'?"));
    }

    [Test]
    public void Run_KnownColumn_IsTheTruth()
    {
        var lines = SmallTable.Csv(60).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var kind = lines[0].Split(',').ToList().IndexOf("kind");
        var classes = lines.Skip(1).Select(line => line.Split(',')[kind]).ToArray();
        folder.Write("t.csv", string.Concat(lines.Select((line, i) => $"{line},{(i == 0 ? "given" : classes[i % 5 == 0 ? i % classes.Length : i - 1])}\n")));
        var expected = classes.Where((name, i) => (i + 1) % 5 == 0 && classes[(i + 1) % classes.Length] != name).Count();
        Assert.That(expected, Is.Positive);
        var file = folder.Write("e.json", """
            { "title": "t", "data": [{ "table": "t.csv", "tasks": ["kind=class:kind"], "ignore": ["id"], "known": [{ "name": "people", "task": "kind", "column": "given" }], "test": 0.02 }],
              "corruptions": [{ "kind": "known", "name": "people" }], "weightings": ["equal"], "training": { "epochs": 1 }, "seeds": [1], "tables": [{ "name": "w", "measure": "wrong-share" }] }
            """);
        CliRun.Done("experiment", file, "--out", folder["out"]);
        var share = double.Parse(File.ReadAllLines(folder["out/measurements.csv"]).Single(line => line.Contains("wrong-share")).Split(',')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(share, Is.EqualTo(expected / 60.0).Within(2 / 60.0), "but for the rows set aside");
    }

    [Test]
    public void Run_DetectionOnRealTables_RunsOneCell()
    {
        if (Environment.GetEnvironmentVariable("ILT_DATA") is not { } data || !Directory.Exists(data))
            Assert.Ignore("needs the real tables: set ILT_DATA to the folder that holds mulan-mtr/ and uci-tabular/");
        else
            Assert.That(CliRun.Done("experiment", "detection", "--quick", "--data", data, "--out", folder["out"], "--only", "noise of slump 20 %", "--only", "ilt"),
                Does.Contain("1 cells").And.Contain("| slump | 20 % |"));
    }

    [Test]
    public void Run_Listing_ReadsPicturesMasksAndMaps()
    {
        var scenes = new SceneFiles(folder, 12);
        var file = folder.Write("e.json", $$"""
            { "title": "t", "data": [{ "images": "{{Path.GetFileName(scenes.Table)}}", "tasks": ["{{SceneFiles.SegTask}}", "{{SceneFiles.DepthTask}}", "light=class:light"], "options": { "size": [32, 32], "classes": 12 } }],
              "corruptions": [{ "kind": "permute", "tasks": ["seg"], "levels": [0.4] }], "weightings": ["ilt"], "seeds": [1],
              "training": { "epochs": 1, "network": { "kind": "unet", "baseWidth": 4, "depth": 2 } }, "tables": [{ "name": "ap", "measure": "ap", "rows": ["task"] }] }
            """);
        Assert.That(CliRun.Done("experiment", file, "--out", folder["out"]), Does.Contain("| seg |"));
        Assert.That(File.ReadAllText(folder["out/measurements.csv"]), Does.Contain(",depth,meanAbsoluteError,").And.Contain(",light,accuracy,"));
    }

    private void KillAndCompare(int kills, int seed)
    {
        string[] command = ["experiment", Experiment(), "--cores", "2"];
        var clock = Stopwatch.StartNew();
        Assert.That(End(Start([.. command, "--out", folder["whole"]])), Is.Zero);
        var whole = clock.Elapsed;
        var random = new Random(seed);
        for (var killed = 0; killed < kills;)
        {
            using var process = Start([.. command, "--out", folder["out"]]);
            _ = process.StandardOutput.ReadToEndAsync();
            if (process.WaitForExit(whole * (0.8 * random.NextDouble())))
            {
                Directory.Delete(folder["out"], recursive: true);
                continue;
            }
            process.Kill();
            process.WaitForExit();
            killed++;
        }
        Assert.That(End(Start([.. command, "--out", folder["out"]])), Is.Zero);
        Assert.That(Tables("out"), Is.EqualTo(Tables("whole")), $"seed {seed}");
        Assert.That(Directory.GetFiles(folder["out"], "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }

    private string Experiment(string more = "")
    {
        folder.Write("t.csv", SmallTable.Csv(60));
        return folder.Write("e.json", $$"""
            {
              "title": "small", "data": [{ "table": "t.csv", "tasks": ["{{SmallTable.KindTask}}", "{{SmallTable.SizeTask}}"], "ignore": ["id", "weight"] }],
              "corruptions": [{ "kind": "flip", "levels": [0.2] }, "clean"{{(more.Length > 0 ? ", " + more : "")}}],
              "weightings": ["ilt"], "detectors": ["equal/out-of-fold"], "training": { "epochs": 2 }, "seeds": [1, 2],
              "tables": [{ "name": "ap", "measure": "ap" }, { "name": "error", "measure": "error", "rows": ["data", "corruption"] }, { "name": "wins", "kind": "wins" }]
            }
            """);
    }

    private Dictionary<string, string> Tables(string name) => Directory.GetFiles(folder[name], "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder[name], path)).Where(path => path.StartsWith("tables", StringComparison.Ordinal) || path is "report.md" or "measurements.csv").Order()
        .ToDictionary(path => path, path => File.ReadAllText(folder[$"{name}/{path}"]));

    private static int End(Process process)
    {
        using (process)
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", [Path.Combine(AppContext.BaseDirectory, "ilt.dll"), .. args])
    {
        RedirectStandardOutput = true,
    })!;
}
