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

    [TestCase("{0 1, 4 x}", "place '4'")]
    [TestCase("{1 x, 0 1}", "place 0 behind place 1")]
    [TestCase("{0 1, 1 x", "sparse row that cannot be read")]
    [TestCase("{0 1} 2", "behind the closing brace")]
    [TestCase("1,x,2,t,{two}", "weight 'two'")]
    [TestCase("1,NA,2,t", "declare it if it is a value, or write ?")]
    [TestCase("1,x,2", "line 8 has 3 values, the header declares 4")]
    [TestCase("1,w,2,t", "'w' is not among the declared values of attribute 'b'")]
    [TestCase("one,x,2,t", "'one' is no number")]
    [TestCase("1,'x,2,t", "quote")]
    public void Read_BadRow_NamesLineAndReason(string row, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(Header + row + "\n"))!;

        Assert.That(error.Message, Does.Contain("line 8").And.Contain(expected));
    }

    [TestCase("numeric[-5,5]")]
    [TestCase("real [0,1]")]
    [TestCase("INTEGER[0, 1] % whole")]
    public void Read_RangeBehindTheType_IsPassedOver(string type) =>
        Assert.That(Read($"@relation r\n@attribute a {type}\n@data\n7\n").Columns[0].ToNumbers("this"), Is.EqualTo(new[] { 7f }));

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

    [Test]
    public void Read_CommentsBehind_AreNoValues()
    {
        var table = Read("@relation r\n@attribute a real % first\n@attribute k {x,'50% y'} % {<=50K, >50K, other}\n@data % here\n1,x % seen twice\n2,'50% y'%\n");

        Assert.That(table.Columns.Select(c => c[0]), Is.EqualTo(new[] { "1", "x" }));
        Assert.That(table.Columns[1][1], Is.EqualTo("50% y"));
        Assert.That(table.RowCount, Is.EqualTo(2));
    }

    [TestCase("1\t'y z'\t2\tt")]
    [TestCase("1 'y z' 2 t")]
    [TestCase("1,'y z'\t2,t")]
    [TestCase("1,\t'y z',\t2,\tt")]
    public void Read_TabsAndBlanks_SeparateAsInWeka(string row) =>
        Assert.That(Read(Header + row + "\n").Columns.Select(c => c[0]), Is.EqualTo(new[] { "1", "y z", "2", "t" }));

    [Test]
    public void Read_SparseRows_LeaveOutZeroAndTheFirstValue()
    {
        var table = Read("@relation r\n@attribute a real\n@attribute k {\"class x\", \"class y\"}\n@attribute b real\n@data\n{0 1.5, 1 \"class y\"}\n{2 3}\n{}\n");

        Assert.That(table.Columns.Select(c => c[0]), Is.EqualTo(new[] { "1.5", "class y", "0" }));
        Assert.That(table.Columns.Select(c => c[1]), Is.EqualTo(new[] { "0", "class x", "3" }));
        Assert.That(table.Columns.Select(c => c[2]), Is.EqualTo(new[] { "0", "class x", "0" }));
    }

    [Test]
    public void Read_Weights_AreSaidNotToCount()
    {
        var table = Read(Header + "1,x,2,t,{0.5}\n1,x,2,t,{1}\n{0 1}, {3}\n");

        Assert.That(table.RowCount, Is.EqualTo(3));
        Assert.That(table.Notes.Single(), Does.Contain("2 rows have weights other than 1").And.Contain("not used"));
    }

    [TestCase("date \"yyyy-MM-dd HH:mm:ss\"", "\"2024-03-01 10:00:00\"")]
    [TestCase("DATE 'dd/MM/yyyy HH:mm'", "'01/03/2024 10:00'")]
    [TestCase("date", "2024-03-01T10:00:00")]
    public void Read_Dates_HaveTheDeclaredForm(string type, string cell)
    {
        var column = Read($"@relation r\n@attribute a {type}\n@data\n{cell}\n?\n").Columns[0];

        Assert.That(column.Kind, Is.EqualTo(ColumnKind.Date));
        Assert.That((column.Date(0), column.Date(1)), Is.EqualTo(((DateTime?)new DateTime(2024, 3, 1, 10, 0, 0), (DateTime?)null)));
    }

    [Test]
    public void Read_DateOfAnotherForm_NamesLine() =>
        Assert.That(Assert.Throws<UserErrorException>(() => Read("@relation r\n@attribute a date \"yyyy\"\n@data\nsoon\n"))!.Message, Does.Contain("line 4: 'soon' is no date"));

    [Test]
    public void Read_DeclaredWord_IsAValue()
    {
        var column = Read("@relation r\n@attribute a {EUR,NA,None}\n@data\nNA\n?\nNone\n'?'\n".Replace("'?'\n", "")).Columns[0];

        Assert.That(Enumerable.Range(0, 3).Select(column.Text), Is.EqualTo(new[] { "NA", "", "None" }));
    }

    private Table Read(string text) => TableReader.Read(folder.Write("t.arff", text));
}
