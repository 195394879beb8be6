using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

public sealed class SentinelTests
{
    [TestCase(-999f, true)]
    [TestCase(99f, true)]
    [TestCase(-9f, true)]
    [TestCase(999.9f, true)]
    [TestCase(-32768f, true)]
    [TestCase(1e20f, true)]
    [TestCase(-500f, false, Description = "not made of nines")]
    [TestCase(9f, false, Description = "the best mark, perhaps")]
    [TestCase(-1f, false)]
    public void Find_ANumberFarFromAllOthers_IfItLooksLikeOne(float value, bool expected)
    {
        var values = Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? value : 0.05f * i).Append(float.NaN).ToArray();

        Assert.That(Sentinel.Find(values) is { } found && found.Value == value && found.Count == 10, Is.EqualTo(expected));
    }

    [Test]
    public void Find_NearTheOthers_OrOnce_OrAmongFew_IsNone()
    {
        Assert.That(Sentinel.Find([.. Enumerable.Range(0, 30).Select(i => i % 10 == 0 ? 99f : i * 3)]), Is.Null, "97 is near");
        Assert.That(Sentinel.Find([.. Enumerable.Range(0, 30).Select(i => i == 0 ? -999f : i)]), Is.Null, "once");
        Assert.That(Sentinel.Find([-999, -999, 1, 2, 3]), Is.Null, "few others");
        Assert.That(Sentinel.Find([]), Is.Null);
        Assert.That(Sentinel.Find([.. Enumerable.Repeat(99f, 20)]), Is.Null, "no others");
    }

    [Test]
    public void Flag_SaysThatItIsTakenAsANumber_AndMissingTakesItAsMissing()
    {
        using var folder = new TempFolder();
        var lines = SmallTable.Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        for (var row = 1; row < lines.Length; row += 7) (lines[row][1], lines[row][5]) = ("-9999", "-999");
        var data = folder.Write("t.csv", string.Join('\n', lines.Select(cells => string.Join(',', cells))) + "\n");
        string[] args = ["flag", data, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "kind", "--out", folder["out"], .. SmallTable.Quick()];

        Assert.That(CliRun.Done(args), Does.Contain($"column '{lines[0][1]}': -9999 stands 18 times").And.Contain("task size: -999 stands 18 times").And.Contain("--missing '?,NA,").And.Contain(",-999'"));
        Assert.That(CliRun.Done([.. args, "--missing", "?,NA,-999,-9999"]), Does.Not.Contain("stands 18 times").And.Contain("'-999' (18 in size)"));
    }
}
