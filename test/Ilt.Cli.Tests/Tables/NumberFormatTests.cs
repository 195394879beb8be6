using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

/// <summary>How columns write numbers: found once from all cells, or told.</summary>
public sealed class NumberFormatTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("1,5|2,25|-3,0", 1.5f, 2.25f, -3f)]
    [TestCase("1.234,5|7|2.000.000,25", 1234.5f, 7f, 2000000.25f)]
    [TestCase("1,234.5|7|2,000,000.25", 1234.5f, 7f, 2000000.25f)]
    [TestCase("1 234,5|7,5|12 000", 1234.5f, 7.5f, 12000f)]
    [TestCase("1\u00A0234,5|7,5|12\u202F000", 1234.5f, 7.5f, 12000f)]
    [TestCase("1'234.5|7|12'000", 1234.5f, 7f, 12000f)]
    [TestCase("70.0%|5%|-1.5%", 70f, 5f, -1.5f)]
    [TestCase("70,5 %|5 %|1,5 %", 70.5f, 5f, 1.5f)]
    [TestCase("€ 12|€ 1,234.50|€ 3", 12f, 1234.5f, 3f)]
    [TestCase("$5|-$3.25|$7", 5f, -3.25f, 7f)]
    [TestCase("12,50 EUR|3,00 EUR|7,25 EUR", 12.5f, 3f, 7.25f)]
    [TestCase("5 kg|12.5 kg|7kg", 5f, 12.5f, 7f)]
    [TestCase("3 rooms|4 rooms|12 rooms", 3f, 4f, 12f)]
    [TestCase("\u22121.5|2|3", -1.5f, 2f, 3f)]
    [TestCase("0,811|4,936|1,500", 0.811f, 4.936f, 1.5f)]
    [TestCase("1,5e3|2,5|3", 1500f, 2.5f, 3f)]
    [TestCase("(1,234.50)|7|2,000.25", -1234.5f, 7f, 2000.25f)]
    [TestCase("1.234,50-|7|-2,25", -1234.5f, 7f, -2.25f)]
    [TestCase("($5)|$3.25|$7", -5f, 3.25f, 7f)]
    [TestCase("5.0\u2212|3|7", -5f, 3f, 7f)]
    public void Read_WrittenInOneWay_IsNumbers(string cells, float a, float b, float c)
    {
        var column = Column(cells);

        Assert.That(column.Kind, Is.EqualTo(ColumnKind.Number));
        Assert.That(column.ToNumbers("this"), Is.EqualTo(new[] { a, b, c }));
    }

    [TestCase("d156|d121|d114")]
    [TestCase("12a|13a|14a")]
    [TestCase("5 kg|300 g|7 kg")]
    [TestCase("5 %|0.05|7 %")]
    [TestCase("1st|2nd|3rd")]
    [TestCase("10:30|11:15|12:00")]
    [TestCase("1,23,4|2,5|3,5")]
    [TestCase("1.2.3|1.2.4|1.3.0")]
    [TestCase("12-13|14-15|16-17")]
    [TestCase("(1)|(2)|(3)", Description = "numbers of notes, perhaps")]
    [TestCase("2-|3|1-", Description = "marks")]
    [TestCase("(5.0)|3.0|7.0-")]
    [TestCase("(-5.0)|3.0|7.0")]
    public void Read_CodesAndMixtures_AreTexts(string cells) => Assert.That(Column(cells).Kind, Is.EqualTo(ColumnKind.Text));

    [Test]
    public void Read_CommaBeforeThreeDigitsOnly_IsSettledByTheOtherColumns()
    {
        const string Open = "1,500|2,250|3,125";

        Assert.That(Table($"a;b\n{Rows(Open, "0,5|1,5|2,5")}").Columns[0].ToNumbers(""), Is.EqualTo(new[] { 1.5f, 2.25f, 3.125f }));
        Assert.That(Table($"a;b\n{Rows(Open, "0.5|1.5|2.5")}").Columns[0].ToNumbers(""), Is.EqualTo(new[] { 1500f, 2250f, 3125f }));
        Assert.That(Table($"a;b\n{Rows(Open, "x|y|z")}").Columns[0].Notes.Single(), Does.Contain("'1,500' is read as 1.5").And.Contain("--decimal point:\"a\""));
    }

    [Test]
    public void Read_DecimalTold_Overrules()
    {
        var table = Table($"a;b\n{Rows("1,500|2,250|3,125", "45.911|44.379|56.500")}", new ReadingOptions { Decimals = [('.', ["a"]), (',', ["b"])] });

        Assert.That(table.Columns[0].ToNumbers(""), Is.EqualTo(new[] { 1500f, 2250f, 3125f }));
        Assert.That(table.Columns[1].ToNumbers(""), Is.EqualTo(new[] { 45911f, 44379f, 56500f }));
    }

    [Test]
    public void Read_DecimalToldForACellThatIsNone_IsRefused()
    {
        var error = Assert.Throws<UserErrorException>(() => Table($"a;b\n{Rows("1,5|2.5x|3", "1|2|3")}", new ReadingOptions { Decimals = [(',', ["a"])] }))!;

        Assert.That(error.Message, Does.Contain("--decimal: column 'a'"));
    }

    [Test]
    public void Read_PointBeforeThreeDigitsOnly_IsSettledByADecimalComma()
    {
        var table = Table($"a;b\n{Rows("1,5|2,25|3,1", "45.911|44.379|56.500")}");

        Assert.That(table.Columns[1].ToNumbers(""), Is.EqualTo(new[] { 45911f, 44379f, 56500f }));
        Assert.That(table.Columns[1].Notes.Single(), Does.Contain("'45.911' is read as 45911").And.Contain("other columns have a decimal comma").And.Contain("--decimal point:\"b\""));
    }

    [Test]
    public void ToNumbers_OneCellInAnotherWay_NamesIt()
    {
        var column = Column("1,5|2,5|3,5|4,5|five");

        var error = Assert.Throws<UserErrorException>(() => column.ToNumbers("this"))!;
        Assert.That(error.Message, Does.Contain("line 6, column 'a'").And.Contain("'five'").And.Contain("decimal comma"));
    }

    [TestCase("7,5 %", "3,25 %", 12.5f, "12,5 %")]
    [TestCase("$7.5", "$3.25", -12.5f, "-$12.5")]
    public void Format_WritesAsTheColumn(string a, string b, float value, string expected) =>
        Assert.That(Column($"{a}|{b}").Reading.Number.Format(value), Is.EqualTo(expected));

    [Test]
    public void TryParse_AgreesWithTheObviousWay_OnRandomNumbers()
    {
        var random = new Random(5);
        foreach (var (sign, group) in new[] { (',', '.'), ('.', ','), (',', ' '), ('.', '\'') })
        {
            var format = new NumberFormat(sign, group, "", "");
            for (var i = 0; i < 300; i++)
            {
                var value = Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(9)), random.Next(4));
                var text = value.ToString("#,0.####", System.Globalization.CultureInfo.InvariantCulture).Replace(',', '_').Replace('.', sign).Replace('_', group);
                Assert.That(format.TryParse(text, out var read), text);
                Assert.That(read, Is.EqualTo(double.Parse(text.Replace(group.ToString(), "").Replace(sign, '.'), System.Globalization.CultureInfo.InvariantCulture)), text);
            }
        }
    }

    private TableColumn Column(string cells) => Table("a;z\n" + string.Concat(cells.Split('|').Select(cell => $"{cell};x\n"))).Columns[0];

    private static string Rows(string a, string b) => string.Concat(a.Split('|').Zip(b.Split('|'), (x, y) => $"{x};{y}\n"));

    private Table Table(string text, ReadingOptions? options = null) => TableReader.Read(folder.Write("t.csv", text), options);
}
