using System.Text.Json;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary>What a run that is cancelled, fails or starts again does to what is there already.</summary>
public sealed class NothingLostTests
{
    private TempFolder folder = null!;
    private string data = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TempFolder();
        data = folder.Write("t.csv", SmallTable.Csv());
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    private string[] Flag(string output, params string[] more) =>
        ["flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "weight", "--epochs", "12", "--batch", "32", "--fast", "--out", folder[output], .. more];

    [Test]
    public void Flag_CancelledBesideACompleteResult_WaitsInItsOwnFolderUntilItIsComplete()
    {
        CliRun.Done(Flag("out", "--seed", "2"));
        folder.Write("out/notes.txt", "mine");
        var before = RunResults.Of(folder["out"]);

        var (code, output, _) = When("epoch 1/", _ => { }, Flag("out"));

        Assert.That(code, Is.EqualTo(130), output);
        Assert.That(IsComplete("out"), Is.True);
        Assert.That(IsComplete("out/incomplete"), Is.False);
        Assert.That(RunResults.Of(folder["out"]).Split('\n'), Is.SupersetOf(before.Split('\n')), "what was there is as it was");
        Assert.That(output, Does.Contain("the complete result in").And.Contain(Path.Combine(folder["out"], "incomplete", "noise-scores.csv")));

        CliRun.Done("resume", folder["out"]);
        CliRun.Done(Flag("whole"));
        folder.Write("whole/notes.txt", "mine");
        Assert.That(RunResults.Of(folder["out"]), Is.EqualTo(RunResults.Of(folder["whole"])), "and nothing is left beside it");
    }

    [Test]
    public void Flag_CancelledWithinTheFirstEpoch_WritesNothingAndSaysSo([Values] bool complete)
    {
        if (complete) CliRun.Done(Flag("out", "--seed", "2"));
        var before = Directory.Exists(folder["out"]) ? RunResults.Of(folder["out"]) : "";
        using var source = new CancellationTokenSource();
        using var output = new CancellingWriter("training:", source);
        var code = CliApplication.Run(Flag("out", "--checkpoint", "off"), output, TextWriter.Null, interactive: false, source.Token);
        Assert.That(code, Is.EqualTo(130));
        Assert.That(Directory.Exists(folder["out"]) ? RunResults.Of(folder["out"]) : "", Is.EqualTo(before));
    }

    [Test]
    public void Flag_ResultsThatCannotBeWritten_AreWrittenElsewhere_AndItSaysWhere()
    {
        using var output = new ActingWriter("epoch 12/12", () =>
        {
            // As when the disk is full, or the folder went with its drive.
            Directory.Delete(folder["out"], recursive: true);
            File.WriteAllText(folder["out"], "");
        });
        var error = new StringWriter();
        var code = CliApplication.Run(Flag("out", "--checkpoint", "off"), output, error, interactive: false, default);

        Assert.That(code, Is.EqualTo(1), output.ToString());
        var said = System.Text.RegularExpressions.Regex.Match(error.ToString(), @"^ilt: .*cannot be written \(.*\); free the place or choose another\. For now they are in (\S+)\.\s*$");
        Assert.That(said.Success, Is.True, error.ToString());
        var rescued = said.Groups[1].Value;
        try
        {
            CliRun.Done(Flag("whole"));
            Assert.That(RunResults.Of(rescued), Is.EqualTo(RunResults.Of(folder["whole"])));
        }
        finally
        {
            Directory.Delete(rescued, recursive: true);
        }
    }

    [Test]
    public void Flag_BreaksOffInTheMiddle_WritesScoresAndModelMarkedIncompleteAndSaysHowToGoOn()
    {
        var (code, _, error) = When("epoch 12/", _ => throw new InvalidOperationException("The row cannot be read; mend LearningRate."), Flag("out", "--checkpoint", "1e"));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.TrimEnd(), Does.StartWith("ilt: The row cannot be read; mend --lr. What was learned by the end of epoch 11 is written").And.Contain($"ilt resume {folder["out"]} goes on").And.Not.Contain("\n"));
        Assert.That(IsComplete("out"), Is.False);
        Assert.That(File.ReadLines(Path.Combine(folder["out"], "noise-scores.csv")).Count(), Is.EqualTo(241));
        CliRun.Done("predict", Path.Combine(folder["out"], "model.zip"), data, "--out", folder["p.csv"]);

        CliRun.Done("resume", folder["out"]);
        CliRun.Done(Flag("whole"));
        Assert.That(RunResults.Of(folder["out"]), Is.EqualTo(RunResults.Of(folder["whole"])));
    }

