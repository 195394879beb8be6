namespace Ilt.Experiments.Tests;

/// <summary>What stands in an experiment's file, and what is said of what does not fit.</summary>
public class ExperimentFileTests
{
    private const string Start = """{ "title": "t", "seeds": [1], "weightings": ["ilt"], """;

    [Test]
    public void Parse_WholeFile_HasItsParts()
    {
        var file = SmallExperiment.Parse(SmallExperiment.Text(rest: "\"tables\": [{ \"name\": \"ap\", \"measure\": \"ap\" }]"));
        Assert.Multiple(() =>
        {
            Assert.That(file.DataSets.Single().Tasks.Select(task => task.Name), Is.EqualTo(new[] { "kind", "size" }));
            Assert.That(file.Corruptions.Select(plan => plan.Name), Is.EqualTo(new[] { "clean", "flip", "noise" }));
            Assert.That(file.Methods.Select(method => method.Name), Is.EqualTo(new[] { "ilt", "equal" }));
            Assert.That(file.Tables.Single().Rows, Is.EqualTo(new[] { "data", "level" }));
        });
    }

    [TestCase("\"data\": [{ \"generator\": \"made-tabel\" }], \"corruptions\": [\"clean\"]", "e.json: data[0].generator: there is no 'made-tabel'; did you mean 'made-table'?")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\", \"rows\": \"many\" }], \"corruptions\": [\"clean\"]", "e.json: data[0].rows: expected a whole number of at least 8, found the text 'many'.")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\", \"row\": 9 }], \"corruptions\": [\"clean\"]", "e.json: data[0].row: there is no such property; did you mean 'rows'?")]
    [TestCase("\"dta\": [{ \"generator\": \"made-table\" }], \"corruptions\": [\"clean\"]", "e.json: data: expected a list of data sets, found 'dta'; write 'data'.")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\", \"options\": { \"clases\": 3 } }], \"corruptions\": [\"clean\"]", "e.json: data[0].options.clases: there is no such property; did you mean 'classes'?")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\" }], \"corruptions\": [{ \"kind\": \"flip\" }]", "e.json: corruptions[0].levels: expected shares of the labels to make wrong, for example [0.2, 0.4], found nothing; add it.")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\" }], \"corruptions\": [{ \"kind\": \"flip\", \"levels\": [0.2, 2] }]", "e.json: corruptions[0].levels[1]: expected a number from 0 to 1, found the number 2.")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\" }], \"corruptions\": [{ \"kind\": \"flips\", \"levels\": 0.2 }]", "did you mean 'flip'?")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\" }, { \"generator\": \"made-table\" }], \"corruptions\": [\"clean\"]", "e.json: data: 'made-table' stands here twice; give each its own name.")]
    [TestCase("\"data\": [{ \"table\": \"x.csv\" }], \"corruptions\": [\"clean\"]", "e.json: data[0].tasks: expected a list of NAME=KIND:COLUMN")]
    [TestCase("\"data\": [{ \"table\": \"x.csv\", \"tasks\": [\"a=klass:b\"] }], \"corruptions\": [\"clean\"]", "e.json: data[0].tasks[0]: expected NAME=KIND:COLUMN with a kind among class, regression, count, mask, map, found 'a=klass:b'.")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\" }], \"corruptions\": [\"clean\"], \"training\": { \"dropout\": 1 }", "e.json: training: Dropout must be at least 0 and below 1, found 1.")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\" }], \"corruptions\": [\"clean\"], \"training\": { \"network\": { \"kind\": \"cnn\" } }", "e.json: training.network:")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\" }], \"corruptions\": [\"clean\"], \"tables\": [{ \"name\": \"a\", \"measure\": \"ap\", \"rows\": [\"metod\"] }]", "e.json: tables[0].rows: there is no dimension 'metod'; did you mean 'method'?")]
    [TestCase("\"data\": [{ \"generator\": \"pairs\" }], \"corruptions\": [\"clean\"]", "e.json: data[0].path: expected the folder of pairs, found nothing; add it.")]
    [TestCase("\"data\": [{ \"generator\": \"made-table\" }], \"corruptions\": [{ \"kind\": \"flip\", \"levels\": [0.1], \"data\": \"made\" }]", "e.json: corruptions[0].data: there is no data set 'made'")]
    public void Parse_WhatDoesNotFit_NamesThePlace(string rest, string message) => Assert.That(
        () => SmallExperiment.Parse(Start + rest + "}"), Throws.TypeOf<ExperimentException>().With.Message.Contains(message));

    [TestCase(".", "pairs"), TestCase("..", "pairs"), TestCase("some/digits/", "digits")]
    public void Parse_PathWithoutAName_IsNamedByItsKind(string path, string name) => Assert.That(
        SmallExperiment.Parse(Start + $"\"data\": [{{ \"generator\": \"pairs\", \"path\": \"{path}\" }}], \"corruptions\": [\"clean\"] }}").DataSets.Single().Name, Is.EqualTo(name));

    [Test]
    public void Parse_NoJson_NamesTheLine() => Assert.That(
        () => SmallExperiment.Parse("{\n  \"title\": oops }"), Throws.TypeOf<ExperimentException>().With.Message.StartsWith("e.json: line 2, column "));

    [Test]
    public void Parse_PropertyTwice_IsRefused() => Assert.That(
        () => SmallExperiment.Parse(Start + "\"title\": \"u\", \"data\": [{ \"generator\": \"made-table\" }], \"corruptions\": [\"clean\"] }"),
        Throws.TypeOf<ExperimentException>().With.Message.EqualTo("e.json: title: stands here twice; leave one."));

    [Test]
    public void Parse_Quick_TakesFewer()
    {
        var text = SmallExperiment.Text(rest: "\"quick\": { \"rows\": 40, \"seeds\": [7], \"epochs\": 1, \"levels\": [0.3], \"methods\": [\"equal\"] }");
        var file = SmallExperiment.Parse(text, ExperimentSize.Quick);
        Assert.Multiple(() =>
        {
            Assert.That(file.DataSets[0].Rows, Is.EqualTo(40));
            Assert.That(file.Seeds, Is.EqualTo(new[] { 7 }));
            Assert.That(file.Corruptions.Select(plan => string.Join(' ', plan.Levels.Select(level => $"{level * 100:F0}"))), Is.EqualTo(new[] { "0", "30", "30" }));
            Assert.That(file.Methods.Single().Name, Is.EqualTo("equal"));
            Assert.That(SmallExperiment.Parse(text).Seeds, Is.EqualTo(new[] { 1, 2 }));
        });
    }

    [Test]
    public void Parse_Full_ReplacesProperties()
    {
        var text = SmallExperiment.Text(rest: "\"full\": { \"seeds\": [5], \"training\": { \"epochs\": 9 } }");
        Assert.That(SmallExperiment.Parse(text, ExperimentSize.Full).Seeds, Is.EqualTo(new[] { 5 }));
        Assert.That(SmallExperiment.Parse(text, ExperimentSize.Full).Training.Epochs, Is.EqualTo(9));
        Assert.That(SmallExperiment.Parse(text).Training.Epochs, Is.EqualTo(2));
    }

    [Test]
    public void Parse_QuickThatIsNotThere_IsRefused() => Assert.That(
        () => SmallExperiment.Parse(SmallExperiment.Text(), ExperimentSize.Quick), Throws.TypeOf<ExperimentException>().With.Message.StartsWith("e.json: quick: expected an object"));
}
