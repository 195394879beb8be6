using Ilt.Detectors;
using Ilt.Torch;
using Ilt.Weighting;
using System.Text.Json;

namespace Ilt.Experiments.Tests;

/// <summary>Cells of toy size: what is measured, that it is the same every time, and that results are kept whole.</summary>
public class CellRunnerTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("experiments-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Run_Weighting_MeasuresEveryScoreOffOneTraining()
    {
        var file = SmallExperiment.Parse(SmallExperiment.Text());
        var cell = SmallExperiment.Cells(SmallExperiment.Text()).First(cell => cell.Corruption.Kind == "flip");
        var result = SmallExperiment.Runner(file).Run(cell);
        Assert.Multiple(() =>
        {
            Assert.That(result.Fits, Is.EqualTo(1));
            Assert.That(result.Measured.Where(m => m is { Measure: "ap", Task: "kind" }).Select(m => m.Score), Is.EqualTo(RowScores.All.Where(score => score.OnlyUnder is null or LossWeightingKind.InstanceLevel).Select(score => score.Name)));
            Assert.That(result.Measured.Where(m => m.Measure == "ap").Select(m => m.Task), Is.All.EqualTo("kind"), "the other task has nothing to find");
            Assert.That(result.Measured.Where(m => m.Measure == "blind-auc").Select(m => m.Task), Is.All.EqualTo("size"));
            Assert.That(result.Measured.Where(m => m.Measure == "error").Select(m => m.Task), Is.EqualTo(new[] { "kind", "size" }));
            Assert.That(result.Measured.Single(m => m.Measure == "wrong-share").Value, Is.EqualTo(0.2).Within(0.01));
        });
        var again = SmallExperiment.Runner(file).Run(cell);
        Assert.That(again.Measured, Is.EqualTo(result.Measured));
    }

    [Test]
    public void Run_Detector_MeasuresItsOneScore()
    {
        var text = SmallExperiment.Text(detectors: "[\"equal/out-of-fold\"]");
        var result = SmallExperiment.Runner(SmallExperiment.Parse(text)).Run(SmallExperiment.Cells(text).First(cell => cell.Method.Detector is not null));
        Assert.That(result.Fits, Is.EqualTo(5));
        Assert.That(result.Measured.Single(m => m.Measure == "ap").Value, Is.InRange(0, 1));
    }

    [Test]
    public void Run_AmbiguousRowsWithoutClasses_SaysWhatItTakes()
    {
        var text = Ambiguous("scenes", 8, "permute");
        Assert.That(() => SmallExperiment.Runner(SmallExperiment.Parse(text)).Run(SmallExperiment.Cells(text).Single()), Throws.TypeOf<ExperimentException>().With.Message.Contains("data[0].ambiguous: it takes a task of two classes"));
    }

    private static string Ambiguous(string generator, int rows, string corruption) => $$"""
        { "title": "t", "data": [{ "generator": "{{generator}}", "rows": {{rows}}, "ambiguous": 0.25 }], "seeds": [3], "weightings": ["equal"],
          "corruptions": [{ "kind": "{{corruption}}", "levels": [0.25] }], "training": { "epochs": 2 } }
        """;

    [Test]
    public void Run_AmbiguousRows_AreHalfwayToAnotherClass_AndCounted()
    {
        var text = Ambiguous("made-table", 400, "flip");
        var file = SmallExperiment.Parse(text);
        var result = SmallExperiment.Runner(file).Run(SmallExperiment.Cells(text).Single());
        var first = result.Measured.Where(m => m.Measure == "ambiguous-first").ToArray();
        Assert.That(first, Is.Not.Empty);
        Assert.That(first.Select(m => m.Value), Is.All.InRange(0, 1));
        Assert.That(first.Max(m => m.Value), Is.GreaterThan(0), "two epochs do not tell hard from wrong");

        var data = new DataAccess(file, null, new SmallExperiment.NoFiles()).Load(file.DataSets[0], 3);
        var (mixed, isAmbiguous) = AmbiguousRows.Of(file.DataSets[0], data, 0.25, 3);
        var (before, after, classes) = (((TableData)data.Train).Features, ((TableData)mixed).Features, ((ClassLabels)data.Train.Labels[0]).Classes.ToArray());
        Assert.That(isAmbiguous.Count(true.Equals), Is.EqualTo(Math.Round(0.25 * classes.Length)));
        for (var row = 0; row < classes.Length; row++)
        {
            var (own, now) = (before[(row * 6)..(row * 6 + 6)], after[(row * 6)..(row * 6 + 6)]);
            if (!isAmbiguous[row])
            {
                Assert.That(now, Is.EqualTo(own));
                continue;
            }
            // Twice the middle without the row itself is the other row.
            var partner = Enumerable.Range(0, classes.Length).Single(other => Enumerable.Range(0, 6).All(i => Math.Abs(before[other * 6 + i] - (2 * now[i] - own[i])) < 1e-4));
            Assert.That(classes[partner], Is.Not.EqualTo(classes[row]));
        }
    }

    [Test]
    public void Run_Audit_MeasuresWhatItTellsAgainstTheTruth()
    {
        const string text = """
            { "title": "t", "audit": true, "data": [{ "generator": "made-table", "rows": 1000 }], "seeds": [1], "detectors": ["boosted-trees"],
              "corruptions": [{ "kind": "swap", "tasks": ["size"], "levels": [0.1] }], "training": { "epochs": 20 } }
            """;
        var result = SmallExperiment.Runner(SmallExperiment.Parse(text)).Run(SmallExperiment.Cells(text).Single());
        double Value(string measure) => result.Measured.Single(m => m.Measure == measure && m.Task == "size").Value;
        Assert.Multiple(() =>
        {
            Assert.That(Value("told"), Is.EqualTo(1));
            Assert.That(Value("share-error"), Is.EqualTo(Math.Abs(Value("share") - (100 * Value("wrong-share")))).Within(1e-6));
            Assert.That(Value("within-3"), Is.EqualTo(Value("share-error") <= 3 ? 1 : 0));
            Assert.That(Value("flagged-f1"), Is.InRange(0.8, 1.0001));
            Assert.That(Value("calibration"), Is.InRange(0, 0.1));
            Assert.That(Value("odds-ap"), Is.GreaterThan(0.6));
        });
    }

    [Test]
    public void CalibrationError_IsTheWeightedGapOfTheBins()
    {
        // Two bins: .1 (probabilities .05, .08; one wrong of two: gap .5 - .065) and .9 (one right row: gap .95).
        Assert.That(AuditMeasures.CalibrationError([0.05f, 0.08f, 0.95f], [true, false, false]), Is.EqualTo(((2 * (0.5 - 0.065)) + 0.95) / 3).Within(1e-6));
        Assert.That(AuditMeasures.CalibrationError([1f, 0f], [true, false]), Is.Zero);
    }

    [Test]
    public void F1_OfFlags_IsThatOfPrecisionAndRecall() =>
        Assert.That(AuditMeasures.F1([true, true, false, false], [true, false, true, true]), Is.EqualTo(2 * (1.0 / 2) * (1.0 / 3) / ((1.0 / 2) + (1.0 / 3))).Within(1e-12));

    [Test]
    public void Run_Traced_KeepsThePathsOfS()
    {
        var text = SmallExperiment.Text(rest: "\"figures\": [{ \"name\": \"f\", \"kind\": \"s-boxes\" }]");
        var result = SmallExperiment.Runner(SmallExperiment.Parse(text)).Run(SmallExperiment.Cells(text).First(cell => cell.Corruption.Kind == "flip"));
        var trace = result.Traces!.Single(trace => trace.Task == "kind");
        Assert.That((trace.Median.Count, trace.Right.Count, trace.Wrong.Count, trace.Found.Count, trace.HardRows.Count), Is.EqualTo((2, 2, 2, 2, 3)));
    }

    [TestCase("flip", "kind"), TestCase("confusion", "kind"), TestCase("boundary", "kind"), TestCase("pair", "kind"), TestCase("permute", "kind"), TestCase("swap", "kind")]
    [TestCase("uniform", "size"), TestCase("gaussian", "size"), TestCase("scale", "size"), TestCase("unit", "size"), TestCase("shift", "size"), TestCase("swap", "size")]
    [TestCase("swap-rows", "kind"), TestCase("swap-rows", "size")]
    public void Corruption_EachKind_SaysExactlyWhichLabelsChanged(string kind, string task)
    {
        var text = $$"""{ "title": "t", "data": [{ "generator": "made-table", "rows": 200 }], "corruptions": [{ "kind": "{{kind}}", "levels": [0.3] }], "weightings": ["ilt"], "seeds": [1] }""";
        var file = SmallExperiment.Parse(text);
        var data = new DataAccess(file, null, new SmallExperiment.NoFiles()).Load(file.DataSets[0], 1);
        var k = task == "kind" ? 0 : 1;
        var corrupted = CorruptionKinds.Apply(file.Corruptions[0], data, kind == "swap-rows" ? [0, 1] : [k], 0.3, 1);
        Assert.That(corrupted.Wrong[k], Is.EqualTo(LabelDifferences.Between(data.Train.Labels[k], corrupted.Labels[k])));
        Assert.That(corrupted.Wrong[k]!.Count(wrong => wrong), Is.InRange(0.15 * data.Train.RowCount, 0.31 * data.Train.RowCount));
    }

    [Test]
    public void Store_DamagedOrOthers_IsNotCounted()
    {
        var cell = SmallExperiment.Cells(SmallExperiment.Text())[0];
        var store = new ResultStore(folder);
        var result = new CellResult { Cell = "c", Identity = cell.Identity, Fits = 1, Measured = [new Measured("", "t", "error", double.NaN)] };
        store.WriteFailure(cell, "oops");
        Assert.That((store.Has(cell), store.ReadFailure(cell)), Is.EqualTo((false, "oops")));
        store.Write(cell, result);
        Assert.That((store.Has(cell), store.ReadFailure(cell)), Is.EqualTo((true, (string?)null)));
        Assert.That(store.Read(cell)!.Measured.Single().Value, Is.NaN);
        var path = Directory.GetFiles(Path.Combine(folder, "cells")).Single();
        var whole = File.ReadAllText(path);
        File.WriteAllText(path, whole[..^20]);
        Assert.That(store.Has(cell), Is.False);
        File.WriteAllText(path, JsonSerializer.Serialize(result with { Identity = "another" }, ResultJson.Default.CellResult));
        Assert.That(store.Has(cell), Is.False);
        File.WriteAllText(path + ".12.tmp", "half");
        store.RemoveLeftovers();
        Assert.That(Directory.GetFiles(Path.Combine(folder, "cells")), Has.Length.EqualTo(1));
    }

    [Test]
    public void Report_SameResults_SameBytes()
    {
        var text = SmallExperiment.Text(weightings: "[\"ilt\"]", rest: """
            "tables": [{ "name": "ap", "measure": "ap" }, { "name": "cost", "kind": "cost" }],
            "figures": [{ "name": "f", "kind": "lines", "measure": "ap" }, { "name": "b", "kind": "bars", "measure": "ap" }, { "name": "p", "kind": "s-paths" }, { "name": "x", "kind": "s-boxes", "where": { "corruption": "flip" } }]
            """);
        var file = SmallExperiment.Parse(text);
        var cells = SmallExperiment.Cells(text);
        string[] folders = [Path.Combine(folder, "one"), Path.Combine(folder, "two")];
        foreach (var (output, order) in folders.Zip([cells, cells.Reverse().ToList()]))
        {
            var store = new ResultStore(output);
            foreach (var cell in order) store.Write(cell, SmallExperiment.Runner(file).Run(cell));
            var (markdown, notes) = ExperimentReport.Write(file, cells, store, output);
            Assert.That(markdown, Does.StartWith("# small\n\n8 of 8 cells.\n\n### ap\n"));
            Assert.That(notes, Is.Empty);
        }
        string[] names = [.. Directory.GetFiles(folders[0], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folders[0], path)).Where(name => !name.StartsWith("cells", StringComparison.Ordinal) && name != "seconds.csv").Order()];
        Assert.That(names, Has.Some.EqualTo("figures/x-kind.png").And.Some.EqualTo("figures/x-found.svg").And.Some.EqualTo("tables/ap.tex"));
        foreach (var name in names)
            Assert.That(File.ReadAllBytes(Path.Combine(folders[1], name)), Is.EqualTo(File.ReadAllBytes(Path.Combine(folders[0], name))), name);
    }
}
