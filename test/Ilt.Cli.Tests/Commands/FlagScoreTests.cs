using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Tests.Docs;
using Ilt.Cli.Tests.Support;
using Ilt.Detectors;

namespace Ilt.Cli.Tests.Commands;

/// <summary><c>ilt flag --score</c>.</summary>
public sealed class FlagScoreTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Flag_ConfidentLearning_RanksByIt_AndSaysAndRecordsWhatItCost()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var output = CliRun.Done(Flag(data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--score", "Confident-Learning"));

        Assert.That(output, Does.Contain("training: weighting ilt, seed 1; rows are ranked by confident-learning"));
        Assert.That(output, Does.Match(@"(?m)^scores, fit 1/5: out of fold, fold 1 of 5\r?$").And.Match(@"(?m)^scores: confident-learning, 5 fits beside the training, \d+\.\d s\r?$"));
        Assert.That(output, Does.Match(@"(?m)^note: task 'kind': an estimated \d+\.\d of 120 labels are wrong, \d+ are pruned\r?$"));
        Assert.That(output, Does.Contain("note: task 'size': confident-learning says nothing of it, its rows are ranked by noise-score"));
        using var record = Record();
        Assert.That(record.RootElement.GetProperty("options").GetProperty("score").GetString(), Is.EqualTo("confident-learning"));
        var scoring = record.RootElement.GetProperty("scoring");
        Assert.That((scoring.GetProperty("score").GetString(), scoring.GetProperty("fits").GetInt32()), Is.EqualTo(("confident-learning", 5)));
        Assert.That(scoring.GetProperty("seconds").GetDouble(), Is.Positive);
        Assert.That(scoring.GetProperty("byTask").GetProperty("size").GetString(), Is.EqualTo("noise-score"));
        Assert.That(scoring.GetProperty("notes").GetArrayLength(), Is.EqualTo(2));
        var scores = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv")).Where(row => row.Task == "kind").ToArray();
        Assert.That(scores, Has.Length.EqualTo(120));
        Assert.That(scores.Select(row => row.NoiseScore), Is.Ordered.Descending.And.All.InRange(0, 2));
    }

    [Test]
    public void Flag_NoScore_RanksTablesByTheCombinedScore_AndPredictsWithoutHavingSeenTheRow()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var run = CliRun.AsGiven(CancellationToken.None, Flag(data, "--task", SmallTable.KindTask));

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Out, Does.Contain("seed 1; rows are ranked by combined").And.Contain("scores: combined, 60 fits beside the training")
            .And.Match("note: task 'kind': the network and, out of fold, .*counting"));
        using var record = Record();
        Assert.That(record.RootElement.GetProperty("options").GetProperty("score").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(record.RootElement.GetProperty("scoring").GetProperty("score").GetString(), Is.EqualTo("combined"));
    }

    [Test]
    public void Flag_Fast_RanksByTheOneTraining()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var output = CliRun.Done(Flag(data, "--task", SmallTable.KindTask, "--fast"));

        Assert.That(output, Does.Contain("seed 1; rows are ranked by noise-score").And.Not.Contain("beside the training"));
        using var record = Record();
        Assert.That(record.RootElement.GetProperty("scoring").GetProperty("score").GetString(), Is.EqualTo("noise-score"));
        Assert.That(CliRun.Refused(Flag(data, "--task", SmallTable.KindTask, "--fast", "--score", "last-loss")), Does.StartWith("ilt: --score last-loss and --fast: "));
    }

    [Test]
    public void Flag_LastLoss_IsTheColumnLoss()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        CliRun.Done(Flag(data, "--task", SmallTable.SizeTask, "--score", "last-loss"));

        foreach (var row in NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"))) Assert.That(row.NoiseScore, Is.EqualTo(row.Loss));
    }

    [TestCase("--score", "loss", "ilt: --score loss: There is no score or detector 'loss'; expected one of noise-score, log-variance, last-loss, ")]
    [TestCase("--score", "aum", "ilt: --score aum: aum says nothing of task 'size': ")]
    [TestCase("--score", "equal/log-variance", "ilt: --score equal/log-variance: equal/log-variance is there under the weighting ilt only, found equal.")]
    public void Flag_ScoreThatCannotBe_IsRefused(string option, string value, string message)
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        Assert.That(CliRun.Refused(Flag(data, "--task", SmallTable.SizeTask, option, value)), Does.StartWith(message).And.Not.Contain("Parameter"));
        Assert.That(folder.Files, Is.EqualTo(new[] { "t.csv" }));
    }

    [Test]
    public void Flag_LogVarianceUnderEqualWeights_IsRefused()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        Assert.That(CliRun.Refused(Flag(data, "--task", SmallTable.SizeTask, "--score", "log-variance", "--weighting", "equal")),
            Does.StartWith("ilt: --score log-variance: log-variance is there under the weighting ilt only, found equal; name that --weighting, or another score."));
    }

    [Test]
    public void Flag_Help_HasEveryName_AndIsRead()
    {
        var help = HelpText.Of("flag").Sections.SelectMany(section => section.Rows).Single(row => row.Left.StartsWith("--score", StringComparison.Ordinal)).Right;
        foreach (var detector in DetectorCatalog.Plain) Assert.That(help, Does.Contain(detector.Name));
        Assert.That(help, Has.Length.LessThan(600), "what each is stands in the reference");
    }

    [Test]
    public void Flag_CancelledWhileScoring_WritesTheNoiseScores_AndResumeGivesTheDetectors()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        using var source = new CancellationTokenSource();
        using var output = new CancellingWriter("scores, fit 1/5", source);
        var command = Flag(data, "--task", SmallTable.KindTask, "--score", "out-of-fold", "--checkpoint", "1e");

        var code = CliApplication.Run(command, output, TextWriter.Null, interactive: false, source.Token);

        Assert.That(code, Is.EqualTo(130));
        Assert.That(output.ToString(), Does.Contain("note: it was cancelled before out-of-fold had its fits: rows are ranked by noise-score").And.Contain("ilt resume"));
        CliRun.Done("resume", folder["out"]);
        var resumed = File.ReadAllText(Path.Combine(folder["out"], "noise-scores.csv"));
        Directory.Delete(folder["out"], recursive: true);
        CliRun.Done(command);
        Assert.That(resumed, Is.EqualTo(File.ReadAllText(Path.Combine(folder["out"], "noise-scores.csv"))));
    }

    private string[] Flag(string data, params string[] more) => SmallTable.Quick(["flag", data, "--id", "id", "--ignore", "weight", "--out", folder["out"], .. more]);

    private JsonDocument Record() => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "run.json")));
}
