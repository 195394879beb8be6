using System.Text.Json;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

public sealed class EvaluateCommandTests
{
    // Ranked a, b, c, d; corrupted a and c: precision at 2 = 1/2, average precision = (1/1 + 2/3) / 2, AUC = 3 of 4 pairs.
    private const string Scores = "id,task,rank,noise_score,log_variance,given_label,predicted_label,loss\n"
        + "b,t,2,3,,x,y,1\na,t,1,4,0.5,x,y,1\nd,t,4,1,,x,y,1\nc,t,3,2,,x,y,1\na,other,1,4,,1.5,2,1\n";

    private const string Truth = "id,task,corrupted\na,t,1\nb,t,0\nc,t,true\nd,t,0\ne,t,1\n";

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Evaluate_Json_GivesTheHandValuesAndNothingElse()
    {
        var output = CliRun.Done("evaluate", folder.Write("s.csv", Scores), "--truth", folder.Write("m.csv", Truth), "--json");

        using var json = JsonDocument.Parse(output);
        var task = json.RootElement.GetProperty("tasks")[0];
        Assert.That(task.GetProperty("task").GetString(), Is.EqualTo("t"));
        Assert.That(task.GetProperty("rows").GetInt32(), Is.EqualTo(4));
        Assert.That(task.GetProperty("corrupted").GetInt32(), Is.EqualTo(2));
        Assert.That(task.GetProperty("withoutScore").GetInt32(), Is.EqualTo(1));
        Assert.That(task.GetProperty("precisionAtTrueCount").GetDouble(), Is.EqualTo(0.5));
        Assert.That(task.GetProperty("averagePrecision").GetDouble(), Is.EqualTo(5.0 / 6).Within(1e-12));
        Assert.That(task.GetProperty("rocAuc").GetDouble(), Is.EqualTo(0.75));
    }

    [Test]
    public void Evaluate_Table_ShowsMetricsAndWhatWasLeftOut()
    {
        var output = CliRun.Done("evaluate", folder.Write("s.csv", Scores), "--truth", folder.Write("m.csv", Truth));

        Assert.That(output, Does.Contain("0.5000").And.Contain("0.8333").And.Contain("0.7500"));
        Assert.That(output, Does.Contain("1 rows of --truth have no score").And.Contain("nothing known of: other"));
    }

    // Three rows tie at the top, one of them wrong: whatever their order in the file, the precision is 1/3, and of three pairs one is won and two are tied.
    [TestCase("a", "b", "c")]
    [TestCase("c", "b", "a")]
    public void Evaluate_Ties_FavourNoOrder(params string[] tied)
    {
        var scores = Scores.Split('\n')[0] + "\n" + string.Concat(tied.Select((id, i) => $"{id},t,{i + 1},3,,x,y,1\n")) + "d,t,4,1,,x,y,1\n";
        var truth = "id,task,corrupted\na,t,1\nb,t,0\nc,t,0\nd,t,0\n";

        using var json = JsonDocument.Parse(CliRun.Done("evaluate", folder.Write("s.csv", scores), "--truth", folder.Write("m.csv", truth), "--json"));

        var task = json.RootElement.GetProperty("tasks")[0];
        Assert.That(task.GetProperty("averagePrecision").GetDouble(), Is.EqualTo(1 / 3.0).Within(1e-12));
        Assert.That(task.GetProperty("rocAuc").GetDouble(), Is.EqualTo(2 / 3.0).Within(1e-12));
    }

    [TestCase("--mask")]
    [TestCase("--mask=")]
    public void Evaluate_OldNameOfTheOption_IsUnderstoodAndSaysTheNew(string old)
    {
        var (scores, truth) = (folder.Write("s.csv", Scores), folder.Write("m.csv", Truth));
        string[] option = old.EndsWith('=') ? [old + truth] : [old, truth];

        var run = CliRun.Of(["evaluate", scores, .. option, "--json"]);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error.TrimEnd(), Is.EqualTo("ilt: --mask is called --truth now; the old name goes with the next version."));
        Assert.That(run.Out, Is.EqualTo(CliRun.Done("evaluate", scores, "--truth", truth, "--json")));
    }

    [Test]
    public void Evaluate_Help_KnowsTheNewNameOnly() =>
        Assert.That(CliRun.Done("evaluate", "--help"), Does.Contain("--truth").And.Not.Contain("mask"));

    [Test]
    public void Evaluate_NothingCorrupted_IsNullAndNoError()
    {
        var output = CliRun.Done("evaluate", folder.Write("s.csv", Scores), "--truth", folder.Write("m.csv", Truth.Replace(",1\n", ",0\n").Replace("true", "false")), "--json");

        Assert.That(output, Does.Contain("\"averagePrecision\": null"));
    }

    [TestCase("a,t,", "a,u,", "task 'u'")]
    [TestCase("d,t,0\n", "", "id 'd' of task 't' has a score but is not in the file")]
    [TestCase("d,t,0", "c,t,0", "id 'c' occurs twice")]
    [TestCase("d,t,0", "d,t,maybe", "expected 1 or 0, found 'maybe'")]
    [TestCase("corrupted", "wrong", "no column 'corrupted'")]
    public void Evaluate_TruthThatDoesNotFit_SaysWhy(string old, string replacement, string expected)
    {
        var error = CliRun.Refused("evaluate", folder.Write("s.csv", Scores), "--truth", folder.Write("m.csv", Truth.Replace(old, replacement)));

        Assert.That(error, Does.Contain(expected));
    }

    [Test]
    public void Evaluate_AnotherTable_SaysWhatIsExpected()
    {
        var error = CliRun.Refused("evaluate", folder.Write("s.csv", SmallTable.Csv()), "--truth", folder.Write("m.csv", Truth));

        Assert.That(error, Does.Contain("noise-scores.csv").And.Contain("id,task,rank"));
    }
}
