using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary>A run that was cancelled goes on, by the same command or by ilt resume, to the results of one that never was.</summary>
public sealed class ResumeTests
{
    private static readonly string[] Tasks = ["--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "weight"];

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

    private string[] Flag(string output, params string[] more) => ["flag", data, .. Tasks, "--epochs", "12", "--batch", "32", "--fast", "--out", folder[output], .. more];

    [Test]
    public void Resume_CancelledRun_IsTheUninterruptedRun()
    {
        CliRun.Done(Flag("whole"));
        var cancelled = Cancel(Flag("out"));
        Assert.That(cancelled, Does.Contain($"ilt resume {folder["out"]} goes on"));

        var output = CliRun.Done("resume", folder["out"]);

        Assert.That(output, Does.Contain("note: going on from the checkpoint of").And.Contain("epochs and"));
        Assert.That(RunResults.Of(folder["out"]), Is.EqualTo(RunResults.Of(folder["whole"])));
        Assert.That(Directory.Exists(Path.Combine(folder["out"], "checkpoint")), Is.False, "nothing is left to go on with");
    }

    [Test]
    public void Flag_TheSameCommandAgain_FindsItsUnfinishedRunAndSaysSo([Values] bool resume)
    {
        CliRun.Done(Flag("whole"));
        Cancel(Flag("out"));
        Assert.That(CliRun.Done(Flag("out", resume ? ["--resume"] : [])), Does.Contain("going on from the checkpoint"));
        Assert.That(RunResults.Of(folder["out"]), Is.EqualTo(RunResults.Of(folder["whole"])));
    }

    [Test]
    public void Flag_AnotherCommand_IsRefusedWithWhatDiffersUnlessToldToRestart()
    {
        Cancel(Flag("out"));
        var refused = CliRun.Refused(Flag("out", "--lr", "0.01"));
        Assert.That(refused, Does.Contain("--lr: 0.002 there, 0.01 here").And.Contain($"ilt resume {folder["out"]}").And.Contain("--restart"));
        CliRun.Done(Flag("whole"));
        Directory.Move(folder["out"], folder["kept"]);
        Assert.That(CliRun.Done("resume", folder["kept"]), Does.Contain("going on"), "the refused command has not taken its place");
        Assert.That(RunResults.Of(folder["kept"]), Is.EqualTo(RunResults.Of(folder["whole"])));

        Cancel(Flag("out"));
        CliRun.Refused(Flag("out", "--restart", "--features", "nonsense"));
        Assert.That(Directory.Exists(Path.Combine(folder["out"], "checkpoint")), "bad input throws nothing away");
        Assert.That(CliRun.Done(Flag("out", "--lr", "0.01", "--restart")), Does.Not.Contain("going on"));
    }

    [Test]
    public void Flag_OtherData_IsRefused()
    {
        Cancel(Flag("out"));
        folder.Write("t.csv", SmallTable.Csv(seed: 8));
        Assert.That(CliRun.Refused("resume", folder["out"]), Does.Contain("the training inputs differ").And.Contain("the training labels of task 'size' differ"));
    }

    [Test]
    public void Resume_MovedRun_GoesOnWhereItIs()
    {
        CliRun.Done(Flag("whole"));
        Cancel(Flag("out"));
        Directory.Move(folder["out"], folder["elsewhere"]);
        CliRun.Done("resume", folder["elsewhere"]);
        Assert.That(RunResults.Of(folder["elsewhere"]), Is.EqualTo(RunResults.Of(folder["whole"])));
        Assert.That(Directory.Exists(folder["out"]), Is.False);
    }

    [Test]
    public void Resume_NothingToGoOnWith_IsRefused()
    {
        CliRun.Done(Flag("out"));
        Assert.That(CliRun.Refused("resume", folder["out"]), Does.Contain("holds no unfinished run").And.Contain("the run there has ended"));
        Assert.That(CliRun.Refused("resume", folder["nowhere"]), Does.Contain("there is no such folder"));
        Assert.That(CliRun.Refused(Flag("out", "--resume")), Does.Contain("holds no unfinished run"));
        Assert.That(CliRun.Refused(Flag("out", "--resume", "--restart")), Does.Contain("leave one out"));
    }

    [Test]
    public void Resume_DamagedCheckpoint_IsRefusedInOneLine()
    {
        Cancel(Flag("out"));
        foreach (var file in Directory.GetFiles(Path.Combine(folder["out"], "checkpoint"), "checkpoint*")) File.WriteAllText(file, "nonsense that is longer than a head and its checksum");
        Assert.That(CliRun.Refused("resume", folder["out"]), Does.Contain("is none of this program").And.Contain("--restart"));
        File.WriteAllText(Path.Combine(folder["out"], "checkpoint", "command.json"), "{");
        Assert.That(CliRun.Refused("resume", folder["out"]), Does.Contain("command.json: is damaged"));
    }

    [Test]
    public void Flag_CheckpointOff_LeavesNothing()
    {
        Assert.That(Cancel(Flag("out", "--checkpoint", "off")), Does.Not.Contain("goes on"));
        Assert.That(folder.Files, Has.None.Contains("checkpoint"));
    }

    [Test]
    public void Flag_CheckpointPlaceIsTaken_GoesOnAndSaysSo()
    {
        Directory.CreateDirectory(folder["out"]);
        File.WriteAllText(Path.Combine(folder["out"], "checkpoint"), "a file of the user's");
        Assert.That(CliRun.Done(Flag("out", "--checkpoint", "1e")), Does.Contain("cannot be gone on with").And.Not.Contain("is kept"));
        Assert.That(File.ReadAllText(Path.Combine(folder["out"], "checkpoint")), Is.EqualTo("a file of the user's"));
    }

    [TestCase("2e"), TestCase("2 epochs"), TestCase("every 3 epochs"), TestCase("10m"), TestCase("10 minutes"), TestCase("30s")]
    public void Flag_Checkpoint_TakesTimesAndEpochs(string every) => CliRun.Done(Flag("out", "--checkpoint", every));

    [TestCase("often"), TestCase("0e"), TestCase("5"), TestCase("-1m"), TestCase("1.5m")]
    public void Flag_CheckpointOtherText_IsRefused(string every) =>
        Assert.That(CliRun.Refused(Flag("out", $"--checkpoint={every}")), Does.Contain($"--checkpoint {every}: expected a time (10m, 30s"));

    private string Cancel(string[] args)
    {
        using var source = new CancellationTokenSource();
        using var output = new CancellingWriter("epoch 1/", source);
        Assert.That(CliApplication.Run(args, output, TextWriter.Null, interactive: false, source.Token), Is.EqualTo(130));
        return output.ToString();
    }
}
