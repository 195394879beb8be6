using System.Globalization;
using System.Text;
using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary>Count tasks, from a table to its predictions.</summary>
public sealed class CountTests
{
    private const string Task = "visits=count:visits";

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void CorruptFlagEvaluatePredict_WrongCounts_AreFound()
    {
        var data = folder.Write("t.csv", Csv(300));
        CliRun.Done("corrupt", data, "--task", Task, "--kind", "swap", "--fraction", "0.2", "--id", "id", "--out", folder["w.csv"], "--truth", folder["m.csv"]);
        var output = CliRun.Done("flag", folder["w.csv"], "--task", Task, "--id", "id", "--epochs", "30", "--validation", "0.2", "--out", folder["out"]);
        CliRun.Done("predict", Path.Combine(folder["out"], "model.zip"), folder["w.csv"], "--out", folder["p.csv"]);

        Assert.That(output, Does.Contain("count of visits"));
        Assert.That(output, Does.Match(@"validation, task visits: mean absolute error [\d.]+, root mean squared error [\d.]+, mean Poisson deviance [\d.]+ \(60 rows\)"));
        var wrong = TruthCsv.Read(folder["m.csv"]).Where(row => row.Corrupted).Select(row => row.Id).ToHashSet();
        var scores = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"));
        Assert.That(scores, Has.Count.EqualTo(240));
        var ranked = scores.OrderBy(row => row.Rank).Select(row => wrong.Contains(row.Id)).ToArray();
        var count = ranked.Count(isWrong => isWrong);
        Assert.That(ranked.Take(count).Count(isWrong => isWrong) / (double)count, Is.GreaterThan(0.5), "a fifth by chance");
        var table = TableReader.Read(folder["p.csv"]);
        Assert.That(table.Names, Is.EqualTo(new[] { "id", "visits" }));
        var predicted = table.Column("visits", "").ToNumbers("");
        Assert.That(predicted, Has.All.GreaterThan(0));
        var given = TableReader.Read(folder["w.csv"]).Column("visits", "");
        foreach (var row in scores)
        {
            var at = int.Parse(row.Id[3..], CultureInfo.InvariantCulture) - 1;
            Assert.That(row.GivenLabel, Is.EqualTo(given[at]));
            Assert.That(float.Parse(row.PredictedLabel, CultureInfo.InvariantCulture), Is.EqualTo(predicted[at]).Within(0.1).Percent);
        }

        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "run.json")));
        Assert.That(record.RootElement.GetProperty("tasks")[0].GetProperty("kind").GetString(), Is.EqualTo("count"));
        Assert.That(record.RootElement.GetProperty("validationMetrics").GetProperty("visits").GetProperty("meanPoissonDeviance").GetDouble(), Is.GreaterThan(0));
    }

    [TestCase("uniform"), TestCase("gaussian"), TestCase("swap")]
    public void Corrupt_AnyKind_KeepsWholeNumbersFromZero(string kind)
    {
        var data = folder.Write("t.csv", Csv(100));
        CliRun.Done("corrupt", data, "--task", Task, "--kind", kind, "--fraction", "0.5", "--id", "id", "--out", folder["w.csv"], "--truth", folder["m.csv"]);
        var (before, after) = (TableReader.Read(data).Column("visits", ""), TableReader.Read(folder["w.csv"]).Column("visits", ""));
        var truth = TruthCsv.Read(folder["m.csv"]);
        for (var row = 0; row < 100; row++)
        {
            Assert.That(after[row], Does.Match("^[0-9]+$"));
            Assert.That(after[row] != before[row], Is.EqualTo(truth[row].Corrupted), $"row {row + 1}");
        }

        Assert.That(truth.Count(row => row.Corrupted), Is.InRange(25, 50));
    }

    [TestCase("-1"), TestCase("1.5"), TestCase("16777216.5"), TestCase("1e-3")]
    public void Flag_NoWholeNumberFromZero_NamesLineColumnValueAndCure(string cell)
    {
        var error = CliRun.Refused("flag", folder.Write("t.csv", Bad(cell)), "--task", Task, "--id", "id", "--out", folder["out"]);
        Assert.That(error, Does.Contain($"line 3, column 'visits' (id 'b'): '{cell}' is no whole number from 0").And.Contain("write visits=regression:visits"));
    }

    [TestCase("many", "'many' is no number")]
    [TestCase("inf", "'inf' is not finite")]
    [TestCase("nan", "'nan' is not a number")]
    public void Flag_NoNumber_NamesLineColumnAndValue(string cell, string expected) => Assert.That(
        CliRun.Refused("flag", folder.Write("t.csv", Bad(cell)), "--task", Task, "--id", "id", "--out", folder["out"]),
        Does.Contain("line 3, column 'visits'").And.Contain(expected).And.Contain("count task 'visits'"));

    [Test]
    public void Flag_HugeAndMissingCounts_RunThrough()
    {
        var lines = Csv(60).TrimEnd().Split('\n');
        lines[1] = lines[1][..lines[1].LastIndexOf(',')] + ",1000000000000";
        lines[2] = lines[2][..lines[2].LastIndexOf(',')] + ",";
        lines[3] = lines[3][..lines[3].LastIndexOf(',')] + ",3.0";
        var output = CliRun.Done(SmallTable.Quick("flag", folder.Write("t.csv", string.Join('\n', lines) + "\n"), "--task", Task, "--id", "id", "--out", folder["out"]));
        Assert.That(output, Does.Contain("task visits: 1 row without a label"));
        var scores = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"));
        Assert.That(scores.Select(row => row.Id), Has.Exactly(59).Items.And.None.EqualTo("row2"));
        Assert.That((scores[0].Id, scores[0].GivenLabel), Is.EqualTo(("row1", "1000000000000")));
        Assert.That(scores.Single(row => row.Id == "row3").GivenLabel, Is.EqualTo("3.0"), "the text of the file");
    }

    [Test]
    public void Flag_UnfitColumns_AreRefused()
    {
        var data = folder.Write("t.csv", Bad("2"));
        Assert.That(CliRun.Refused("flag", data, "--task", "n=count:x1,visits", "--out", folder["out"]), Does.Contain("a count task has one column, found 2 (x1, visits)"));
        var constant = folder.Write("c.csv", "id,x1,visits\na,1,2\nb,2,2\nc,3,2\n");
        Assert.That(CliRun.Refused("flag", constant, "--task", Task, "--out", folder["out"]), Does.Contain("column 'visits' is constant (2 in every labelled row)"));
        var empty = folder.Write("e.csv", "id,x1,visits\na,1,\nb,2,NA\nc,3,\n");
        Assert.That(CliRun.Refused("flag", empty, "--task", Task, "--out", folder["out"]), Does.Contain("column 'visits' holds no label at all"));
        Assert.That(CliRun.Refused("corrupt", data, "--task", Task, "--kind", "flip", "--fraction", "0.5", "--out", folder["w.csv"], "--truth", folder["m.csv"]),
            Does.Contain("--kind flip: does not fit a count task; expected uniform, gaussian, swap"));
    }

    private static string Bad(string cell) => $"id,x1,visits\na,1,0\nb,2,{cell}\nc,3,4\nd,4,2\n";

    // Counts of 0 to about 30 that follow from x1 and x2.
    private static string Csv(int rows)
    {
        var random = new Random(5);
        var text = new StringBuilder("id,x1,x2,visits\n");
        for (var i = 1; i <= rows; i++)
        {
            var (x1, x2) = (random.NextDouble(), random.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"row{i},{x1:F3},{x2:F3},{Math.Floor(Math.Exp((3 * x1) + (1.5 * x2) - 1))}\n");
        }

        return text.ToString();
    }
}