    [Test]
    public void Flag_Diverges_NamesTheOptionAndLeavesNothingToGoOnWith()
    {
        var refused = CliRun.Refused(Flag("out", "--lr", "1e12", "--checkpoint", "1s"));
        Assert.That(refused, Does.Contain("training diverged").And.Contain("--lr").And.Contain("start again").And.Not.Contain("LearningRate"));
        Assert.That(folder.Files, Is.EqualTo(new[] { "t.csv" }));
    }

    [Test]
    public void Flag_KilledWhileItReplacedResults_IsFinishedByTheNextCommand()
    {
        CliRun.Done(Flag("out", "--seed", "2"));
        CliRun.Done(Flag("whole"));
        Ilt.Cli.Output.ResultSet.OnStep = to =>
        {
            if (to == Path.Combine(folder["out"], "model.zip")) throw new TimeoutException("killed");
        };
        try
        {
            Assert.That(CliRun.Of(Flag("out")).ExitCode, Is.EqualTo(1));
        }
        finally
        {
            Ilt.Cli.Output.ResultSet.OnStep = null;
        }

        Assert.That(File.Exists(Path.Combine(folder["out"], "run.json")), Is.False, "no record speaks of what is not there");
        CliRun.Done("predict", Path.Combine(folder["out"], "model.zip"), data, "--out", folder["p.csv"]);
        Directory.Delete(Path.Combine(folder["out"], "checkpoint"), recursive: true); // how to go on with the run that was killed
        Assert.That(RunResults.Of(folder["out"]), Is.EqualTo(RunResults.Of(folder["whole"])));
    }

    [Test]
    public void Flag_OutHoldsWhatIsRead_IsRefused()
    {
        Directory.CreateDirectory(folder["out"]);
        var inside = folder.Write("out/noise-scores.csv", SmallTable.Csv());
        Assert.That(CliRun.Refused("flag", inside, "--task", SmallTable.KindTask, "--out", folder["out"]), Does.Contain("would be replaced").And.Contain("is read"));
        File.CreateSymbolicLink(folder["link.csv"], inside);
        Assert.That(CliRun.Refused("flag", folder["link.csv"], "--task", SmallTable.KindTask, "--out", folder["out"]), Does.Contain("would be replaced"));
        Assert.That(File.ReadAllText(inside), Is.EqualTo(SmallTable.Csv()));
    }

    [Test]
    public void EveryCommand_OutIsADeviceOrWhatIsRead_IsRefused()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("links and devices are those of Linux");
        File.CreateSymbolicLink(folder["link.csv"], data);
        CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--ignore", "weight,size", "--out", folder["run"]));
        var model = Path.Combine(folder["run"], "model.zip");
        string[] corrupt = ["corrupt", data, "--task", SmallTable.KindTask, "--kind", "flip", "--fraction", "0.1"];
        foreach (var place in (string[])[folder["link.csv"], data])
        {
            Assert.That(CliRun.Refused([.. corrupt, "--out", place, "--truth", folder["tr.csv"]]), Does.StartWith("ilt: --out").And.Contain("is the file that is read"));
            Assert.That(CliRun.Refused([.. corrupt, "--out", folder["c.csv"], "--truth", place]), Does.StartWith("ilt: --truth").And.Contain("is the file that is read"));
            Assert.That(CliRun.Refused("predict", model, data, "--out", place), Does.Contain("is the file that is read"));
        }

