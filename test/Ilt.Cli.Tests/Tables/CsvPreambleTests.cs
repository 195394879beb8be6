using System.Text;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

public sealed class CsvPreambleTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("sep=;\na;b\n", 6, 1, ';', 0)]
    [TestCase("\"sep=\t\"\r\na\tb\r\n", 9, 1, '\t', 0)]
    [TestCase("sep=x\na;b\n", 0, 0, null, 0)]
    [TestCase("# made by x, y\n#\na,b,c\n", 17, 2, null, 2)]
    [TestCase("sep=,\r# c\ra,b\r", 10, 2, ',', 1)]
    [TestCase("#a,b\n1,2\n", 0, 0, null, 0, Description = "a header")]
    [TestCase("## made\n#a\tb\n1\t2\n", 8, 1, null, 1, Description = "a comment, then a header")]
    [TestCase("#1\n#2\n", 6, 2, null, 2)]
    [TestCase("#", 1, 1, null, 1)]
    [TestCase("", 0, 0, null, 0)]
    [TestCase("a,b\n#c,d\n", 0, 0, null, 0)]
    public void Of_FindsWhatStandsBeforeTheTable(string text, int length, int lines, char? separator, int comments) =>
        Assert.That(CsvPreamble.Of(Encoding.UTF8.GetBytes(text)), Is.EqualTo(new CsvPreamble(length, lines, separator, comments)));

    [Test]
    public void Read_SaysLinesOfTheFile_AndWhatIsLeftOut()
    {
        var table = TableReader.Read(folder.Write("t.csv", "sep=;\n# one\n# two\na;b\n1,5;x\n2;y\n"));

        Assert.That(table.Names, Is.EqualTo((string[])["a", "b"]));
        Assert.That(table.Columns[0].ToNumbers(""), Is.EqualTo((float[])[1.5f, 2]));
        Assert.That(table.Columns[0].LineOf(1), Is.EqualTo(6));
        Assert.That(table.Notes, Has.One.Contains("the 2 lines before the table that begin with # are left out"));
        Assert.That(Assert.Throws<UserErrorException>(() => TableReader.Read(folder.Write("t.csv", "# c\na,b\n1,2\n1,\"2\n")))!.Message, Does.Contain("line 4 has a quote"));
        Assert.That(Assert.Throws<UserErrorException>(() => TableReader.Read(folder.Write("t.csv", "# c\na,b\n1,2\n1\n")))!.Message, Does.Contain("line 4 has 1 field"));
    }

    [Test]
    public void Rewrite_KeepsIt()
    {
        const string text = "sep=;\n# one\na;b\n1;x\n2;y\n";
        var bytes = TableRewriter.Rewrite(TableReader.Read(folder.Write("t.csv", text)), [1], (row, _) => row == 1 ? "z" : null);

        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(text.Replace("2;y", "2;z")));
    }

    [Test]
    public void Read_ColumnsPartedByBlanks_SaysWhatToDo()
    {
        Assert.That(Assert.Throws<UserErrorException>(() => TableReader.Read(folder.Write("t.csv", " a  b c\n 1 2  3\n 4 5 6\n")))!.Message, Does.Contain("have 3 words parted by blanks"));
        Assert.That(TableReader.Read(folder.Write("t.csv", "name of it\none two\nthree\n")).RowCount, Is.EqualTo(2), "texts");
    }
}
