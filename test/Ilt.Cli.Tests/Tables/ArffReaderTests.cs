using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

public sealed class ArffReaderTests
{
    private const string Header = "% a comment\n@RELATION 'some name'\n@attribute \"it's a\" NUMERIC\n@Attribute b {x, 'y z', 3}\n@ATTRIBUTE 38100   real\n@attribute t string\n@DATA\n";

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Read_QuotedNamesAndAnyCase_GivesColumns()
    {
        var table = Read(Header + "1, 'y z', 2.5, 'free, te\\'xt'\n% between\n\n?,3,?,x\n");

        Assert.That(table.Names, Is.EqualTo(new[] { "it's a", "b", "38100", "t" }));
        Assert.That(table.Columns.Select(c => c.Kind), Is.EqualTo(new[] { ColumnKind.Number, ColumnKind.Text, ColumnKind.Number, ColumnKind.Text }));
        Assert.That(table.Columns.Select(c => c[0]), Is.EqualTo(new[] { "1", "y z", "2.5", "free, te'xt" }));
        Assert.That(table.Columns.Select(c => c.IsMissing(1)), Is.EqualTo(new[] { true, false, true, false }));
        Assert.That(table.Columns[0].LineOf(1), Is.EqualTo(11));
    }

    [TestCase("{0 1, 1 x}", "sparse")]
    [TestCase("1,x,2", "line 8 has 3 values, the header declares 4")]
    [TestCase("1,w,2,t", "'w' is not among the declared values of attribute 'b'")]
    [TestCase("one,x,2,t", "'one' is no number")]
    [TestCase("1,'x,2,t", "quote")]
    public void Read_BadRow_NamesLineAndReason(string row, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(Header + row + "\n"))!;

        Assert.That(error.Message, Does.Contain("line 8").And.Contain(expected));
    }

    [TestCase("@relation r\n@attribute a numeric\n1\n", "expected @relation, @attribute or @data, found '1'")]
    [TestCase("@relation r\n@attribute a numeric\n", "no @data line")]
    [TestCase("@relation r\n@attribute a numeric\n@data\n", "no data rows")]
    [TestCase("@relation r\n@attribute a relational\n@data\n1\n", "has type 'relational'")]
    [TestCase("@relation r\n@attribute a real\n@attribute a real\n@data\n1,2\n", "second attribute 'a'")]
    public void Read_BadHeader_SaysWhatWasExpected(string text, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(text))!;

        Assert.That(error.Message, Does.Contain(expected));
    }

    [Test]
    public void Read_OtherExtension_IsRecognisedByItsFirstLine()
    {
        var table = TableReader.Read(folder.Write("t.txt", Header + "1,x,2,t\n"));

        Assert.That(table.Format.IsArff, Is.True);
    }

    private Table Read(string text) => TableReader.Read(folder.Write("t.arff", text));
}