        foreach (var device in (string[])["/dev/null", "/dev/stdout"])
        {
            Assert.That(CliRun.Refused([.. corrupt, "--out", device, "--truth", folder["tr.csv"]]), Does.Contain("is a device"));
            Assert.That(CliRun.Refused([.. corrupt, "--out", folder["c.csv"], "--truth", device]), Does.Contain("is a device"));
            Assert.That(CliRun.Refused("predict", model, data, "--out", device), Does.Contain("is a device"));
            Assert.That(CliRun.Refused("flag", data, "--task", SmallTable.KindTask, "--out", device), Does.Contain("is a device"));
        }

        Directory.CreateDirectory(folder["images"]);
        Directory.CreateDirectory(folder["masks"]);
        foreach (var name in (string[])["images/a.png", "masks/a.png"])
            Ilt.Imaging.PngWriter.Write(folder[name], new Ilt.Imaging.ByteImage(2, 2, 1, [0, 1, 1, 0]));
        Assert.That(CliRun.Refused("list", "folders", folder["images"], folder["masks"], "--out", folder["masks/a.png"]), Does.Contain("is one of the files of the data set"));
        Assert.That(CliRun.Refused("list", "folders", folder["images"], folder["masks"], "--out", "/dev/null"), Does.Contain("is a device"));
        Assert.That(File.ReadAllText(data), Is.EqualTo(SmallTable.Csv()));
    }

    [Test]
    public void Corrupt_TemporaryFilesOfKilledProcesses_AreRemoved()
    {
        folder.Write("c.csv.999999999.tmp", "half");
        folder.Write("c.csv.mine.tmp", "a user's");
        CliRun.Done("corrupt", data, "--task", SmallTable.KindTask, "--kind", "flip", "--fraction", "0.1", "--out", folder["c.csv"], "--truth", folder["tr.csv"]);
        Assert.That(folder.Files, Is.EqualTo(new[] { "c.csv", "c.csv.mine.tmp", "t.csv", "tr.csv" }));
    }

    [Test]
    public void Flag_TooManyThreads_IsRefused() => Assert.That(
        CliRun.Refused(Flag("out", "--threads", "100000")), Does.Contain($"--threads 100000: expected at most {Ilt.Torch.TrainingOptions.MaximumThreads}"));

    [TestCase("Max open files            60                   60                   files", false)]
    [TestCase("Max open files            60                   4096                 files", true, Description = "the soft limit is raised")]
    [TestCase("Max open files            unlimited            unlimited            files", true)]
    [TestCase("Max processes             60                   60                   processes", true)]
    [TestCase("", true)]
    public void SystemLimits_FewFiles_AreRefusedBeforeAnythingBegins(string line, bool isEnough)
    {
        var limits = $"Limit                     Soft Limit           Hard Limit           Units\n{line}\n";
        Assert.That(SystemLimits.FewFiles(limits), isEnough ? Is.Null : Does.Contain("may open 60 files").And.Contain("ulimit -n 1024"));
    }

    [TestCase(24, "ulimit -n"), TestCase(0, "memory")]
    public void SystemLimits_AreSaidWithWhatRaisesThem(int number, string expected)
    {
        Exception inner = number == 0 ? new OutOfMemoryException() : new IOException("Too many open files", number);
        Assert.That(SystemLimits.Explain(new TypeInitializationException("X", inner)), Does.Contain(expected));
        Assert.That(SystemLimits.Explain(new IOException("another")), Is.Null);
    }

    private bool IsComplete(string run)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder[run], "run.json")));
        return record.RootElement.GetProperty("complete").GetBoolean();
    }

    // Cancels at a line of the output, and then does what is given, out of the training itself.
    private static (int Code, string Out, string Error) When(string line, Action<CancellationTokenSource> act, string[] args)
    {
        using var source = new CancellationTokenSource();
        using var output = new ActingWriter(line, () =>
        {
            act(source);
            source.Cancel();
        });
        var error = new StringWriter();
        var code = CliApplication.Run(args, output, error, interactive: false, source.Token);
        return (code, output.ToString(), error.ToString());
    }

    private sealed class ActingWriter(string trigger, Action act) : StringWriter
    {
        private bool done;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (done || value?.StartsWith(trigger, StringComparison.Ordinal) != true) return;
            done = true;
            act();
        }
    }
}
