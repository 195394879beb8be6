using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;
using Ilt.Reports;

namespace Ilt.Cli.Tests.Commands;

/// <summary><c>ilt audit</c> and <c>ilt report</c>.</summary>
public sealed class AuditCommandTests
{
    private const int RowCount = 700;

    private static readonly TempFolder Folder = new();
    private static string data = null!;
    private static string output = null!;
    private static string text = null!;

    [OneTimeSetUp]
    public static void Audit()
    {
        // Every tenth class is wrong.
        var lines = SmallTable.Csv(RowCount).TrimEnd().Split('\n');
        for (var i = 10; i < lines.Length; i += 10)
        {
            var cells = lines[i].Split(',');
            cells[4] = cells[4] == "big" ? "small" : "big";
            lines[i] = string.Join(',', cells);
        }
        data = Folder.Write("t.csv", string.Join('\n', lines) + "\n");
        output = Folder["out"];
        text = CliRun.Done("audit", data, "--id", "id", "--task", SmallTable.KindTask, "--ignore", "size,weight", "--epochs", "4", "--out", output);
    }

    [OneTimeTearDown]
    public static void RemoveFolder() => Folder.Dispose();

    [Test]
    public void Audit_WritesThePage_TheJsonAndTheText()
    {
        foreach (var name in (string[])["audit.html", "audit.json", "audit.md", "noise-scores.csv", "run.json", "model.zip"])
            Assert.That(new FileInfo(Path.Combine(output, name)), Has.Property("Exists").True.And.Property("Length").Positive, name);
        Assert.That(text, Does.Contain("rows are ranked by combined").And.Contain(Path.Combine(output, "audit.html")).And.Match("(?m)^task kind: About 1?[0-9] % of 700 labels are wrong"));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "audit.json")));
        Assert.That(json.RootElement.GetProperty("title").GetString(), Is.EqualTo("t.csv"));
        Assert.That(json.RootElement.GetProperty("command").GetString(), Does.StartWith("ilt audit "));
    }

    [Test]
    public void Audit_ScoresHoldProbabilitiesFlagsAndSuggestions()
    {
        var rows = NoiseScoresCsv.Read(Path.Combine(output, "noise-scores.csv"));
        bool IsWrong(string id) => int.Parse(id[3..], System.Globalization.CultureInfo.InvariantCulture) % 10 == 0;
        var flagged = rows.Where(row => row.IsFlagged).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(flagged, Has.Length.InRange(50, 90));
            Assert.That(flagged.Count(row => IsWrong(row.Id)) / (double)flagged.Length, Is.GreaterThan(0.75));
            Assert.That(flagged.Where(row => IsWrong(row.Id)), Has.All.Matches<Cli.Pipeline.ScoredRow>(row => row.SuggestedLabel != row.GivenLabel && row.SuggestedLabel is "big" or "small"));
            Assert.That(rows.Select(row => row.ProbabilityWrong), Is.Ordered.Descending.And.All.InRange(0, 1));
            Assert.That(rows.Select(row => row.Difficulty), Is.All.InRange(0, 1));
        });
    }

    [Test]
    public void Report_OfAFinishedRun_HasTheSameContent()
    {
        var before = Read();
        File.Delete(Path.Combine(output, "audit.html"));
        CliRun.Done("report", output);
        Assert.That(File.Exists(Path.Combine(output, "audit.html")));
        Assert.That(Read(), Is.EqualTo(before));

        static string Read() => File.ReadAllText(Path.Combine(output, "audit.md"));
    }

    [Test]
    public void Report_WhereTheTableHasMoved_SaysSo_AndTakesItsNewPlace()
    {
        var moved = Folder["moved.csv"];
        File.Move(data, moved);
        try
        {
            Assert.That(CliRun.Done("report", output), Does.Contain($"note: {data} is not there any more, so that rows are shown by their ids alone; --data FILE says where it is now"));
            Assert.That(Cells(), Is.False);
            Assert.That(CliRun.Done("report", output, "--data", moved), Does.Not.Contain("note:"));
            Assert.That(Cells(), Is.True);
            Assert.That(CliRun.Refused("report", output, "--data", Folder["none.csv"]), Is.EqualTo($"ilt: --data {Folder["none.csv"]}: is not there."));
        }
        finally
        {
            File.Move(moved, data);
            CliRun.Done("report", output);
        }

        static bool Cells()
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "audit.json")));
            return json.RootElement.TryGetProperty("cells", out var cells) && cells.ValueKind == JsonValueKind.Object;
        }
    }

    [Test]
    public void Report_OfAFolderWithoutARun_IsRefused() =>
        Assert.That(CliRun.Refused("report", Folder.Root), Is.EqualTo($"ilt: RUN {Folder.Root}: holds no run.json; expected the --out folder of ilt flag or ilt audit."));

    [Test]
    public void Report_OfAFastRun_RanksAlone_AndSaysThatNothingWasEstimated()
    {
        var fast = Folder["fast"];
        string[] arguments = [data, "--id", "id", "--task", SmallTable.KindTask, "--epochs", "2", "--fast", "--out", fast];
        Assert.That(CliRun.Done(["flag", .. arguments]), Does.Not.Contain("How many labels"));
        CliRun.Done("report", fast);
        Assert.That(File.ReadAllText(Path.Combine(fast, "audit.md")), Does.Contain("**It cannot be told how many labels are wrong: it was not estimated, which takes models"));
        Assert.That(CliRun.Done(["audit", .. arguments]), Does.Contain("task kind: How many labels are wrong cannot be told: it was not estimated, which takes models that have not seen the rows"));
    }

    [Test]
    public void Report_KindsOfLabels_AreThoseThatThePageDrawsChartsOf()
    {
        var kinds = Folder["kinds"];
        CliRun.Done("flag", data, "--id", "id", "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--task", "both=regression:x1,weight", "--epochs", "1", "--fast", "--out", kinds);
        CliRun.Done("report", kinds);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(kinds, "audit.json")));
        Assert.That(json.RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("kind").GetString()), Is.EqualTo(new[] { "class", "number", "vector" }));
    }

    [Test]
    public void Fix_AfterAnAuditThatCannotTell_SaysSo()
    {
        var few = Folder.Write("few.csv", SmallTable.Csv());
        Assert.That(CliRun.Done("audit", few, "--id", "id", "--task", SmallTable.KindTask, "--score", "linear", "--epochs", "2", "--out", Folder["few"]),
            Does.Contain("task kind: How many labels are wrong cannot be told: 120 labels with predictions are too few"));
        Assert.That(CliRun.Refused("fix", Folder["few"], few, "--rule", "drop", "--out", Folder["f.csv"]),
            Does.Contain("says nothing of is_flagged: the run could not tell which labels are wrong, and audit.md says why; take a condition on rank"));
    }

    [Test]
    public void Audit_OfImages_ShowsPicturesAndRegions()
    {
        using var folder = new TempFolder();
        var scenes = new SceneFiles(folder, 48);
        var line = scenes.Flag("--task", SceneFiles.SegTask, "--task", "light=class:light");
        var said = CliRun.Done(["audit", .. line[1..]]);
        Assert.That(said, Does.Contain("rows are ranked by combined"));
        Assert.That(File.ReadAllText(Path.Combine(folder["out"], "audit.html")), Does.Contain("data:image/png;base64,"));
        CliRun.Done("report", folder["out"]);
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(folder["out"], "audit.json")))!;
        Assert.That(json.ToJsonString(), Does.Not.Contain("could not be read"));

        // Masks that are gone are counted, and the rest is shown.
        foreach (var file in Directory.EnumerateFiles(folder["seg"]).Take(3).ToArray())
            File.Delete(file);
        Assert.That(CliRun.Done("report", folder["out"]), Does.Contain("note: 3 label images could not be read and are not drawn"));
    }

    [Test]
    public void Report_OfMasks_SaysWhichColourIsWhichClass()
    {
        using var folder = new TempFolder();
        var scenes = new SceneFiles(folder, 10);
        var map = folder.Write("map.csv", "id,class,name\n0,0,ground\n1,1,box\n2,1,box\n3,2,rest\n4,2,rest\n5,2,rest\n6,2,rest\n7,2,rest\n");

        Assert.That(Colours("--classes-map", map), Does.Match("""^\[\["ground",null\],\["box","#[0-9a-f]{6}"\],\["rest","#[0-9a-f]{6}"\]\]; $"""));
        Assert.That(Colours(), Does.Match("""^\[\["0",null\],\["1","#[0-9a-f]{6}"\],.*; $"""));
        Assert.That(Colours("--instance-ids"), Is.EqualTo("; They only part the objects of a mask from each other."));

        string Colours(params string[] options)
        {
            CliRun.Done(scenes.Flag(["--task", SceneFiles.SegTask, "--task", "light=class:light", .. options]));
            CliRun.Done("report", folder["out"]);
            var tasks = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(folder["out"], "audit.json")))!["tasks"]!;
            Assert.That((tasks[1]!["colours"], tasks[1]!["colourNote"]), Is.EqualTo(((object?)null, (object?)null)), "a class per picture");
            var key = tasks[0]!["colours"] is { } all ? new System.Text.Json.Nodes.JsonArray([.. all.AsArray().Select(one => new System.Text.Json.Nodes.JsonArray((string?)one!["class"], (string?)one["colour"]))]).ToJsonString() : "";
            return $"{key}; {tasks[0]!["colourNote"]}";
        }
    }

    [Test]
    public void Report_OfAFolderThatMoved_ShowsTheSamePictures()
    {
        using var folder = new TempFolder();
        var scenes = new SceneFiles(folder);
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask));
        CliRun.Done("report", folder["out"]);
        var before = File.ReadAllText(Path.Combine(folder["out"], "audit.html"));

        // As if the command had been given in a folder that is no more, with paths from there.
        var (record, run) = (Path.Combine(folder["out"], "run.json"), File.ReadAllText(Path.Combine(folder["out"], "run.json")));
        var node = System.Text.Json.Nodes.JsonNode.Parse(run)!;
        node["command"]!["workingFolder"] = folder["gone"];
        node["data"]!["path"] = "rows.csv";
        node["images"]!["folder"] = ".";
        node["images"]!["labelFolder"] = ".";
        File.WriteAllText(record, node.ToJsonString());
        Assert.That(CliRun.Done("report", folder["out"], "--data", folder["rows.csv"]), Does.Not.Contain("could not be read"));
        Assert.That(Pictures(File.ReadAllText(Path.Combine(folder["out"], "audit.html"))), Is.EqualTo(Pictures(before)).And.GreaterThan(24));

        static int Pictures(string page) => page.Split("data:image/png;base64,").Length;
    }
}
