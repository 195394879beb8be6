using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

/// <summary><c>ilt fix</c>.</summary>
public sealed class FixCommandTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Fix_Replace_ChangesTheCellsTakenForWrong_AndNothingElse_AndLogsThem()
    {
        var data = Flagged();
        Audit(row => row switch
        {
            { Task: "kind", Id: "row3" } => "0.95,1,huge-not,0.9,0.5,",
            { Task: "size", Id: "row4" } => "0.97,1,3.14159265,0.1,0.5,",
            { Task: "size", Id: "row5" } => ",,,,,",
            _ => "0.01,0,,,,",
        });
        Assert.That(CliRun.Refused(Fix(data, "--rule", "replace")), Does.Contain("the suggested label of row 'row3' for task kind does not fit the table"));
        Audit(row => row switch
        {
            { Task: "kind", Id: "row3" } => $"0.95,1,{Other(row.GivenLabel)},0.9,0.5,",
            { Task: "size", Id: "row4" } => "0.97,1,3.14159265,0.1,0.5,",
            { Task: "size", Id: "row5" } => ",,,,,",
            { Task: "size", Id: "row6" } => "0.97,1,,,,",
            _ => "0.01,0,,,,",
        });

        var output = CliRun.Done(Fix(data, "--rule", "replace"));

        var (before, after) = (File.ReadAllLines(data), File.ReadAllLines(folder["fixed.csv"]));
        Assert.That(Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]), Is.EqualTo((int[])[3, 4]), "lines of row3 and row4");
        Assert.That(after[4], Is.EqualTo(Changed(before[4], 5, "3.1416")), "as many decimals as the column uses");
        Assert.That(output, Does.Contain("kind: 1 of 120 labels replaced by the suggested ones (flagged)").And.Contain("size: 1 of 120 labels replaced")
            .And.Contain("note: size: of 1 row it is not known whether flagged; left as it is").And.Contain("note: size: 1 row taken for wrong without a suggested label is left as it is"));
        Assert.That(File.ReadAllLines(folder["fixed.csv.changes.csv"]), Is.EqualTo((string[])
        [
            "line,id,task,column,old,new,probability,rule",
            $"4,row3,kind,kind,{before[3].Split(',')[4]},{Other(before[3].Split(',')[4])},0.95,replace",
            $"5,row4,size,size,{before[4].Split(',')[5]},3.1416,0.97,replace",
        ]));
    }

    [Test]
    public void Fix_SpellingsKept_ReplacesOneThatDiffersInBlanksOnly()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("id,a,b,kind", r => FormattableString.Invariant($"{r.I},{r.A},{r.B},{new[] { "red", "red ", "blue" }[r.Kind]}")));
        CliRun.Done("flag", data, "--id", "id", "--task", "kind=class:kind", "--keep-spellings", "--epochs", "2", "--batch", "32", "--out", folder["out"]);
        var row = File.ReadAllLines(data).First(line => line.EndsWith(",red ", StringComparison.Ordinal)).Split(',')[0];
        Audit(one => one.Id == row ? "0.95,1,red,0.9,0.5," : "0.01,0,,,,");

        CliRun.Done(Fix(data, "--rule", "replace"));

        var (before, after) = (File.ReadAllLines(data), File.ReadAllLines(folder["fixed.csv"]));
        Assert.That(Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).Select(i => (before[i].Split(',')[0], after[i].Split(',')[^1])), Is.EqualTo(new[] { (row, "red") }));
    }

    [Test]
    public void Fix_BlanksAroundLabels_AreNoChangeSinceARunThatWroteNone()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("id,a,b,kind", r => FormattableString.Invariant($"{r.I},{r.A},{r.B}, {CaseTable.Name(r.Kind)} ")));
        CliRun.Done("flag", data, "--id", "id", "--task", "kind=class:kind", "--epochs", "2", "--batch", "32", "--out", folder["out"]);
        Audit(one => one.Id == "4" ? $"0.95,1,{(one.GivenLabel == " red " ? "blue" : "red")},0.9,0.5," : "0.01,0,,,,");
        var scores = Path.Combine(folder["out"], NoiseScoresCsv.FileName);

        Assert.That(CliRun.Done(Fix(data, "--rule", "replace")), Does.Contain("kind: 1 of 90 labels replaced"));
        File.WriteAllText(scores, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(scores), "\"? (red|green|blue) \"?", "$1"));
        File.Delete(folder["fixed.csv"]);
        File.WriteAllText(data, File.ReadAllText(data) + "900,1,1, red \n");
        Assert.That(CliRun.Done(Fix(data, "--rule", "replace", "--force")), Does.Contain("kind: 1 of 91 labels replaced"), "also where the table has changed, and labels are compared");
    }

    [Test]
    public void Report_BlanksAroundLabels_AreNoPartOfAClass()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("id,a,b,kind", r => FormattableString.Invariant($"{r.I},{r.A},{r.B}, {CaseTable.Name(r.Kind)} ")));
        CliRun.Done("flag", data, "--id", "id", "--task", "kind=class:kind", "--epochs", "2", "--batch", "32", "--out", folder["out"]);

        CliRun.Done("report", folder["out"]);

        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "audit.json")));
        var given = report.RootElement.GetProperty("tasks")[0].GetProperty("rows").GetProperty("data").EnumerateArray().Select(row => row[4].GetString());
        Assert.That(given.Distinct(), Is.EquivalentTo(new[] { "red", "green", "blue" }), "as the classes are called, by which the page counts");
    }

    [Test]
    public void Fix_Drop_LeavesRowsOut_AndSaysWhatGoesWithThem_AndBlankMakesMissing()
    {
        var data = Flagged();
        Audit(row => row is { Task: "kind", Id: "row3" or "row120" } ? "0.95,1,,,0.2," : "0.5,0,,,0.9,");

        Assert.That(CliRun.Done(Fix(data, "--rule", "drop", "--task", "kind")), Does.Contain("kind: 2 of 120 labels taken for wrong, and their rows left out (flagged)")
            .And.Contain("2 rows left out; with them go labels that are not taken for wrong: 2 of size"));
        Assert.That(File.ReadAllText(folder["fixed.csv"]), Is.EqualTo(string.Concat(File.ReadAllLines(data).Where((_, i) => i is not (3 or 120)).Select(line => line + "\n"))));
        CliRun.Done(Fix(data, "--rule", "blank", "--when", "probability >= 0.9 and difficulty < 0.3 or rank = 0"));
        Assert.That(File.ReadAllLines(folder["fixed.csv"])[3], Is.EqualTo(Changed(File.ReadAllLines(data)[3], 4, "")));
        Assert.That(CliRun.Refused(Fix(data, "--rule", "drop", "--when", "rank > 0")), Does.Contain("holds of every row"));
    }

    [Test]
    public void Fix_Arff_StaysArff()
    {
        var rows = Enumerable.Range(0, 40).Select(i => $" {i}, {(i % 2 == 0 ? "'a a'" : "b")} ,{i}.50\n").ToArray();
        var head = "% kept\n@relation r\n@attribute x numeric\n@attribute 'c c' {'a a',b}\n@attribute y numeric\n@data\n";
        var data = folder.Write("t.arff", head + string.Concat(rows) + "% end\n");
        CliRun.Done(["flag", data, "--task", "c=class:c c", "--out", folder["out"], .. SmallTable.Quick()]);
        Audit(row => row.Id is "3" or "5" ? "0.9,1,a a,,," : "0.1,0,,,,");

        CliRun.Done("fix", folder["out"], data, "--rule", "replace", "--out", folder["f.arff"]);
        Assert.That(File.ReadAllText(folder["f.arff"]), Is.EqualTo(File.ReadAllText(data)), "they were so already");
        Audit(row => row.Id is "4" or "6" ? "0.9,1,a a,,," : "0.1,0,,,,");
        CliRun.Done("fix", folder["out"], data, "--rule", "replace", "--out", folder["f.arff"]);
        Assert.That(File.ReadAllText(folder["f.arff"]), Does.Contain(" 3, 'a a' ,3.50\n").And.Contain(" 5, 'a a' ,5.50\n").And.EndWith("% end\n"));
        CliRun.Done("fix", folder["out"], data, "--rule", "blank", "--out", folder["f.arff"]);
        Assert.That(File.ReadAllText(folder["f.arff"]), Does.Contain(" 3, ? ,3.50\n"));
        CliRun.Done("fix", folder["out"], data, "--rule", "drop", "--out", folder["f.arff"]);
        Assert.That(File.ReadAllText(folder["f.arff"]), Is.EqualTo(head + string.Concat(rows.Where((_, i) => i is not (3 or 5))) + "% end\n"));
    }

    [Test]
    public void Fix_Reviewed_CorrectedIsWritten_WrongFollowsTheRule_RightIsNeverTouched()
    {
        var data = Flagged();
        Audit(_ => "0.95,1,,,,");
        var lines = File.ReadAllLines(data);
        var reviews = folder.Write("r.csv", $"id,task,verdict,label\nrow1,kind,right,\nrow2,kind,fix,{Other(lines[2].Split(',')[4])}\nrow3,kind,wrong,\n");

        var output = CliRun.Done(Fix(data, "--rule", "blank", "--task", "kind", "--when", "probability > 0.99", "--reviewed", reviews));

        var after = File.ReadAllLines(folder["fixed.csv"]);
        Assert.That(after[1], Is.EqualTo(lines[1]));
        Assert.That(after[2], Is.EqualTo(Changed(lines[2], 4, Other(lines[2].Split(',')[4]))));
        Assert.That(after[3], Is.EqualTo(Changed(lines[3], 4, "")));
        Assert.That(after[4..], Is.EqualTo(lines[4..]));
        Assert.That(output, Does.Contain("kind: reviewed: 1 corrected, 1 wrong and made missing, 1 right and left as they are"));
        Assert.That(File.ReadAllText(folder["fixed.csv.changes.csv"]), Does.Contain(",0.95,corrected\n").And.Contain(",,0.95,blank\n"));
    }

    [Test]
    public void Fix_RunWithReviews_GoesByThemToo()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        var lines = File.ReadAllLines(data);
        var reviews = folder.Write("r.csv", $"id,task,verdict,label\nrow1,kind,right,\nrow2,kind,fix,{Other(lines[2].Split(',')[4])}\n");
        CliRun.Done(["flag", data, "--task", SmallTable.KindTask, "--id", "id", "--reviewed", reviews, "--out", folder["out"], .. SmallTable.Quick()]);

        Assert.That(CliRun.Done(Fix(data, "--rule", "drop", "--when", "rank <= 0")), Does.Contain("note: the reviews of the run").And.Contain("1 corrected, 0 wrong and left out, 1 right"));
        Assert.That(File.ReadAllLines(folder["fixed.csv"])[2], Is.EqualTo(Changed(lines[2], 4, Other(lines[2].Split(',')[4]))));
        folder.Write("r.csv", "id,task,verdict\nrow1,kind,right\n");
        Assert.That(CliRun.Refused(Fix(data, "--rule", "drop", "--when", "rank <= 0")), Does.Contain("which has changed since; name the file with --reviewed"));
    }

    [Test]
    public void Fix_ReplaceMasksAndMaps_WritesWhatTheNetworkPredicts_AsTheFilesOfTheRunAre()
    {
        var scenes = new SceneFiles(folder, 12);
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--task", SceneFiles.DepthTask, "--map-scale", "0.001", "--map-offset", "0.5"));
        CliRun.Done("predict", Path.Combine(folder["out"], "model.zip"), scenes.Table, "--images", folder.Root, "--out", folder["predicted.csv"]);

        var output = CliRun.Done(Fix(scenes.Table, "--rule", "replace", "--when", "rank <= 3"));

        Assert.That(output, Does.Contain("seg: 3 of 12 labels replaced by the suggested ones").And.Contain("note: 6 label images are what the network of the run predicts").And.Contain("6 files in"));
        var (before, after) = (File.ReadAllLines(scenes.Table), File.ReadAllLines(folder["fixed.csv"]));
        var changed = (string[][])[.. Enumerable.Range(1, 12).Where(i => before[i].Split(',')[2] != after[i].Split(',')[2]).Select(i => after[i].Split(','))];
        Assert.That(changed, Has.Length.EqualTo(3));
        foreach (var cells in changed)
        {
            Assert.That(cells[2], Is.EqualTo($"fixed-pixels/seg/{cells[0]}.png"));
            Assert.That(File.ReadAllBytes(folder[cells[2]]), Is.EqualTo(File.ReadAllBytes(folder[$"predicted-pixels/seg/{cells[0]}.png"])));
        }

        var map = after.Select(line => line.Split(',')).First(cells => cells[3].StartsWith("fixed-pixels/depth/", StringComparison.Ordinal));
        var (file, predicted) = (NpyFile.Read(folder[map[3]]), NpyFile.Read(folder[$"predicted-pixels/depth/{map[0]}.npy"]));
        Assert.That(file.ToSingles().Select(value => value * 0.001f + 0.5f), Is.EqualTo(predicted.ToSingles()).Within(1e-5f), "in the numbers of the files, which the run scales");
        CliRun.Done(scenes.FlagTable(folder["fixed.csv"], "--task", SceneFiles.SegTask, "--task", SceneFiles.DepthTask, "--map-scale", "0.001", "--map-offset", "0.5"));
    }

    [Test]
    public void Fix_WhatDoesNotFit_IsRefused()
    {
        var data = Flagged();
        Assert.That(CliRun.Refused(Fix(data, "--rule", "drop")), Does.Contain("says nothing of is_flagged: run ilt audit").And.Contain("--when \"rank <= 50\""));
        Assert.That(CliRun.Refused(Fix(data, "--rule", "replace", "--when", "rank <= 5")), Does.Contain("suggests no label: run ilt audit"));
        Assert.That(CliRun.Refused(Fix(data, "--rule", "drop", "--when", "rank <= 5", "--task", "kid")), Does.Contain("--task kid: the run has no such task"));
        Assert.That(CliRun.Refused(Fix(data, "--rule", "drop", "--when", "rank <= 5", "--pixels", folder["px"])), Does.Contain("no mask or map is replaced"));
        Assert.That(CliRun.Refused("fix", folder["nowhere"], data, "--rule", "drop", "--out", folder["f.csv"]), Does.Contain("holds no run.json; expected the --out folder of ilt flag or ilt audit"));
        Assert.That(CliRun.Refused("fix", folder["out"], data, "--rule", "drop", "--out", data), Does.Contain("is the file that is read"));
        foreach (var (condition, message) in ((string, string)[])[("rank", "a comparison behind rank is missing"), ("rank <", "a number behind rank < is missing"), ("rank < x", "'x' is no number"),
            ("rank ~ 3", "'~' is no comparison"), ("loss > 3", "there is no 'loss'"), ("rank < 3 rank", "'rank' stands where and, or or the end belongs"), ("rank < 3 and", "a condition is missing"),
            ("(rank < 3)", "it has no brackets"), ("probability > 90", "probability is from 0 to 1, and 90 is not"), ("rank < 3 or difficulty = -0.1", "difficulty is from 0 to 1, and -0.1 is not")])
            Assert.That(CliRun.Refused(Fix(data, "--rule", "drop", "--when", condition)), Does.Contain(message).And.Contain("expected flagged, or NAME OP NUMBER"));

        Assert.That(File.Exists(folder["fixed.csv"]), Is.False);
    }

    [Test]
    public void Fix_OtherFile_NeedsForce_AndLeavesLabelsThatChangedSince()
    {
        var data = Flagged();
        var lines = File.ReadAllLines(data);
        lines[1] = Changed(lines[1], 4, Other(lines[1].Split(',')[4]));
        folder.Write("t.csv", string.Join('\n', lines.Reverse().Take(120).Prepend(lines[0])) + "\n");

        Assert.That(CliRun.Refused(Fix(data, "--rule", "drop", "--when", "rank <= 120", "--task", "kind")), Does.Contain("is not the file that the run read"));
        Assert.That(CliRun.Done(Fix(data, "--rule", "drop", "--when", "rank <= 120", "--task", "kind", "--force")), Does.Contain("note: kind: 1 row whose label is not the one that the run saw is left as it is"));
        Assert.That(File.ReadAllText(folder["fixed.csv"]), Is.EqualTo($"{lines[0]}\n{lines[1]}\n"));
        folder.Write("t.csv", string.Join('\n', lines[..50]) + "\n");
        Assert.That(CliRun.Refused(Fix(data, "--rule", "drop", "--when", "rank <= 3", "--force")), Does.Contain("is not in the table"));
    }

    [Test]
    public void FlagFixFlag_OnNoisyLabels_LearnsBetter()
    {
        var clean = folder.Write("v.csv", SmallTable.Csv(200, seed: 8));
        var right = folder.Write("right.csv", SmallTable.Csv(300));
        var data = folder["t.csv"];
        CliRun.Done("corrupt", right, "--task", SmallTable.KindTask, "--kind", "flip", "--fraction", "0.35", "--id", "id", "--out", data, "--truth", folder["truth.csv"]);
        string[] Flag(string table, string output) => ["flag", table, "--task", SmallTable.KindTask, "--id", "id", "--ignore", "size,weight", "--validation", clean, "--epochs", "15", "--batch", "16", "--out", folder[output]];

        CliRun.Done(Flag(data, "out"));
        CliRun.Done(Fix(data, "--rule", "drop", "--when", "rank <= 100"));
        CliRun.Done(Flag(folder["fixed.csv"], "again"));

        TestContext.Out.WriteLine($"{Accuracy("out")} {Accuracy("again")}");
        Assert.That(Accuracy("again"), Is.GreaterThan(Accuracy("out") + 0.01));

        double Accuracy(string output)
        {
            using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder[output], "run.json")));
            return record.RootElement.GetProperty("validationMetrics").GetProperty("kind").GetProperty("accuracy").GetDouble();
        }
    }

    private string Flagged()
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        CliRun.Done(["flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--out", folder["out"], .. SmallTable.Quick()]);
        return data;
    }

    private string[] Fix(string data, params string[] args) => ["fix", folder["out"], data, "--out", folder["fixed.csv"], .. args];

    // As an audit writes it.
    private void Audit(Func<ScoredRow, string> columns)
    {
        var path = Path.Combine(folder["out"], NoiseScoresCsv.FileName);
        var rows = NoiseScoresCsv.Read(path);
        var lines = File.ReadAllLines(path);
        File.WriteAllLines(path, lines.Select((line, i) => string.Join(',', line.Split(',')[..8]) + (i == 0 ? ",probability_wrong,is_flagged,suggested_label,confidence,difficulty,reviewed" : "," + columns(rows[i - 1]))));
    }

    private static string Other(string kind) => kind == "big" ? "small" : "big";

    private static string Changed(string line, int column, string text)
    {
        var cells = line.Split(',');
        cells[column] = text;
        return string.Join(',', cells);
    }
}
