using System.Diagnostics;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary>
/// The program itself, killed (SIGKILL) at random moments: while it reads, computes, measures, writes a checkpoint or its results. What it resumes to is
/// byte for byte what an uninterrupted run writes, but for times.
/// </summary>
public sealed class KillTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Flag_KilledThreeTimes_ResumesToTheSameResults([Values("table", "scenes")] string kind) => KillAndCompare(kind, 3, TestContext.CurrentContext.Random.Next());

    // [ILT_KILLS=50 ILT_KILLS_SEED=2] dotnet test test/Ilt.Cli.Tests -c Release --filter Name~KilledManyTimes -- NUnit.ExplicitMode=Relaxed
    [Test, Explicit("takes minutes")]
    public void Flag_KilledManyTimes_ResumesToTheSameResults([Values("table", "pairs", "scenes", "bodies")] string kind) => KillAndCompare(kind, Given("ILT_KILLS") ?? 20, Given("ILT_KILLS_SEED") ?? 1);

    private static int? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    // Ctrl-C is that of ResumeTests: a process in the background ignores its signal.
    [TestCase("TERM", 15, ExitCodes.Terminated), TestCase("HUP", 1, ExitCodes.HungUp)]
    public void Flag_Signalled_WritesWhatWasLearnedAndTheStateToGoOnWith(string signal, int number, int expectedCode)
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("signals are of Unix");
        if (IsIgnored(number)) Assert.Ignore($"this process ignores SIG{signal}, as under nohup, and so do those it starts");
        string[] flag = [.. Command("table"), "--fast", "--out", folder["out"]];
        using var process = Start(flag);
        while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("epoch", StringComparison.Ordinal)) { }
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        var rest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(expectedCode), rest);
        Assert.That(rest, Does.Contain("cancelled: what was learned so far is written"));
        Run(["resume", folder["out"]]);
        Run([.. Command("table"), "--fast", "--out", folder["whole"]]);
        Assert.That(RunResults.Of(folder["out"]), Is.EqualTo(RunResults.Of(folder["whole"])));
    }

    // libtorch has things to say that are none of a user's business; of anything else on the error stream a user should hear.
    [Test]
    public void FlagAndPredict_OnImages_WriteNothingToTheErrorStream()
    {
        var files = new SceneFiles(folder, 12);
        string[] flag =
        [
            "flag", files.Table, "--id", "id", "--image", "image", "--images", folder.Root, "--task", SceneFiles.SegTask, "--network", "unet", "--width", "4", "--depth", "2",
            "--epochs", "1", "--batch", "4", "--out", folder["out"],
        ];
        foreach (var line in (string[][])[flag, ["predict", Path.Combine(folder["out"], "model.zip"), files.Table, "--images", folder.Root, "--out", folder["p.csv"]]])
        {
            using var process = Start(line);
            var error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.That((process.ExitCode, error.Result), Is.EqualTo((0, "")));
        }
    }

    private static bool IsIgnored(int signal) =>
        File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } line
        && (Convert.ToUInt64(line[7..].Trim(), 16) >> (signal - 1) & 1) == 1;

    private void KillAndCompare(string kind, int kills, int seed)
    {
        var command = Command(kind);
        var clock = Stopwatch.StartNew();
        Run([.. command, "--out", folder["whole"]]);
        var whole = clock.Elapsed;
        var expected = RunResults.Of(folder["whole"]);
        var random = new Random(seed);
        var (killed, runs) = (0, 0);
        for (; killed < kills; runs++)
        {
            Assert.That(runs, Is.LessThan(5 * kills), "no progress");
            var output = folder["out"];
            // The same command goes on, too: half of the time it is that.
            string[] line = Directory.Exists(Path.Combine(output, "checkpoint")) && random.Next(2) == 0 && File.Exists(Path.Combine(output, "checkpoint", "command.json")) ? ["resume", output] : [.. command, "--out", output];
            using var process = Start(line);
            if (!process.WaitForExit(TimeSpan.FromMilliseconds(random.NextDouble() * (killed + 1 < kills ? 1.1 : 0.5) * whole.TotalMilliseconds)))
            {
                process.Kill();
                process.WaitForExit();
                killed++;
                continue;
            }
            Assert.That(process.ExitCode, Is.Zero, process.StandardError.ReadToEnd());
            Assert.That(RunResults.Of(output), Is.EqualTo(expected), $"seed {seed}, after {killed} kills");
            Directory.Delete(output, recursive: true);
        }
        Run([.. command, "--out", folder["out"]]);
        Assert.That(RunResults.Of(folder["out"]), Is.EqualTo(expected), $"seed {seed}");
        TestContext.Out.WriteLine($"{kind}: {killed} kills in {runs} starts, seed {seed}");
    }

    // A checkpoint after every epoch, so that there is much to be killed in the middle of.
    private string[] Command(string kind)
    {
        string[] often = ["--checkpoint", "1e"];
        switch (kind)
        {
            case "table":
                return ["flag", folder.Write("t.csv", SmallTable.Csv(800)), "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "weight", "--epochs", "60", "--batch", "16", "--validation", "0.2", .. often];
            case "pairs":
                return [.. Scenes(48), "--task", "light=class:light", "--task", "cars=class:cars", "--network", "residual-cnn", "--width", "8", "--depth", "2", .. often];
            case "scenes":
                return [.. Scenes(32), "--task", SceneFiles.SegTask, "--task", SceneFiles.DepthTask, "--network", "unet", "--width", "4", "--depth", "2", "--flip", "0.5", "--colour", "0.3", "--scale", "0.8:1.2", "--validation", "0.2", .. often];
            default:
                var people = new BodyTable(folder, 24);
                return [.. people.Flag("--task", BodyTable.ShapeTask, "--task", BodyTable.PoseTask, "--task", "surface=vertices:shape,pose", "--task", BodyTable.MaskTask, "--classes", "25", "--body", people.Body, "--out", "x").SkipLast(2).Select(word => word == "2" ? "16" : word), "--augment-person", "camera", .. often];
        }
    }

    private string[] Scenes(int count)
    {
        var files = new SceneFiles(folder, count);
        return ["flag", files.Table, "--id", "id", "--image", "image", "--images", folder.Root, "--epochs", "16", "--batch", "8"];
    }

    private static void Run(string[] args)
    {
        using var process = Start(args);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, output + error.Result);
    }

    // Little is written: a pipe that is not read holds it.
    private static Process Start(string[] args) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", [Path.Combine(AppContext.BaseDirectory, "ilt.dll"), .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
