using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Output;

public sealed class OutputLockTests
{
    [Test]
    public void OfFolder_HeldByAnother_IsRefusedUntilItIsGivenBack()
    {
        using var folder = new TempFolder();
        using (OutputLock.OfFolder(folder.Root, "--out"))
        {
            var refused = Assert.Throws<UserErrorException>(() => OutputLock.OfFolder(folder.Root, "--out"));
            Assert.That(refused!.Message, Does.StartWith($"--out {folder.Root}: another process writes there"));
        }

        using (OutputLock.OfFolder(folder.Root, "--out")) { }
        Assert.That(folder.Files, Is.Empty);
    }

    [Test]
    public void OfFile_LeftByAKilledProcess_IsTaken()
    {
        using var folder = new TempFolder();
        folder.Write(".p.csv.ilt-lock", "of a process that is gone");
        using (OutputLock.OfFile(folder["p.csv"], "--out")) { }
        Assert.That(folder.Files, Is.Empty);
    }

    [Test]
    public void OfFile_ManyAtOnce_OneHoldsItAtATime()
    {
        using var folder = new TempFolder();
        var (inside, most, taken) = (0, 0, 0);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (var tries = 0; tries < 200; tries++)
            {
                try
                {
                    using var held = OutputLock.OfFile(folder["p.csv"], "--out");
                    var now = Interlocked.Increment(ref inside);
                    InterlockedMax(ref most, now);
                    Interlocked.Increment(ref taken);
                    Thread.SpinWait(200);
                    Interlocked.Decrement(ref inside);
                }
                catch (UserErrorException)
                {
                }
            }
        });
        Assert.That((most, taken > 0), Is.EqualTo((1, true)));
    }

    [Test]
    public void EveryCommand_IntoAPlaceThatIsTaken_SaysSoAndStops()
    {
        using var folder = new TempFolder();
        var data = folder.Write("t.csv", SmallTable.Csv());
        Directory.CreateDirectory(folder["out"]);
        using var held = OutputLock.OfFolder(folder["out"], "--out");
        using var file = OutputLock.OfFile(folder["c.csv"], "--out");
        Assert.That(CliRun.Refused("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--out", folder["out"]), Does.Contain("another process writes there"));
        Assert.That(
            CliRun.Refused("corrupt", data, "--task", SmallTable.KindTask, "--kind", "flip", "--fraction", "0.1", "--out", folder["c.csv"], "--truth", folder["t2.csv"]),
            Does.Contain($"--out {folder["c.csv"]}: another process writes there"));
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = most; now > seen; seen = most)
            Interlocked.CompareExchange(ref most, now, seen);
    }
}
