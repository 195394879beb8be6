using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

/// <summary>What a sign before three digits is: 1.406 and 1,406.</summary>
public sealed class ThousandsTests
{
    // From 403 to 3172, a tenth of them with a zero at the end.
    private static readonly int[] Whole = [.. Enumerable.Range(0, 40).Select(i => 403 + (i * 17 % 40 * 71))];

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase('.', ';', "")]
    [TestCase(',', ';', "")]
    [TestCase('.', ',', "")]
    [TestCase('.', ';', " €")]
    [TestCase(',', ';', " €")]
    public void Read_SignInTheLargerNumbersOnly_StandsBetweenThousands(char sign, char separator, string unit)
    {
        var cells = Whole.Select(value => Grouped(value, sign) + unit).ToArray();
        var column = Column(cells, separator);

        Assert.That(column.ToNumbers("this"), Is.EqualTo(Whole.Select(value => (float)value)));
        var first = cells.First(cell => cell.Contains(sign));
        var read = first[..^unit.Length].Replace(sign.ToString(), "");
        var (word, with) = (sign == '.' ? "point" : "comma", cells.Count(cell => cell.Contains(sign)));
        Assert.That(column.Notes.Single(), Does.Contain($"'{first}' is read as {read}: {with} numbers have a {word} before three digits, {40 - with} below 1000 have none").And.Contain($"--decimal {word}:\"a\""));
        Assert.That(TableNotes.Of(Table(cells, separator), [Table(cells, separator).Columns[0]]), Has.Some.Contain($"'{first}' is {read}"));
    }

    [Test]
    public void Read_DecimalTold_OverrulesTheLargerNumbers()
    {
        var cells = Whole.Select(value => Grouped(value, '.')).ToArray();

        var column = Table(cells, ';', new ReadingOptions { Decimals = [('.', ["a"])] }).Columns[0];
        Assert.That(column.ToNumbers(""), Is.EqualTo(Whole.Select(value => value < 1000 ? value : value / 1000f)));
        Assert.That(column.Notes, Is.Empty);
    }

    [Test]
    public void Read_ZerosBehindAllPoints_AreThousandsWhereTold()
    {
        var table = Table(["403", "1.000", "2.000"], ';', new ReadingOptions { Decimals = [(',', [])] });

        Assert.That(table.Columns[0].ToNumbers(""), Is.EqualTo(new[] { 403f, 1000f, 2000f }));
    }

    // Numbers that are decimal ones, with no doubt.
    [TestCase("0.406", TestName = "{m}(below one)")]
    [TestCase("1406", TestName = "{m}(a thousand without a point)")]
    [TestCase("1.44", TestName = "{m}(two digits)")]
    [TestCase("1.4401", TestName = "{m}(four digits)")]
    [TestCase("1406.500", TestName = "{m}(four before the point)")]
    [TestCase("012.500", TestName = "{m}(a zero in front)")]
    [TestCase("1.5e1", TestName = "{m}(an exponent)")]
    public void Read_OneCellThatIsWrittenOtherwise_MakesAllDecimal(string other)
    {
        foreach (var at in new[] { 0, 20, 40 })
        {
            var cells = Whole.Select(value => Grouped(value, '.')).ToList();
            cells.Insert(at, other);

            Assert.That(Column([.. cells], ';').ToNumbers(""), Is.EqualTo(cells.Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))), $"row {at}");
            Assert.That(Column([.. cells], ';').Notes, Is.Empty);
        }
    }

    [Test]
    public void Read_Thirds_AreDecimalAndDoubted()
    {
        var cells = Enumerable.Range(0, 60).Select(i => Math.Round(1 + (i * 7 % 13 / 3.0), 3).ToString(CultureInfo.InvariantCulture)).ToArray();

        Assert.That(Column(cells, ';').ToNumbers(""), Is.EqualTo(cells.Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))));
        Assert.That(Column(cells, ';').Notes.Single(), Does.Contain("which the column alone leaves open").And.Contain("--decimal comma:\"a\""));
    }

    [Test]
    public void Read_FewPoints_AreDecimalAndDoubted()
    {
        var cells = Enumerable.Repeat("403", 40).Concat(Enumerable.Repeat("1.410", 9)).ToArray();

        Assert.That(Column(cells, ';').ToNumbers("").Max(), Is.EqualTo(403f));
        Assert.That(Column(cells, ';').Notes.Single(), Does.Contain("9 numbers have a point before three digits, 40 below 1000 have none"));
        Assert.That(Column([.. cells, "1.520"], ';').ToNumbers("").Max(), Is.EqualTo(1520f), "ten are enough");
    }

    [Test]
    public void Read_PointsInAllNumbers_AreSettledByOtherColumns()
    {
        string[] cells = [.. Enumerable.Range(0, 40).Select(i => Grouped(1290 + (i * 31), '.'))];

        Assert.That(Column(cells, ';').ToNumbers("")[0], Is.EqualTo(1.29f));
        Assert.That(Column(cells, ';').Notes.Single(), Does.Contain("'1.290' is read as 1.29, which the column alone leaves open (40 numbers have a point before three digits, 0 below 1000 have none)"));
        Assert.That(Beside(cells, _ => "2.5").Notes, Is.Empty, "a decimal point");
        Assert.That(Beside(cells, _ => "2,5").ToNumbers("")[0], Is.EqualTo(1290f), "a decimal comma");
        Assert.That(Beside(cells, i => Grouped(Whole[i], '.')).ToNumbers("")[0], Is.EqualTo(1290f), "points between thousands");

        TableColumn Beside(string[] cells, Func<int, string> other) =>
            TableReader.Read(folder.Write("t.csv", "a;b\n" + string.Concat(cells.Select((cell, i) => $"{cell};{other(i)}\n")))).Columns[0];
    }

    [Test]
    public void Read_ADecimalPointElsewhere_LeavesTheLargerNumbersDecimalAndDoubted()
    {
        var table = TableReader.Read(folder.Write("t.csv", "a,b\n" + string.Concat(Whole.Select(value => $"{Grouped(value, '.')},2.5\n"))));

        Assert.That(table.Columns[0].ToNumbers("").Max(), Is.LessThan(1000f));
        Assert.That(table.Columns[0].Notes.Single(), Does.Contain("--decimal comma:\"a\""));
    }

    [Test]
    public void Read_AnotherTable_IsReadAsTheFirst()
    {
        var first = Table([.. Whole.Select(value => Grouped(value, '.'))], ';');
        var second = TableReader.Read(folder.Write("n.csv", "a;z\n1.5;x\n"), known: first.Reading);
        var third = TableReader.Read(folder.Write("o.csv", "a;z\n1.290;x\n1290;x\n"), known: first.Reading);

        Assert.That(third.Columns[0].ToNumbers(""), Is.EqualTo(new[] { 1290f, 1290f }));
        Assert.That(Assert.Throws<UserErrorException>(() => second.Columns[0].ToNumbers("this"))!.Message, Does.Contain("points between thousands"));
    }

    [TestCase("regression", "gaussian")]
    [TestCase("count", "uniform")]
    public void Corrupt_WritesThousandsAsTheColumnDoes(string task, string kind)
    {
        var data = folder.Write("t.csv", "id;a;y\n" + string.Concat(Whole.Select((value, i) => $"r{i};{i % 7};{Grouped(value, '.')}\n")));

        CliRun.Done("corrupt", data, "--id", "id", "--task", $"y={task}:y", "--kind", kind, "--fraction", "0.5", "--out", folder["w.csv"], "--truth", folder["m.csv"]);

        var column = TableReader.Read(folder["w.csv"]).Columns[2];
        Assert.That(column.Reading.Number.Describe(), Is.EqualTo("a decimal comma, points between thousands"));
        Assert.That(column.ToNumbers("").Zip(Whole, (read, whole) => read == whole).Count(same => same), Is.InRange(20, 24));
    }

    [TestCase(1406.5f, "1.406,5")]
    [TestCase(-1234567f, "-1.234.567")]
    [TestCase(-403f, "-403")]
    [TestCase(999f, "999")]
    public void Format_PutsPointsBetweenThousands(float value, string expected) => Assert.That(new NumberFormat(',', '.', "", "").Format(value), Is.EqualTo(expected));

    [Test]
    public void Count_AgreesWithTheObviousWay_OnRandomCells()
    {
        string[] cells = ["0", "7", "40", "403", "1.406", "12.340", "975.001", "-3", "-1.500", "1.000"], others = ["0.406", "1406", "1.44", "1.4401", "00", "07", "-", ".500", "1.50x", "1.2.345", "1234.567", "1e3", "+", ""];
        var random = new Random(11);
        for (var times = 0; times < 500; times++)
        {
            var drawn = Enumerable.Range(0, 12).Select(_ => random.Next(10) == 0 ? others[random.Next(others.Length)] : cells[random.Next(cells.Length)]).ToArray();
            var (bytes, chars, parts) = (new ThousandsCount(), new ThousandsCount(), new[] { new ThousandsCount(), new ThousandsCount() });
            for (var row = 0; row < drawn.Length; row++)
            {
                bytes.Add(row, Encoding.UTF8.GetBytes(drawn[row]), (byte)'.');
                chars.Add(row, drawn[row], '.');
                parts[row / 6].Add(row, drawn[row], '.');
            }

            parts[1].Merge(parts[0]);
            var signed = drawn.Count(cell => Regex.IsMatch(cell, @"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"));
            var whole = drawn.Count(cell => Regex.IsMatch(cell, "^-?[1-9][0-9]{0,2}$"));
            var isOpen = signed > 0 && signed + whole + drawn.Count(cell => cell == "0") == drawn.Length;
            foreach (var count in new[] { bytes, chars, parts[1] })
            {
                Assert.That(count.IsOpen, Is.EqualTo(isOpen), string.Join(' ', drawn));
                if (isOpen)
                    Assert.That((count.Signed, count.Whole, count.EndsInZero), Is.EqualTo((signed, whole, drawn.Any(cell => cell.Contains('.') && cell[^1] == '0'))), string.Join(' ', drawn));
            }
        }
    }

    private static string Grouped(int value, char sign) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', sign);

    private TableColumn Column(string[] cells, char separator) => Table(cells, separator).Columns[0];

    private Table Table(string[] cells, char separator, ReadingOptions? options = null) =>
        TableReader.Read(folder.Write("t.csv", $"a{separator}z\n" + string.Concat(cells.Select(cell => $"{cell}{separator}x\n"))), options);
}
