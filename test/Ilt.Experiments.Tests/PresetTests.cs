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

    [Test]
    public void Find_Unknown_IsNothing() => Assert.That(Presets.Find("table8"), Is.Null);
}
