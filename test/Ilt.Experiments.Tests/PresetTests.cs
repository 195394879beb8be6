namespace Ilt.Experiments.Tests;

/// <summary>The experiments that come with the program can be read in every size that they have.</summary>
public class PresetTests
{
    private static IEnumerable<string> Names => Presets.Names;

    [TestCaseSource(nameof(Names))]
    public void Preset_CanBeReadInEverySize(string name)
    {
        var text = Presets.Find(name)!;
        foreach (var size in text.Contains("\"full\"") ? (ExperimentSize[])[ExperimentSize.Usual, ExperimentSize.Quick, ExperimentSize.Full] : [ExperimentSize.Usual, ExperimentSize.Quick])
        {
            var file = ExperimentFile.Parse(text, name, ".", size);
            Assert.That(ExperimentGrid.Cells(file, _ => "f", []), Is.Not.Empty);
            Assert.That(file.Tables.Count + file.Figures.Count, Is.Positive);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Preset_OneCell_RunsAtToySize(string name)
    {
        var file = ExperimentFile.Parse(Presets.Find(name)!, name, ".", ExperimentSize.Quick);
        file = file with { DataSets = [.. file.DataSets.Select(set => set with { Rows = 16, TestRows = 8 })], MostEpochs = 1 };
        if (file.DataSets[0].Kind == DataKinds.Table) Assert.Ignore("tables are the program's to read: its tests run one");
        var cells = ExperimentGrid.Cells(file, _ => "f", []);
        var cell = cells[^1];
        var result = SmallExperiment.Runner(file).Run(cell);
        Assert.That(result.Measured, Is.Not.Empty);
        Assert.That(result.Measured.Where(m => m.Measure == MeasureNames.Error).Select(m => m.Value), Is.All.Not.NaN);
        var maker = new TableMaker([(cell, result)]);
        foreach (var table in file.Tables.Where(table => table.Kind == TableSpec.Means && !table.Where.ContainsKey("task")))
            Assert.That(maker.Make(table).Rows, Is.Not.Empty, table.Name);
        foreach (var figure in file.Figures)
            Assert.That(FigureMaker.Make(figure, maker, [(cell, result)]).Select(plot => FigureFiles.Svg(plot.Plot).Length), Is.Not.Empty.And.All.GreaterThan(1000), figure.Name);
    }

    [Test]
    public void Find_Unknown_IsNothing() => Assert.That(Presets.Find("table8"), Is.Null);
}
