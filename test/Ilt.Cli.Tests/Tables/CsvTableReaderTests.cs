using System.Text;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

public sealed class CsvTableReaderTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase(",")]
    [TestCase(";")]
    [TestCase("\t")]
    [TestCase("|")]
    public void Read_AnySeparator_IsDetected(string separator)
    {
        var table = Read($"a,b,c\n1,x,2\n3,y,4\n".Replace(",", separator));

        Assert.That(table.Names, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(table.Columns.Select(c => c.Kind), Is.EqualTo(new[] { ColumnKind.Number, ColumnKind.Text, ColumnKind.Number }));
        Assert.That(table.Format.Separator, Is.EqualTo(separator[0]));
    }

    [Test]
    public void Read_QuotedFields_KeepSeparatorsQuotesAndLineBreaks()
    {
        var table = Read("name,text\na,\"x, \"\"y\"\"\"\nb,\"two\nlines\"\nc,z\n");

        Assert.That(table.Columns[1][0], Is.EqualTo("x, \"y\""));
        Assert.That(table.Columns[1][1], Is.EqualTo("two\nlines"));
        Assert.That(table.Columns[1].LineOf(2), Is.EqualTo(5), "the line break inside the quotes counts");
    }

    [Test]
    public void Read_NoHeader_ColumnsAreNumbered()
    {
        var table = Read("M,0.5,3\nF,0.25,4\n");

        Assert.That(table.Names, Is.EqualTo(new[] { "column1", "column2", "column3" }));
        Assert.That(table.RowCount, Is.EqualTo(2));
    }

    [Test]
    public void Read_HeaderWithNumbersAmongNames_IsAHeader()
    {
        var table = Read("site,2019,2020\n1,5,6\n2,7,8\n");

        Assert.That(table.Names, Is.EqualTo(new[] { "site", "2019", "2020" }));
    }

    [Test]
    public void Read_ByteOrderMarkAndWindowsLineEnds_AreNoPartOfTheNames()
    {
        var table = TableReader.Read(folder.Write("t.csv", [.. Encoding.UTF8.Preamble, .. "größe,b\r\n1,2\r\n"u8]));

        Assert.That(table.Names, Is.EqualTo(new[] { "größe", "b" }));
    }

    [Test]
    public void Read_MissingTokens_AreMissingAndLeaveTheColumnNumeric()
    {
        var table = Read("a,b\n1,x\n,x\nNA,x\nn/a,x\nnull,x\n?,x\n2,x\n");

        var column = table.Columns[0];
        Assert.That(column.Kind, Is.EqualTo(ColumnKind.Number));
        Assert.That(column.MissingCount, Is.EqualTo(5));
        Assert.That(column.ToNumbers("this"), Is.EqualTo(new[] { 1f, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN, 2f }));
    }

    [TestCase("nan")]
    [TestCase("NaN")]
    [TestCase("inf")]
    [TestCase("-Infinity")]
    [TestCase("1e39")]
    public void ToNumbers_NotFinite_NamesLineAndColumn(string cell)
    {
        var table = Read($"a,b\n1,x\n{cell},y\n");

        var error = Assert.Throws<UserErrorException>(() => table.Columns[0].ToNumbers("this"))!;
        Assert.That(error.Message, Does.Contain("line 3, column 'a'").And.Contain(cell));
    }

    [Test]
    public void Read_RaggedRow_NamesLineExpectedAndFound()
    {
        var error = Assert.Throws<UserErrorException>(() => Read("a,b,c\n1,2,3\n\n4,5\n"))!;

        Assert.That(error.Message, Does.Contain("line 4 has 2 fields, the header has 3"));
    }

    [Test]
    public void Read_TitleAboveTheTable_QuotesTheLineTakenForTheHeader()
    {
        var error = Assert.Throws<UserErrorException>(() => Read("# from the shop\nReport of Monday\n\nid,a\n1,2\n"))!;

        Assert.That(error.Message, Does.Contain("line 4 has 2 fields, the header has 1 (separator: comma; the header is line 2, 'Report of Monday')").And.Contain("delete what stands above the table"));
    }

    [Test]
    public void Read_QuoteLeftOpen_SaysSo()
    {
        var error = Assert.Throws<UserErrorException>(() => Read("a,b\n1,\"x\n2,y\n"))!;

        Assert.That(error.Message, Does.Contain("line 2").And.Contain("quote"));
    }

    [Test]
    public void Read_DuplicateNames_NamesBothColumns()
    {
        var error = Assert.Throws<UserErrorException>(() => Read("a,b,a\n1,2,3\n"))!;

        Assert.That(error.Message, Does.Contain("columns 1 and 3 are both named 'a'"));
    }

    [Test]
    public void Read_NotUtf8_NamesLineAndByte()
    {
        var path = folder.Write("t.csv", [.. "a,b\n1,caf"u8, 0xE9, .. "\n"u8]);

        var error = Assert.Throws<UserErrorException>(() => TableReader.Read(path))!;
        Assert.That(error.Message, Does.Contain("line 2, byte 10").And.Contain("0xE9").And.Contain("UTF-8"));
    }

    [TestCase("a,b\n1,x\"y\n")]
    [TestCase("a,b\n1,\"x\" y\n")]
    public void Read_QuoteInTheWrongPlace_NamesTheLine(string text) =>
        Assert.That(Assert.Throws<UserErrorException>(() => Read(text))!.Message, Does.Contain("line 2").And.Contain("quote"));

    [Test]
    public void Read_Random_ReadsWhatWasWritten()
    {
        var random = new Random(9);
        string[] cells = ["x", "7", "", "a,b", "say \"x\"", "two\nlines", "é", "-1.5", " pad ", "\t"];
        for (var round = 0; round < 100; round++)
        {
            var rows = Enumerable.Range(0, 1 + random.Next(8)).Select(_ => Enumerable.Range(0, 3).Select(_ => cells[random.Next(cells.Length)]).ToArray()).ToArray();
            var end = random.Next(2) == 0 ? "\n" : "\r\n";
            var text = string.Join(end, rows.Select(row => string.Join(',', row.Select(cell => random.Next(2) == 0 || cell.AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell))));
            var table = Read($"p,q,r{end}" + text + (random.Next(2) == 0 ? end : ""));
            Assert.That(Enumerable.Range(0, table.RowCount).Select(row => table.Columns.Select(c => c[row])), Is.EqualTo(rows), text);
        }
    }

    private Table Read(string text) => TableReader.Read(folder.Write("t.csv", text));
}
