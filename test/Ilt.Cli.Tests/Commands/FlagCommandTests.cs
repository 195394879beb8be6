using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

public sealed class FlagCommandTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Flag_TwoTasks_WritesRankedScoresRecordAndModel()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var output = CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "weight", "--out", folder["out"]));

        var scores = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"));
        Assert.That(File.ReadLines(Path.Combine(folder["out"], "noise-scores.csv")).First(), Is.EqualTo("id,task,rank,noise_score,log_variance,given_label,predicted_label,loss,probability_wrong,is_flagged,suggested_label,confidence,difficulty,reviewed"));
        Assert.That(scores.Select(s => s.Task).Distinct(), Is.EqualTo(new[] { "kind", "size" }));
        foreach (var task in scores.GroupBy(s => s.Task))
        {
            Assert.That(task.Select(s => s.Rank), Is.EqualTo(Enumerable.Range(1, 120)));
            Assert.That(task.Select(s => s.NoiseScore), Is.Ordered.Descending);
            Assert.That(task.Select(s => s.Id).Order(), Is.EqualTo(Enumerable.Range(1, 120).Select(i => $"row{i}").Order()));
        }

        Assert.That(folder.Files, Is.EqualTo(new[] { "out/model.zip", "out/noise-scores.csv", "out/run.json", "t.csv" }), "and no temporary file");
        Assert.That(output, Does.Contain("kind: most suspicious rows").And.Contain("noise-scores.csv"));
    }

    // Torch would take all cores for the scores, and small networks wait for each other's.
    [Test, NonParallelizable]
    public void Flag_Threads_AreThoseOfTheScoresToo()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        var before = TorchSharp.torch.get_num_threads();
        try
        {
            CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--threads", "3", "--out", folder["out"]));
            Assert.That(TorchSharp.torch.get_num_threads(), Is.EqualTo(3));
        }
        finally
        {
            TorchSharp.torch.set_num_threads(before);
        }
    }

    [Test]
    public void Flag_NoMemory_GivesTheSameScores()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        string[] arguments = ["--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "weight", "--fast"];
        CliRun.Done(SmallTable.Quick(["flag", data, .. arguments, "--out", folder["in"]]));
        CliRun.Done(SmallTable.Quick(["flag", data, .. arguments, "--memory", "0", "--out", folder["out"]]));

        Assert.That(File.ReadAllText(Path.Combine(folder["out"], "noise-scores.csv")), Is.EqualTo(File.ReadAllText(Path.Combine(folder["in"], "noise-scores.csv"))));
        Assert.That(CliRun.Refused(SmallTable.Quick(["flag", data, .. arguments, "--memory", "-1", "--out", folder["bad"]])), Does.Contain("--memory").And.Contain("at least 0"));
    }

    [Test]
    public void Flag_GivenLabels_AreTheTextsOfTheFile()
    {
        var lines = SmallTable.Csv().TrimEnd().Split('\n');
        var data = folder.Write("t.csv", string.Join('\n', lines.Select((line, i) => i == 1 ? line[..line.LastIndexOf(',')] + ",1.50" : line)) + "\n");

        CliRun.Done(SmallTable.Quick("flag", data, "--task", "w=regression:weight,size", "--task", SmallTable.KindTask, "--id", "id", "--out", folder["out"]));

        var rows = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"));
        foreach (var line in lines.Skip(1).Take(5))
        {
            var cells = line.Split(',');
            var weight = cells[0] == "row1" ? "1.50" : cells[6];
            Assert.That(rows.Single(r => r.Id == cells[0] && r.Task == "w").GivenLabel, Is.EqualTo($"{weight};{cells[5]}"));
            Assert.That(rows.Single(r => r.Id == cells[0] && r.Task == "kind").GivenLabel, Is.EqualTo(cells[4]));
        }

        Assert.That(rows.Where(r => r.Task == "w").All(r => r.PredictedLabel.Split(';').Length == 2), Is.True);
        Assert.That(rows.Where(r => r.Task == "kind").All(r => r.PredictedLabel is "big" or "small"), Is.True);
    }

    [Test]
    public void Flag_ThreadsAuto_SaysAndRecordsWhatWasChosen()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var output = CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--threads", "auto", "--out", folder["out"]));

        Assert.That(output, Does.Match(@"(?m)^note: threads: (\d+) \(chosen: .+\)\r?$"));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "run.json")));
        var effective = json.RootElement.GetProperty("effective");
        Assert.That(json.RootElement.GetProperty("options").GetProperty("threads").ValueKind, Is.EqualTo(JsonValueKind.Null), "not named");
        Assert.That(output, Does.Contain($"threads: {effective.GetProperty("threads").GetInt32()} ("));
        Assert.That(effective.GetProperty("threadsChosen").GetBoolean(), Is.True);
    }

    [Test]
    public void Flag_ThreadsNamed_AreRecordedAsGiven()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var output = CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--threads", "2", "--out", folder["out"]));

        Assert.That(output, Does.Not.Contain("threads:"));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "run.json")));
        var effective = json.RootElement.GetProperty("effective");
        Assert.That((json.RootElement.GetProperty("options").GetProperty("threads").GetInt32(), effective.GetProperty("threads").GetInt32()), Is.EqualTo((2, 2)));
        Assert.That(effective.TryGetProperty("threadsChosen", out _), Is.False);
    }

    [Test]
    public void Flag_LongIdsOfSeveralLines_ArePrintedShortOnOneLine()
    {
        var lines = SmallTable.Csv().TrimEnd().Split('\n');
        var data = folder.Write("t.csv", string.Join('\n', lines.Select((line, i) => i == 0 ? line : $"\"{i:D3}\nb{new string('q', 60)}\"{line[line.IndexOf(',')..]}")) + "\n");

        var output = CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--out", folder["out"]));

        Assert.That(output, Does.Match(@"\d{3} bq+"));
        Assert.That(output.Count(c => c == 'q'), Is.LessThan(10 * 40).And.GreaterThan(10 * 20));
        Assert.That(NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"))[0].Id, Does.Match(@"^\d{3}\nbq{60}$"), "the file has it in full");
    }

    [Test]
    public void Flag_MissingLabelsAndFeatures_AreNotRankedAndDoNotStop()
    {
        var lines = SmallTable.Csv().TrimEnd().Split('\n');
        for (var i = 1; i <= 30; i++)
        {
            var cells = lines[i].Split(',');
            cells[1] = i % 3 == 0 ? "NA" : cells[1];
            cells[3] = i % 5 == 0 ? "" : cells[3];
            cells[4] = i <= 10 ? "?" : cells[4];
            lines[i] = string.Join(',', cells);
        }

        var data = folder.Write("t.csv", string.Join('\n', lines) + "\n");
        var output = CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--ignore", "id", "--out", folder["out"]));

        var rows = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"));
        Assert.That(rows.Where(r => r.Task == "kind").Select(r => int.Parse(r.Id)).Min(), Is.EqualTo(11));
        Assert.That(rows.Count(r => r.Task == "size"), Is.EqualTo(120));
        Assert.That(output, Does.Contain("task kind: 10 rows without a label").And.Contain("x1"));
        using var record = Record();
        Assert.That(record.RootElement.GetProperty("features").GetProperty("withMissingValues")[0].GetString(), Is.EqualTo("x1"));
        Assert.That(rows.All(r => float.IsFinite(r.NoiseScore) && float.IsFinite(r.Loss)), Is.True);
    }

    [Test]
    public void Flag_ValidationFraction_KeepsRowNumbersOfTheFile()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var output = CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.SizeTask, "--ignore", "id,weight", "--validation", "0.25", "--out", folder["out"]));
        Assert.That(output, Does.Match(@"validation, task size: mean absolute error [\d.]+, root mean squared error [\d.]+, R2 -?\d+\.\d{4} \(30 rows\)"));

        CliRun.Done("predict", Path.Combine(folder["out"], "model.zip"), data, "--out", folder["p.csv"]);
        var lines = SmallTable.Csv().Split('\n');
        var predicted = Ilt.Cli.Tables.TableReader.Read(folder["p.csv"]).Column("size", "").ToNumbers("");
        var rows = NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"));
        Assert.That(rows, Has.Count.EqualTo(90));
        foreach (var row in rows)
        {
            var number = int.Parse(row.Id);
            Assert.That(lines[number].Split(',')[5], Is.EqualTo(row.GivenLabel));
            Assert.That(float.Parse(row.PredictedLabel), Is.EqualTo(predicted[number - 1]).Within(1e-4), "id 1 is the first data row, whatever was split off");
        }

        using var record = Record();
        Assert.That(record.RootElement.GetProperty("validationMetrics").GetProperty("size").GetProperty("rows").GetInt32(), Is.EqualTo(30));
        Assert.That(record.RootElement.GetProperty("epochs")[0].GetProperty("validation").GetProperty("size").GetProperty("meanAbsoluteError").GetDouble(), Is.GreaterThan(0));
    }

    [Test]
    public void Flag_ValidationFile_IsMeasuredAndNotTrainedOn()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        var other = folder.Write("v.csv", SmallTable.Csv(40, seed: 8).Replace("id,", "name,"));

        var output = CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--ignore", "weight", "--id", "id", "--validation", other, "--out", folder["out"]));
        Assert.That(output, Does.Match(@"validation, task kind: accuracy \d\.\d{4}, log loss \d\.\d{4} \(40 rows\)"));

        using var record = Record();
        Assert.That(record.RootElement.GetProperty("validationMetrics").GetProperty("kind").GetProperty("rows").GetInt32(), Is.EqualTo(40));
        Assert.That(NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv")), Has.Count.EqualTo(120));
    }

    [Test]
    public void Flag_Record_TellsOptionsVersionsDataAndEpochs()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        CliRun.Done("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--epochs", "2", "--seed", "5", "--weighting", "EQUAL", "--out", folder["out"]);

        using var record = Record();
        var root = record.RootElement;
        Assert.That(root.GetProperty("complete").GetBoolean(), Is.True);
        Assert.That(root.GetProperty("options").GetProperty("seed").GetInt32(), Is.EqualTo(5));
        Assert.That(root.GetProperty("options").GetProperty("batch").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(root.GetProperty("effective").GetProperty("batchSize").GetInt32(), Is.GreaterThan(0));
        Assert.That(root.GetProperty("effective").GetProperty("instanceWarmupEpochs").GetInt32(), Is.GreaterThan(0));
        Assert.That(root.GetProperty("effective").GetProperty("weighting").GetString(), Is.EqualTo("equal"));
        Assert.That(root.GetProperty("data").GetProperty("sha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(data)))));
        Assert.That(root.GetProperty("epochs").GetArrayLength(), Is.EqualTo(2));
        Assert.That(root.GetProperty("epochs")[1].GetProperty("trainLoss").GetProperty("kind").GetDouble(), Is.GreaterThan(0));
        Assert.That(root.GetProperty("versions").GetProperty("microsoftML").GetString(), Is.Not.Empty);
    }

    [TestCase("gradnorm:alpha=0.5"), TestCase("famo"), TestCase("dp:class-step=0.05,decay=0.01")]
    public void Flag_WeightingWithOptions_IsUsedShownAndRecorded(string weighting)
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var output = CliRun.Done(SmallTable.Quick(
            "flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--weighting", weighting.ToUpperInvariant(), "--out", folder["out"]));

        using var record = Record();
        Assert.That(output, Does.Contain($"training: weighting {weighting}, seed"));
        Assert.That(record.RootElement.GetProperty("options").GetProperty("weighting").GetString(), Is.EqualTo(weighting));
        Assert.That(record.RootElement.GetProperty("effective").GetProperty("weighting").GetString(), Is.EqualTo(weighting));
        Assert.That(NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv")), Is.Not.Empty);
    }

    [Test]
    public void Flag_DeviceAndPrecision_AreRecordedAsAskedAndAsTheyWere()
    {
        Assume.That(Ilt.Torch.TrainingDevice.CountCuda(), Is.Zero);
        var data = folder.Write("t.csv", SmallTable.Csv());
        const string Note = "device auto: torch finds no CUDA device here, training on the CPU.";

        var output = CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--device", "auto", "--precision", "bfloat16", "--out", folder["out"]));

        using var record = Record();
        var root = record.RootElement;
        Assert.That(output, Does.Contain("note: " + Note));
        Assert.That(root.GetProperty("notes").EnumerateArray().Select(note => note.GetString()), Has.Some.EqualTo(Note));
        Assert.That(root.GetProperty("options").GetProperty("device").GetString(), Is.EqualTo("auto"));
        Assert.That(root.GetProperty("effective").GetProperty("device").GetString(), Is.EqualTo("cpu"));
        Assert.That(root.GetProperty("effective").GetProperty("precision").GetString(), Is.EqualTo("bfloat16"));
    }

    [Test]
    public void Flag_InstanceWeighting_RecordsQuantilesOfS()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--id", "id", "--ilt-lr", "0.2", "--out", folder["out"]));

        using var record = Record();
        var last = record.RootElement.GetProperty("epochs")[2].GetProperty("logVariance").GetProperty("kind");
        Assert.That(last.GetProperty("minimum").GetDouble(), Is.LessThan(last.GetProperty("maximum").GetDouble()));
        Assert.That(record.RootElement.GetProperty("effective").GetProperty("instanceStepSize").GetDouble(), Is.EqualTo(0.2));
    }

    [Test]
    public void Flag_SameSeed_WritesTheSameScores()
    {
        var data = folder.Write("t.csv", SmallTable.Csv(separator: '\t'));
        foreach (var run in new[] { "a", "b" })
            CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "weight", "--out", folder[run]));

        Assert.That(File.ReadAllText(Path.Combine(folder["a"], "noise-scores.csv")), Is.EqualTo(File.ReadAllText(Path.Combine(folder["b"], "noise-scores.csv"))));
    }

    [Test]
    public void Flag_CancelledWhileTraining_WritesWhatWasLearnedMarkedIncomplete()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        using var source = new CancellationTokenSource();
        using var output = new CancellingWriter("epoch 1/", source);

        var code = CliApplication.Run(
            ["flag", data, "--task", SmallTable.KindTask, "--id", "id", "--epochs", "500", "--out", folder["out"]], output, TextWriter.Null, interactive: false, source.Token);

        Assert.That(code, Is.EqualTo(130));
        using var record = Record();
        Assert.That(record.RootElement.GetProperty("complete").GetBoolean(), Is.False);
        Assert.That(record.RootElement.GetProperty("epochs").GetArrayLength(), Is.EqualTo(1));
        Assert.That(NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv")), Has.Count.EqualTo(120));
        Assert.That(output.ToString(), Does.Contain("cancelled"));
    }

    [Test]
    public void Flag_CancelledBeforeTraining_WritesNothing()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());

        var run = CliRun.Of(new CancellationToken(canceled: true), "flag", data, "--task", SmallTable.KindTask, "--id", "id", "--out", folder["out"]);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((130, "")));
        Assert.That(folder.Files, Is.EqualTo(new[] { "t.csv" }));
    }

    private JsonDocument Record() => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "run.json")));
}
