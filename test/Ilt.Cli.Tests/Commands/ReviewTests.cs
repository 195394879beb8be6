using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary><c>ilt flag --reviewed</c>.</summary>
public sealed class ReviewTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Flag_Reviewed_TrustsRightAndCorrected_TakesWrongAway_AndCountsThem()
    {
        var data = folder.Write("t.csv", Table());
        var before = File.ReadAllBytes(data);
        var reviews = folder.Write("r.csv", "id,task,verdict,label\nrow1,kind,right,\nrow2,kind,Fixed,BIG\nrow3,kind,wrong,\nrow4,size,corrected,7.25\nrow5,size,,\nrow1,kind,right,\n");

        var output = CliRun.Done(Flag(data, reviews));

        Assert.That(output, Does.Contain("note: reviewed: 1 right, 1 corrected, 1 wrong of task kind.").And.Contain("note: reviewed: 0 right, 1 corrected, 0 wrong of task size.")
            .And.Contain("note: reviewed: 1 line of").And.Contain("task kind: 1 row without a label"));
        Assert.That(File.ReadAllBytes(data), Is.EqualTo(before), "the table stays");
        var scores = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"));
        var kinds = scores.Where(row => row.Task == "kind").ToArray();
        Assert.That(kinds.Select(row => row.Id), Has.None.EqualTo("row3").And.Exactly(119).Items);
        Assert.That(kinds.TakeLast(2).Select(row => row.Id), Is.EquivalentTo((string[])["row1", "row2"]));
        Assert.That(kinds.Single(row => row.Id == "row2").GivenLabel, Is.EqualTo("big"), "as the table spells it");
        Assert.That(scores.Single(row => row is { Task: "size", Id: "row4" }).GivenLabel, Is.EqualTo("7.25"));
        Assert.That(scores.Single(row => row is { Task: "size", Id: "row4" }).Rank, Is.EqualTo(120));
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "run.json")));
        Assert.That(record.RootElement.GetProperty("reviewed").GetProperty("byTask").GetProperty("kind").GetProperty("corrected").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void Flag_RowNumbersAndCsvSafeFile_AreUnderstood()
    {
        var data = folder.Write("t.csv", Table().Replace("row7,", "=7,", StringComparison.Ordinal));
        var safe = folder.Write("safe.csv", "id,task,verdict\n'=7,kind,right\n");
        var numbered = folder.Write("numbered.csv", "id;task;verdict\n7;kind;right\n");

        CliRun.Done(Flag(data, safe));
        Assert.That(Last("kind"), Is.EqualTo("=7"));
        CliRun.Done(["flag", data, "--task", SmallTable.KindTask, "--ignore", "id", "--reviewed", numbered, "--out", folder["out"], .. SmallTable.Quick()]);
        Assert.That(Last("kind"), Is.EqualTo("7"));

        string Last(string task) => NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv")).Last(row => row.Task == task).Id;
    }

    [TestCase("id,task,verdict\nrow999,kind,right\n", "line 2, column 'id': 'row999' is no row of the table; expected an id of column 'id'")]
    [TestCase("id,task,verdict\nrow1,kid,right\n", "line 2, column 'task': there is no task 'kid'")]
    [TestCase("id,task,verdict\nrow1,kind,right\nrow2,kind,maybe\n", "line 3, column 'verdict': 'maybe' is no verdict; expected right, wrong or corrected")]
    [TestCase("id,task,verdict,label\nrow1,kind,corrected,huge\n", "line 2, column 'label': 'huge' is a class that no row of the table has")]
    [TestCase("id,task,verdict,label\nrow1,size,fix,seven\n", "line 2, column 'label': 'seven' is no number as column 'size' writes them")]
    [TestCase("id,task,verdict,label\nrow1,size,fix,1;2\n", "line 2, column 'label': '1;2' holds 2 values; expected 1, for size")]
    [TestCase("id,task,verdict,label\nrow1,size,fix,\n", "line 2, column 'label': is empty beside 'corrected'")]
    [TestCase("id,task,verdict,label\nrow1,size,,7\n", "line 2, column 'verdict': is empty beside a label")]
    [TestCase("id,task,verdict\nrow1,size,fix\n", "needs the new label in a column 'label'")]
    [TestCase("id,task,verdict\nrow1,kind,right\nrow1,kind,wrong\n", "line 3, column 'verdict': contradicts line 2, which speaks of row 'row1' and task kind too")]
    [TestCase("id,task,verdict,label\nrow1,kind,fix,big\nrow1,kind,fix,small\n", "line 3, column 'verdict': contradicts line 2")]
    [TestCase("id,verdict\nrow1,right\n", "has no column 'task'; expected the columns id,task,verdict,label")]
    public void Flag_ReviewThatDoesNotFit_NamesLineColumnAndExpectation(string file, string message)
    {
        var data = folder.Write("t.csv", Table());
        Assert.That(CliRun.Refused(Flag(data, folder.Write("r.csv", file))), Does.StartWith("ilt: --reviewed: ").And.Contain(message));
    }

    [Test]
    public void Flag_RightWithoutALabel_IsRefused()
    {
        var data = folder.Write("t.csv", Table() + "row121,0.1,0.2,red,,1.5,0.5\n");
        Assert.That(CliRun.Refused(Flag(data, folder.Write("r.csv", "id,task,verdict\nrow121,kind,right\n"))), Does.Contain("row 'row121' has no label for task kind that could be right"));
        Assert.That(CliRun.Done(Flag(data, folder.Write("r.csv", "id,task,verdict,label\nrow121,kind,corrected,big\n"))), Does.Not.Contain("without a label"), "one can be given");
    }

    [Test]
    public void Flag_ReviewsChanged_AnUnfinishedRunIsRefused()
    {
        var data = folder.Write("t.csv", Table());
        var reviews = folder.Write("r.csv", "id,task,verdict\nrow1,kind,right\n");
        using var cancel = new CancellationTokenSource();
        var writer = new CancellingWriter("epoch 1", cancel);
        CliApplication.Run([.. Flag(data, reviews), "--fast", "--checkpoint", "1e"], writer, new StringWriter(), interactive: false, cancel.Token);

        folder.Write("r.csv", "id,task,verdict\nrow2,kind,right\n");
        Assert.That(CliRun.Refused([.. Flag(data, reviews), "--checkpoint", "1e"]), Does.Contain("rows known to be right of task 'kind' differ"));
    }

    [Test]
    public void Evaluate_RowsFoundRight_CountAsLast()
    {
        var scores = folder.Write("s.csv", "id,task,rank,noise_score,log_variance,given_label,predicted_label,loss\na,k,1,2,0,x,y,1\nb,k,2,1,0,x,y,1\nc,k,3,9,0,x,y,1\n");
        var truth = folder.Write("t.csv", "id,task,corrupted\na,k,1\nb,k,0\nc,k,0\n");

        using var result = JsonDocument.Parse(CliRun.Done("evaluate", scores, "--truth", truth, "--json"));
        Assert.That(result.RootElement.GetProperty("tasks")[0].GetProperty("rocAuc").GetDouble(), Is.EqualTo(1));
    }

    private static string Table() => SmallTable.Csv();

    private string[] Flag(string data, string reviews) =>
        ["flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--reviewed", reviews, "--out", folder["out"], .. SmallTable.Quick()];
}
