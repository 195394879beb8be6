namespace Ilt.Experiments.Tests;

/// <summary>Which cells there are, and what their names depend on.</summary>
public class ExperimentGridTests
{
    [Test]
    public void Cells_Small_AreTheProduct()
    {
        var cells = SmallExperiment.Cells(SmallExperiment.Text(detectors: "[\"equal/out-of-fold\"]"));
        // clean: 2 seeds x 2 weightings; flips of the one class task: 2 levels x 2 seeds x 3; noise of the one number task: 2 x 3. A detector has nothing to find in clean labels.
        Assert.That(cells, Has.Count.EqualTo(4 + 12 + 6));
        Assert.That(cells.Select(cell => cell.Key).Distinct().Count(), Is.EqualTo(cells.Count));
        Assert.That(cells[4].ToString(), Is.EqualTo("made-table, flip of kind 20 %, seed 1, ilt"));
    }

    [Test]
    public void Cells_TasksTogether_AreOneCell() => Assert.That(
        SmallExperiment.Cells("""{ "title": "t", "data": [{ "generator": "made-table" }], "corruptions": [{ "kind": "swap", "tasks": ["kind", "size"], "levels": [0.1] }], "weightings": ["ilt"], "seeds": [1] }""").Single().Corrupted,
        Is.EqualTo(new[] { "kind", "size" }));

    [Test]
    public void Cells_CorruptionThatFitsNothing_IsRefused() => Assert.That(
        () => SmallExperiment.Cells("""{ "title": "t", "data": [{ "generator": "made-table" }], "corruptions": [{ "kind": "drop-region", "levels": [0.1] }], "weightings": ["ilt"] }"""),
        Throws.TypeOf<ExperimentException>().With.Message.Contains("corruptions[0]: drop-region fits no task of made-table"));

    [Test]
    public void Key_DependsOnWhatDecides_AndOnNothingElse()
    {
        var text = SmallExperiment.Text();
        string[] keys = [.. SmallExperiment.Cells(text).Select(cell => cell.Key)];
        Assert.Multiple(() =>
        {
            Assert.That(Keys(text.Replace("\"small\"", "\"another title\"")), Is.EqualTo(keys));
            Assert.That(Keys(text.Replace("\"name\": \"noise\", \"kind\": \"uniform\"", "\"kind\": \"uniform\", \"name\": \"other\"")), Is.EqualTo(keys));
            Assert.That(Keys(text.Replace("[\"ilt\", \"equal\"]", "[{ \"weighting\": \"ilt\", \"name\": \"ours\" }, \"equal\"]")), Is.EqualTo(keys));
            Assert.That(Keys(text.Replace("\"epochs\": 2", "\"epochs\": 3")), Has.None.AnyOf(keys));
            Assert.That(Keys(text.Replace("\"rows\": 80", "\"rows\": 81")), Has.None.AnyOf(keys));
            Assert.That(SmallExperiment.Cells(text, fingerprint: "g").Select(cell => cell.Key), Has.None.AnyOf(keys));
            Assert.That(SmallExperiment.Cells(text, version: "w").Select(cell => cell.Key), Has.None.AnyOf(keys));
        });

        static IEnumerable<string> Keys(string text) => SmallExperiment.Cells(text).Select(cell => cell.Key);
    }
}
