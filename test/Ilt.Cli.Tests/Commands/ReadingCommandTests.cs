using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary>Tables as people have them, from the command line: what is found in them, said, left out, and kept for predictions.</summary>
public sealed class ReadingCommandTests
{
    private const string KindTask = "kind=class:kind";

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Flag_SpellingsOfAClass_AreOneUnlessKept()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("a,b,kind", r => FormattableString.Invariant($"{r.A},{r.B},{(r.Kind == 0 ? new[] { "True", "TRUE", "true", "True" }[r.I % 4] : new[] { "False", "FALSE", "0", "False" }[r.I % 4])}")));

        var output = Flag(data, "--task", KindTask);

        Assert.That(output, Does.Contain("2 classes").And.Match(@"spellings of one class are taken together: 'True' \(\d+\) = 'true' \(\d+\) = 'TRUE' \(\d+\); 'False' \(").And.Contain("--keep-spellings"));
        Assert.That(Scores().Select(s => s.GivenLabel).Distinct(), Is.EquivalentTo(new[] { "True", "TRUE", "true", "False", "FALSE", "0" }), "as the file has them");
        Assert.That(Scores().Select(s => s.PredictedLabel).Distinct(), Is.SubsetOf(new[] { "True", "False" }));
        Assert.That(Flag(data, "--task", KindTask, "--keep-spellings"), Does.Contain("6 classes"));
    }

    [Test]
    public void Flag_SpellingsInUnicodeAndBlanks_AreOne()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("a,b,kind", r => FormattableString.Invariant($"{r.A},{r.B},{(r.Kind == 0 ? new[] { "gr\u00FCn  hell", "gru\u0308n hell", "Gr\u00FCn hell", "gr\u00FCn hell\u200B" }[r.I % 4] : "rot")}")));

        Assert.That(Flag(data, "--task", KindTask), Does.Contain("2 classes"));
    }

    [Test]
    public void Flag_LoneClass_IsNamedAndLeftOut()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("id,a,b,kind", r => FormattableString.Invariant($"r{r.I},{r.A},{r.B},{(r.I == 5 ? "gren" : CaseTable.Name(r.Kind))}")));

        var output = Flag(data, "--id", "id", "--task", KindTask);

        Assert.That(output, Does.Contain("3 classes").And.Contain("a class has one row only").And.Contain("'gren' (line 7, id 'r5')").And.Not.Contain("without a label"));
        Assert.That(Scores().Select(s => s.Id), Has.None.EqualTo("r5").And.Exactly(89).Items);
    }

    [TestCase("nan")]
    [TestCase("None")]
    [TestCase("#N/A")]
    public void Flag_MissingWordAmongClasses_IsNoClass(string word)
    {
        var data = folder.Write("t.csv", CaseTable.Csv("a,b,kind", r => FormattableString.Invariant($"{r.A},{r.B},{(r.I % 9 == 0 ? word : CaseTable.Name(r.Kind))}")));

        Assert.That(Flag(data, "--task", KindTask), Does.Contain("3 classes").And.Contain($"taken as missing: '{word}' (10 in kind)").And.Contain("10 rows without a label"));
        Assert.That(Flag(data, "--task", KindTask, "--missing", "?"), Does.Contain("4 classes"));
    }

    [Test]
    public void Flag_ClassesLikeMissingWords_AreNamedWithTheOptionThatTakesThemAsMissing()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("a,b,kind", r => FormattableString.Invariant($"{r.A},{r.B},{(r.I % 3 == 0 ? new[] { "NONE", "nil", "-" }[r.I / 3 % 3] : CaseTable.Name(r.Kind))}")));

        var output = Flag(data, "--task", KindTask);
        var option = output.Split("say --missing '")[1].Split('\'')[0];

        Assert.That(output, Does.Contain("6 classes").And.Contain("taken as values: '-' (10 in kind), 'NONE' (10 in kind), 'nil' (10 in kind)"));
        Assert.That(Flag(data, "--task", KindTask, "--missing", option), Does.Contain("3 classes").And.Contain("30 rows without a label").And.Not.Contain("like words"));
    }

    [Test]
    public void Flag_SpellingsKept_KeepsTheirBlanksEverywhere()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("id,a,b,kind", r => FormattableString.Invariant($"{r.I},{r.A},{r.B},{new[] { "red", "red ", "blue\u00A0" }[r.Kind]}")));

        var output = Flag(data, "--id", "id", "--task", KindTask, "--keep-spellings", "--epochs", "40", "--batch", "16");

        Assert.That(output, Does.Contain("3 classes"));
        Assert.That(Scores().Select(s => s.GivenLabel).Distinct(), Is.EquivalentTo(new[] { "red", "red ", "blue\u00A0" }));
        Assert.That(Scores().Select(s => s.PredictedLabel).Distinct(), Is.EquivalentTo(new[] { "red", "red ", "blue\u00A0" }));
        CliRun.Done("predict", Path.Combine(folder["out"], "model.zip"), data, "--out", folder["p.csv"]);
        Assert.That(File.ReadLines(folder["p.csv"]).First(), Does.Contain("kind.red,").Or.EndWith("kind.red"));
        Assert.That(File.ReadLines(folder["p.csv"]).First(), Does.Contain("kind.red ").And.Contain("kind.blue\u00A0"));
    }

    [Test]
    public void Flag_QuotedClassNA_Survives()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("a,b,kind", r => FormattableString.Invariant($"{r.A},{r.B},\"{new[] { "NA", "EU", "AS" }[r.Kind]}\"")));

        Flag(data, "--task", KindTask);

        Assert.That(Scores().Select(s => s.GivenLabel).Distinct(), Is.EquivalentTo(new[] { "NA", "EU", "AS" }));
    }

    [Test]
    public void Flag_DecimalCommaPercentAndUnit_AreNumbersAsFeaturesAndLabel()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("a;b;y", r => $"{CaseTable.Text(r.A).Replace('.', ',')} %;{CaseTable.Text(r.B)} kg;{CaseTable.Text(r.Y).Replace('.', ',')}"));

        var output = Flag(data, "--task", "y=regression:y");

        Assert.That(output, Does.Contain("2 numeric and 0 categorical").And.Contain("a decimal comma, '%' behind each number in a").And.Contain("a decimal comma in y"));
        Assert.That(Scores()[0].GivenLabel, Does.Contain(","), "as the file has it");
        Assert.That(Record("reading")[2].GetProperty("numbers").GetString(), Is.EqualTo("a decimal comma"));
    }

    [Test]
    public void Predict_FewValuesWithDecimalComma_AreReadAsInTraining()
    {
        string[] stars = ["1,0", "2,5", "3,5", "5,0", "7,5", "9,0"];
        var data = folder.Write("t.csv", CaseTable.Csv("stars;b;y", r => $"{stars[r.I % 6]};{CaseTable.Text(r.B)};{CaseTable.Text(Math.Round((3 * double.Parse(stars[r.I % 6].Replace(',', '.'), System.Globalization.CultureInfo.InvariantCulture)) + (0.3 * r.B), 3))}", rows: 240));
        Flag(data, "--task", "y=regression:y", "--epochs", "60", "--batch", "16");

        var predicted = Predict("stars;b\n4,2;0.5\n7,0;0.5\n").Column("y", "").ToNumbers("");

        Assert.That(predicted[0], Is.InRange(10f, 16f));
        Assert.That(predicted[1], Is.InRange(18f, 24f));
        Assert.That(CliRun.Refused("predict", Path.Combine(folder["out"], "model.zip"), folder.Write("n.csv", "stars;b\n4.2;0.5\n"), "--out", folder["p.csv"]), Does.Contain("line 2, column 'stars'").And.Contain("decimal comma"));
    }

    [Test]
    public void Predict_UnseenCategory_IsCounted()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("city,a,b,kind", r => FormattableString.Invariant($"{(r.I % 2 == 0 ? "Oslo" : "Rome")},{r.A},{r.B},{CaseTable.Name(r.Kind)}")));
        Flag(data, "--task", KindTask);

        Predict("city,a,b\nParis,1,1\nOslo,1,1\nParis,0,1\n,0,1\n", out var output);

        Assert.That(output, Does.Contain("column 'city': 2 of 4 rows hold the value 'Paris' that no training row has"));
    }

    [Test]
    public void Predict_CellsMissingAsInTraining_AreSaidInOneLine()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("city,a,b,kind", r => FormattableString.Invariant($"{(r.I % 7 == 0 ? "" : r.I % 2 == 0 ? "Oslo" : "Rome")},{(r.I % 5 == 0 ? "NA" : r.A)},{r.B},{CaseTable.Name(r.Kind)}")));
        Flag(data, "--task", KindTask);

        Predict("city,a,b\n,,1\nOslo,NA,1\n", out var output);

        Assert.That(output, Does.Contain("note: cells are missing, as some were in training: city (1), a (2); a number becomes the mean and is marked").And.Not.Contain("none was in training"));
    }

    [Test]
    public void Predict_DateFarOutside_IsCounted()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("when,a,b,kind", r => FormattableString.Invariant($"{new DateTime(2024, 1, 1).AddDays(r.I):yyyy-MM-dd},{r.A},{r.B},{CaseTable.Name(r.Kind)}")));
        Flag(data, "--task", KindTask);

        Predict("when,a,b\n2024-04-10,1,1\n2204-01-01,1,1\n", out var output);

        Assert.That(output, Does.Contain("column 'when': 1 of 2 cells lies far outside of those trained on, 2024-01-01 to 2024-03-30, the farthest is '2204-01-01' on line 3"));
    }

    [Test]
    public void Predict_WholeNumbersThatHaveDecimalCommasNow_SaysHowToWriteThem()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("a;b;y", r => FormattableString.Invariant($"{Math.Round(10 * r.A)};{r.B};{r.Y}")));
        Flag(data, "--task", "y=regression:y");
        var model = Path.Combine(folder["out"], "model.zip");

        Assert.That(CliRun.Refused("predict", model, folder.Write("n.csv", "a;b\n5;0.5\n-4,4;0.5\n"), "--out", folder["p.csv"]),
            Does.Contain("line 3, column 'a': '-4,4' is no number as the training table writes them (a decimal point, or whole numbers)").And.Contain("with a decimal comma").And.Contain("'-4.4'"));
        Assert.That(CliRun.Refused("predict", model, folder.Write("n.csv", "a;b\n1,234;0.5\n"), "--out", folder["p.csv"]), Does.Contain("a decimal comma or a decimal point, commas between thousands").And.Not.Contain("1.234"));
        Assert.That(CliRun.Refused("flag", data, "--task", "y=regression:y", "--validation", folder.Write("v.csv", "a;b;y\n5;0.5;1\n-4,4;0.5;2\n"), "--out", folder["out"]), Does.Contain("'-4.4'"));
    }

    [Test]
    public void Flag_ValidationTable_IsReadAsTheTrainingTable()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("city;a;y", r => $"{(r.I % 2 == 0 ? "Oslo" : "Rome")};{CaseTable.Text(r.A).Replace('.', ',')};{CaseTable.Text(r.Y).Replace('.', ',')}"));
        var other = folder.Write("v.csv", CaseTable.Csv("city;a;y", r => $"{(r.I == 0 ? "Paris" : "Rome")};{Math.Round(r.A)},125;{Math.Round(r.Y)},500", rows: 20));

        var output = Flag(data, "--task", "y=regression:y", "--validation", other);

        Assert.That(output, Does.Contain("validation: column 'city': 1 of 20 rows").And.Match(@"mean absolute error \d\.\d"), "1,125 is no thousand");
    }

    [Test]
    public void Flag_IdsAndUnicodeNames_ComeBackByteForByte()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("Schlu\u0308ssel,a,b,Art", r => FormattableString.Invariant($" r{r.I} ,{r.A},{r.B},{CaseTable.Name(r.Kind)}")));

        Flag(data, "--id", "Schl\u00FCssel", "--task", "art=class:Art");
        var predicted = Predict("Schl\u00FCssel,a,b\n x ,1,1\n\"y \",1,1\n");

        Assert.That(Scores().Select(s => s.Id), Is.EquivalentTo(Enumerable.Range(0, 90).Select(i => $" r{i} ")));
        Assert.That(Enumerable.Range(0, 2).Select(row => predicted.Columns[0][row]), Is.EqualTo(new[] { " x ", "y " }));
    }

    [Test]
    public void Flag_RunningNumber_IsLeftOutUnlessKept()
    {
        var data = folder.Write("t.csv", CaseTable.Csv(",id,a,b,kind", r => FormattableString.Invariant($"{r.I},r{r.I},{r.A},{r.B},{CaseTable.Name(r.Kind)}")));

        var output = Flag(data, "--id", "id", "--task", KindTask);

        Assert.That(output, Does.Contain("left out, counts the rows: column1").And.Contain("--keep").And.Contain("2 numeric"));
        Assert.That(Record("features").GetProperty("dropped")[0].GetString(), Is.EqualTo("column1"));
        Assert.That(Flag(data, "--id", "id", "--task", KindTask, "--keep", "column1"), Does.Contain("3 numeric").And.Not.Contain("left out"));
        Assert.That(Flag(data, "--id", "id", "--task", KindTask, "--features", "column1,a"), Does.Contain("2 numeric").And.Not.Contain("left out"), "named letter by letter");
    }

    [Test]
    public void Flag_CopiesOfALabel_AreLeftOutUnlessKept()
    {
        var data = folder.Write("t.csv", CaseTable.Csv(
            "a,b,is_red,is_green,is_blue,code,usd,kind,y",
            r => FormattableString.Invariant($"{r.A},{r.B},{(r.Kind == 0 ? 1 : 0)},{(r.Kind == 1 ? 1 : 0)},{(r.Kind == 2 ? 1 : 0)},{7 - r.Kind},{Math.Round(r.Y * -1.1, 2)},{CaseTable.Name(r.Kind)},{r.Y}")));

        var output = Flag(data, "--task", KindTask, "--task", "y=regression:y");

        Assert.That(output, Does.Contain("say again what the label of task kind says, in all rows: code, is_red, is_green, is_blue").And.Contain("says again what the label of task y says, in all rows: usd").And.Contain("2 numeric"));
        Assert.That(Flag(data, "--task", KindTask, "--task", "y=regression:y", "--keep", "is_*,usd,code"), Does.Contain("7 numeric").And.Not.Contain("left out"));
    }

    [Test]
    public void Flag_FeatureOfAClass_IsNamedAndStays()
    {
        // True of all red rows and of no other one: an honest feature may be so, too.
        var data = folder.Write("t.csv", CaseTable.Csv("a,b,hot,kind", r => FormattableString.Invariant($"{r.A},{r.B},{(r.Kind == 0 ? "yes" : "no")},{CaseTable.Name(r.Kind)}")));

        Assert.That(Flag(data, "--task", KindTask), Does.Contain("each class of task kind has one value of hot").And.Contain("2 numeric and 1 categorical"));
    }

    [Test]
    public void Flag_WholeNumbersWithoutOrder_AreCategoriesUnlessTold()
    {
        double[] effect = [54, 97, 3, 84, 31, 5, 18, 47, 70, 11];
        var data = folder.Write("t.csv", CaseTable.Csv("district,a,y", r => FormattableString.Invariant($"{100 + (7 * (r.I % 10))},{r.A},{Math.Round(effect[r.I % 10] + r.Y, 2)}"), rows: 150));
        var smooth = folder.Write("s.csv", CaseTable.Csv("floor,a,y", r => FormattableString.Invariant($"{r.I % 10},{r.A},{Math.Round((r.I % 10 * (r.I % 10)) + r.Y, 2)}"), rows: 150));

        Assert.That(Flag(data, "--task", "y=regression:y"), Does.Contain("column 'district': 10 whole numbers").And.Contain("1 numeric and 1 categorical"));
        Assert.That(Flag(data, "--task", "y=regression:y", "--numbers", "district"), Does.Contain("2 numeric and 0 categorical").And.Not.Contain("district"));
        Assert.That(Flag(smooth, "--task", "y=regression:y"), Does.Contain("2 numeric and 0 categorical"));
        Assert.That(Flag(smooth, "--task", "y=regression:y", "--categories", "floor"), Does.Contain("1 numeric and 1 categorical"));
    }

    [Test]
    public void Flag_WholeNumbersOfFewRows_AreNoCodes()
    {
        // Ages of pupils: five years with many rows and three with one or two, whose labels are far off by chance.
        var data = folder.Write("t.csv", CaseTable.Csv("age,a,y", r => FormattableString.Invariant(
            $"{15 + (r.I < 4 ? 5 + (r.I % 3) : r.I % 5)},{r.A},{Math.Round((r.I < 4 ? r.I % 3 == 1 ? 90 : -50 : 10 * (r.I % 5)) + r.A, 2)}"), rows: 150));

        Assert.That(Flag(data, "--task", "y=regression:y"), Does.Contain("2 numeric and 0 categorical").And.Not.Contain("'age'"));
    }

    [Test]
    public void Flag_RaggedWholeNumbersThatALabelRisesWith_AreNoCodes()
    {
        // Prices: up on the whole, with a step up or down from each to the next.
        var data = folder.Write("t.csv", CaseTable.Csv("price,a,y", r => FormattableString.Invariant(
            $"{100 + (7 * (r.I % 20))},{r.A},{Math.Round((5 * (r.I % 20)) + (r.I % 2 * 70) + (0.1 * r.A), 2)}"), rows: 200));

        Assert.That(Flag(data, "--task", "y=regression:y"), Does.Contain("2 numeric and 0 categorical").And.Not.Contain("'price'"));
    }

    [Test]
    public void Flag_DatesWithTwoDigitsForTheYear_AreToldHowToBeNamed()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("when,a,b,kind", r => FormattableString.Invariant($"{new DateTime(2024, 1, 1).AddDays(r.I):dd'/'MM'/'yy},{r.A},{r.B},{CaseTable.Name(r.Kind)}")));

        Assert.That(CliRun.Refused("flag", data, "--task", KindTask, "--out", folder["out"]), Does.Contain("--dates \"when=dd/MM/yy\"").And.Contain("--ignore \"when\""));
        Assert.That(Flag(data, "--task", KindTask, "--dates", "when=dd/MM/yy"), Does.Contain("column 'when' holds dates"));
    }

    [Test]
    public void Flag_Dates_AreDaysAndWeekdays()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("when,a,b,kind", r => FormattableString.Invariant($"{new DateTime(2024, 1, 1).AddDays(r.I * 3 % 80):dd.MM.yyyy},{r.A},{r.B},{CaseTable.Name(r.Kind)}")));

        var output = Flag(data, "--task", KindTask);
        Predict("when,a,b\n05.02.2024,1,1\n,1,1\n");

        Assert.That(output, Does.Contain("column 'when' holds dates; features are the days since the first, the weekday").And.Contain("3 numeric and 1 categorical"));
        Assert.That(Record("features").GetProperty("numbers").EnumerateArray().Select(n => n.GetString()), Is.EqualTo(new[] { "a", "b", "when.days" }));
        Assert.That(CliRun.Refused("predict", Path.Combine(folder["out"], "model.zip"), folder.Write("n.csv", "when,a,b\n2024-02-05,1,1\n"), "--out", folder["p.csv"]), Does.Contain("line 2, column 'when'").And.Contain("such as 31.12.2024"));
    }

    [Test]
    public void Flag_PricesOverDecades_SlipsByTenAreFound()
    {
        int[] wrong = [4, 17, 33, 52, 71, 96, 118, 140, 163, 181];
        var data = folder.Write("t.csv", CaseTable.Csv("id,a,b,y", r => FormattableString.Invariant(
            $"{r.I},{r.A},{r.B},{Math.Round(Math.Pow(10, 1 + (1.4 * r.A) + (0.3 * r.B)) * (wrong.Contains(r.I) ? r.I % 2 == 0 ? 10 : 0.1 : 1), 2)}"), rows: 200));

        CliRun.Done("flag", data, "--id", "id", "--task", "y=regression:y", "--out", folder["out"]);

        Assert.That(Scores().Where(s => s.Rank <= wrong.Length).Count(s => wrong.Contains(int.Parse(s.Id))), Is.GreaterThanOrEqualTo(9));
    }

    [Test]
    public void Corrupt_DecimalComma_WritesAsTheColumnDoes()
    {
        var data = folder.Write("t.csv", CaseTable.Csv("a;y", r => $"{CaseTable.Text(r.A).Replace('.', ',')};{CaseTable.Text(r.Y).Replace('.', ',')} €"));

        CliRun.Done("corrupt", data, "--task", "y=regression:y", "--kind", "uniform", "--range", "100,200", "--fraction", "0.5", "--out", folder["w.csv"], "--truth", folder["m.csv"]);

        var (before, after) = (TableReader.Read(data).Columns[1], TableReader.Read(folder["w.csv"]).Columns[1]);
        Assert.That(after.Reading.Number, Is.EqualTo(before.Reading.Number));
        Assert.That(after.ToNumbers("").Zip(before.ToNumbers(""), (x, y) => x - y).Count(d => d > 99), Is.EqualTo(45));
    }

    [TestCase("--decimal", "dot", "expected comma or point")]
    [TestCase("--keep", "nothing", "no column 'nothing'")]
    [TestCase("--categories", "nothing*", "--categories: no column")]
    public void Flag_BadReadingOption_SaysWhatIsExpected(string option, string value, string expected) => Assert.That(
        CliRun.Refused("flag", folder.Write("t.csv", "a,kind\n1,x\n2,y\n3,x\n4,y\n"), "--task", KindTask, option, value, "--out", folder["out"]), Does.Contain(option).And.Contain(expected));

    private string Flag(string data, params string[] options) =>
        CliRun.Done(["flag", data, .. options, "--out", folder["out"], .. options.Contains("--epochs") ? [] : new[] { "--epochs", "2", "--batch", "32" }]);

    private IReadOnlyList<Ilt.Cli.Pipeline.ScoredRow> Scores() => NoiseScoresCsv.Read(Path.Combine(folder["out"], "noise-scores.csv"));

    private Table Predict(string text) => Predict(text, out _);

    private Table Predict(string text, out string output)
    {
        output = CliRun.Done("predict", Path.Combine(folder["out"], "model.zip"), folder.Write("n.csv", text), "--out", folder["p.csv"]);
        return TableReader.Read(folder["p.csv"]);
    }

    private JsonElement Record(string property)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "run.json")));
        return record.RootElement.GetProperty(property).Clone();
    }
}
