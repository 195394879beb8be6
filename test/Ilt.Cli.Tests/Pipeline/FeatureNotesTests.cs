using System.Globalization;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Pipeline;

/// <summary>Columns that are left out, named or refused as features: those in the order of the file, near copies of labels, texts that begin like numbers.</summary>
public sealed class FeatureNotesTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("1..90", true)]
    [TestCase("90..1", true)]
    [TestCase("gaps", true, Description = "some rows were left out")]
    [TestCase("tens", true)]
    [TestCase("from 1000", true)]
    public void Create_NumbersOfTheRows_AreLeftOutUnlessKept(string kind, bool isLeftOut)
    {
        Func<int, double> value = kind switch
        {
            "1..90" => i => i + 1,
            "90..1" => i => 90 - i,
            "gaps" => i => i + 1 + (i > 10 ? 1 : 0) + (i > 40 ? 5 : 0) + (i / 4),
            "tens" => i => 10 * i,
            _ => i => 1000 + (10 * i),
        };
        var text = CaseTable.Csv("nr,a,b,kind", r => FormattableString.Invariant($"{value(r.I)},{r.A},{r.B},{CaseTable.Name(r.Kind)}"));

        Assert.That(Plan(text).Dropped, Is.EqualTo(new[] { "nr" }));
        Assert.That(Plan(text).Notes, Has.Some.StartsWith("left out, counts the rows: nr; --id names the rows by such a column, --keep makes it a feature."));
        Assert.That((Plan(text, kept: "nr").Dropped, Plan(text, kept: "nr").Notes.Count(note => note.Contains("left out"))), Is.EqualTo((Array.Empty<string>(), 0)));
    }

    [Test]
    public void Create_UnevenStepsThroughout_AreNamedUnlessKept()
    {
        var text = CaseTable.Csv("at,a,b,kind", r => FormattableString.Invariant($"{1700000000L + (r.I * 60L) + (r.I * r.I % 37)},{r.A},{r.B},{CaseTable.Name(r.Kind)}"));

        var plan = Plan(text);

        Assert.That(plan.Dropped, Is.Empty);
        Assert.That(plan.Notes, Has.Exactly(1).Matches("column 'at' rises or falls from each row to the next.*--ignore \"at\""));
        Assert.That(Plan(text, kept: "at").Notes, Has.None.Contain("'at'"));
    }

    [TestCase("one out of order", 90)]
    [TestCase("fractions", 90)]
    [TestCase("one missing", 90)]
    [TestCase("two alike", 90)]
    [TestCase("few rows", 29)]
    public void Create_OtherNumbers_AreFeaturesWithoutAWord(string kind, int rows)
    {
        var text = CaseTable.Csv("x,a,b,kind", r => (kind, r.I) switch
        {
            ("one out of order", 50) => "3",
            ("fractions", _) => CaseTable.Text(r.I + 0.5),
            ("one missing", 50) => "",
            ("two alike", 50) => "98",
            _ => CaseTable.Text(2 * r.I),
        } + FormattableString.Invariant($",{r.A},{r.B},{CaseTable.Name(r.Kind)}"), rows);

        var plan = Plan(text);

        Assert.That(plan.Numbers, Does.Contain("x"));
        Assert.That(plan.Notes, Has.None.Contain("'x'").And.None.Contain(": x"));
    }

    [Test]
    public void Create_NearlyTheClass_IsNamedWithItsShare()
    {
        string[] rare = [.. Enumerable.Range(0, 300).Select(i => i % 100 == 7 ? "yes" : "no")];
        var text = CaseTable.Csv("code,word,half,rare,a,b,kind", r => FormattableString.Invariant(
            $"{(r.I % 37 == 5 ? 9 - ((r.Kind + 1) % 3) : 9 - r.Kind)},{"xyz"[r.I % 37 == 5 ? (r.Kind + 1) % 3 : r.Kind]},{(r.I % 10 == 0 ? 7 : r.Kind)},{rare[r.I]},{r.A},{r.B},{CaseTable.Name(r.Kind)}"), rows: 300);

        var plan = Plan(text);

        var share = FormattableString.Invariant($"one to one in 292 of 300 rows, {100 * 292 / 300.0:0.#} %");
        Assert.That(Enumerable.Range(0, 300).Count(i => i % 37 == 5), Is.EqualTo(8));
        Assert.That(plan.Notes, Has.Exactly(1).Matches($"column 'code' nearly says again what the label of task kind says .*{share}.*--ignore \"code\""));
        Assert.That(plan.Notes, Has.Exactly(1).Contains("column 'word' nearly says again"));
        Assert.That(plan.Notes, Has.None.Contain("'half' nearly").And.None.Contain("'rare' nearly").And.None.Contain("'a' nearly"), "90 % are not enough");
        Assert.That(plan.Columns.Select(c => c.Name), Is.SupersetOf(new[] { "code", "word" }));
        Assert.That(Plan(text, kept: "code").Notes, Has.None.Contain("'code' nearly"));
    }

    [Test]
    public void Create_OneClassAlmostThroughout_IsNoNearCopy()
    {
        // Each has one value in 97 % of the rows, and so they agree in 94 % by chance; here in 96 %.
        var text = CaseTable.Csv("flag,a,b,kind", r => FormattableString.Invariant($"{(r.I % 50 == 0 ? "yes" : "no")},{r.A},{r.B},{(r.I % 50 == 1 ? "bad" : "good")}"), rows: 300);

        Assert.That(Plan(text).Notes, Has.None.Contain("nearly says"));
    }

    [Test]
    public void Create_NearlyTheNumber_IsNamedWithItsRankCorrelation()
    {
        var rows = new List<(double X, double Y)>();
        var text = CaseTable.Csv("usd,a,b,y", r =>
        {
            rows.Add((Math.Round(1.1 * r.Y), r.Y));
            return FormattableString.Invariant($"{rows[^1].X},{r.A},{r.B},{r.Y}");
        }, rows: 120);

        var plan = Plan(text, "y=regression:y");

        Assert.That(plan.Notes, Has.Exactly(1).Contains(FormattableString.Invariant($"column 'usd' nearly says again what the label of task y says (rank correlation {SlowRankCorrelation(rows):0.0000} over 120 rows); if it was made from the label, leave it out with --ignore \"usd\"")));
        Assert.That(plan.Notes, Has.None.Contain("'a' nearly").And.None.Contain("'b' nearly"));
        Assert.That(plan.Columns.Select(c => c.Name), Does.Contain("usd"));
    }

    [Test]
    public void Create_OneRowFarOff_MakesNoNearCopy()
    {
        var text = CaseTable.Csv("x,a,b,y", r => FormattableString.Invariant($"{(r.I == 7 ? 1e6 : r.B)},{r.A},{r.B},{(r.I == 7 ? 1e6 : r.Y)}"));

        Assert.That(Plan(text, "y=regression:y").Notes, Has.None.Contain("nearly says"));
    }

    [Test]
    public void Create_NearCopyInALongTable_IsFoundByASampleFirst()
    {
        var text = CaseTable.Csv("usd,a,y", r => FormattableString.Invariant($"{Math.Round(110 * r.Y)},{r.A},{r.Y}"), rows: 30_000);

        Assert.That(Plan(text, "y=regression:y").Notes, Has.Exactly(1).Matches("'usd' nearly says .*over 30000 rows").And.None.Contain("'a' nearly"));
    }

    [TestCase("7,0|7.5|8,0|8.5", "with a decimal comma ('7,0')", "with a decimal point ('7.5')", "--decimal comma:\"x\"")]
    [TestCase("12:30|8:15|9:00", "90 written as clock times ('12:30')", "", "--dates \"x=H:mm\"")]
    [TestCase("12:30:00|8:15:10", "90 written as clock times ('12:30:00')", "", "--dates \"x=H:mm:ss\"")]
    [TestCase("10.01.24|11.02.24|13.02.24", "90 written as dates ('10.01.24')", "", "--dates \"x=dd.MM.yy\"")]
    [TestCase("5 kg|300 g", "45 with 'kg' behind ('5 kg')", "45 with 'g' behind ('300 g')", "--numbers \"x\"")]
    [TestCase("$5|€5", "45 with '$' before ('$5')", "45 with '€' before ('€5')", "--numbers \"x\"")]
    [TestCase("0x1F|0x2a|0xff", "90 in hexadecimal ('0x1F')", "", "--numbers \"x\"")]
    [TestCase("(5.0)|(6.0)|(7.0)", "90 in brackets ('(5.0)')", "", "--numbers \"x\"")]
    [TestCase("5-|6|7-", "60 with a minus behind ('5-')", "30 of digits alone ('6')", "--numbers \"x\"")]
    [TestCase("<5|6|low", "30 with a sign of comparison ('<5')", "30 of digits alone ('6')", "'<5' on line 2")]
    public void Create_CategoriesThatBeginLikeNumbers_AreNamed(string cells, string first, string second, string advice)
    {
        var texts = cells.Split('|');
        var text = CaseTable.Csv("x;a;b;kind", r => $"{texts[r.I % texts.Length]};{CaseTable.Text(r.A)};{CaseTable.Text(r.B)};{CaseTable.Name(r.Kind)}");

        var plan = Plan(text);

        Assert.That(plan.Texts, Does.Contain("x"));
        Assert.That(plan.Notes.Single(note => note.Contains("'x'")), Does.Contain("begin like numbers").And.Contain(first).And.Contain(second).And.Contain(advice).And.Contain("--categories \"x\""));
        Assert.That(Plan(text, isTold: true).Notes, Has.None.Contain("'x'"));
    }

    [TestCase("red|5|blue|green")]
    [TestCase("12a|13b|14c")]
    [TestCase("1st|2nd|3rd")]
    [TestCase("10-19|20-29|30-39")]
    public void Create_OtherCategories_AreNotNamed(string cells)
    {
        var texts = cells.Split('|');

        Assert.That(Plan(CaseTable.Csv("x,a,b,kind", r => FormattableString.Invariant($"{texts[r.I % texts.Length]},{r.A},{r.B},{CaseTable.Name(r.Kind)}"))).Notes, Has.None.Contain("'x'"));
    }

    [TestCase("mixed", "with a decimal comma ('0,01')", "the first that is no number is '0,01' on line 2", "write one decimal sign throughout")]
    [TestCase("indian", "90 with several signs among the digits ('1,00,000')", "'1,00,000' on line 2", "--numbers \"x\"")]
    [TestCase("time", "90 written as clock times ('0:00')", "on line 2", "--dates \"x=H:mm\" reads them as times")]
    [TestCase("brackets", "90 in brackets ('(0.01)')", "'(0.01)' on line 2", "--numbers \"x\"")]
    public void Create_ManyTextsThatBeginLikeNumbers_AreRefusedWithTheFirstCell(string kind, string form, string first, string advice)
    {
        var error = Assert.Throws<UserErrorException>(() => Plan(CaseTable.Csv("x;a;b;kind", r => kind switch
        {
            "mixed" => r.I % 2 == 0 ? $"{r.I},01" : $"{r.I}.02",
            "indian" => $"1,{r.I:00},000",
            "time" => $"{r.I / 4}:{r.I % 60:00}",
            _ => $"({r.I}.01)",
        } + $";{CaseTable.Text(r.A)};{CaseTable.Text(r.B)};{CaseTable.Name(r.Kind)}")))!;

        Assert.That(error.Message, Does.Contain("text with 90 different values in 90 rows").And.Contain(form).And.Contain(first).And.Contain(advice).And.Contain("--ignore \"x\""));
    }

    [Test]
    public void Create_DatesInTwoForms_NamesBothWithACellEach()
    {
        var error = Assert.Throws<UserErrorException>(() => Plan(CaseTable.Csv("x,a,b,kind", r => FormattableString.Invariant(
            $"{new DateTime(2024, 1, 14).AddDays(r.I).ToString(r.I % 2 == 0 ? "dd.MM.yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture)},{r.A},{r.B},{CaseTable.Name(r.Kind)}"))))!;

        Assert.That(error.Message, Does.Contain("more than one form: '14.01.2024' on line 2 (d.M.yyyy) and '2024-01-15' on line 3 (yyyy-MM-dd)").And.Not.Contain("--dates"));
    }

    [Test]
    public void Read_ATimeWithoutADate_IsTheSameEveryDay()
    {
        Assert.That(DateFormats.TryParse("12:30", "H:mm", out var time));

        Assert.That(time, Is.EqualTo(new DateTime(1, 1, 1, 12, 30, 0)));
    }

    private FeaturePlan Plan(string text, string task = "kind=class:kind", string? kept = null, bool isTold = false)
    {
        var table = TableReader.Read(folder.Write("t.csv", text));
        var labels = TaskLabel.ReadAll(table, [TaskSpec.Parse(task)]);
        return FeaturePlan.Create(table.Columns.Except(labels[0].Columns), labels, table.Columns.Where(c => c.Name == kept).ToHashSet(), _ => isTold);
    }

    private static double SlowRankCorrelation(List<(double X, double Y)> rows)
    {
        var ranks = rows.Select(r => (X: Rank(rows.Select(o => o.X), r.X), Y: Rank(rows.Select(o => o.Y), r.Y))).ToArray();
        var (x, y) = (ranks.Average(r => r.X), ranks.Average(r => r.Y));
        return ranks.Sum(r => (r.X - x) * (r.Y - y)) / Math.Sqrt(ranks.Sum(r => (r.X - x) * (r.X - x)) * ranks.Sum(r => (r.Y - y) * (r.Y - y)));

        static double Rank(IEnumerable<double> all, double value) => all.Count(o => o < value) + (all.Count(o => o == value) / 2.0);
    }
}
