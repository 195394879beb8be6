using System.Text;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

public sealed class TableRewriterTests
{
    private static readonly string[] Tables =
    [
        "a;\"b\";c\r\n1; \"x;y\" ;2\r\n\"3\";z;4\r\n",
        "a,b,c\n1,x,2\n3,y,4",
        "@relation r\n@attribute a numeric\n@attribute 'b b' {x,'y z'}\n@attribute c real\n@data\n% note\n 1, 'y z' ,2\n\n3,x,4\n",
    ];

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCaseSource(nameof(Tables))]
    public void Rewrite_NothingReplaced_IsByteIdentical(string text)
    {
        Assert.That(Rewrite(text, (_, _) => null), Is.EqualTo(text));
    }

    [Test]
    public void Rewrite_CsvCell_ChangesThatCellOnlyAndKeepsItsQuotes()
    {
        var text = Rewrite(Tables[0], (row, column) => (row, column) switch { (0, 1) => "p\"q", (1, 0) => "7", (1, 2) => "u;v", _ => null });

        Assert.That(text, Is.EqualTo("a;\"b\";c\r\n1;\"p\"\"q\";2\r\n\"7\";z;\"u;v\"\r\n"));
    }

    [Test]
    public void Rewrite_ArffCell_ChangesThatCellOnlyAndQuotesWhereNeeded()
    {
        var text = Rewrite(Tables[2], (row, column) => (row, column) switch { (0, 1) => "x", (1, 1) => "y z", (1, 2) => "-1.5", _ => null });

        Assert.That(text, Does.EndWith("% note\n 1, 'x' ,2\n\n3,'y z',-1.5\n"));
    }

    [Test]
    public void Rewrite_Random_ReadsBackAsWritten()
    {
        var random = new Random(3);
        var cells = new[] { "x", "", "a,b", "\"", "two\nlines", " pad ", "é" };
        for (var round = 0; round < 50; round++)
        {
            var table = Read("a,b,c\n1,\"x\",2\n3,y,4\n");
            var wanted = Enumerable.Range(0, 6).Select(_ => cells[random.Next(cells.Length)]).ToArray();
            var again = Read(Encoding.UTF8.GetString(TableRewriter.Rewrite(table, [0, 1, 2], (row, column) => wanted[(row * 3) + column])));
            Assert.That(Enumerable.Range(0, 6).Select(i => again.Columns[i % 3][i / 3]), Is.EqualTo(wanted));
        }
    }

    [Test]
    public void Rewrite_SparseRow_GetsWhatItLeftOut()
    {
        const string Text = "@relation r\n@attribute a numeric\n@attribute b {x,'y z'}\n@attribute c real\n@data\n{0 1, 2 5} % one\n{2 7}\n";

        Assert.That(Rewrite(Text, (row, column) => (row, column) == (0, 2) ? "6" : null), Does.EndWith("{0 1, 2 6} % one\n{2 7}\n"));
        Assert.That(Rewrite(Text, (_, column) => column == 1 ? "y z" : null), Does.EndWith("{0 1, 1 'y z', 2 5} % one\n{1 'y z', 2 7}\n"));
    }

    [Test]
    public void Rewrite_BlankLinesAndOddLineEnds_Stay()
    {
        const string Text = "a,b,c\r\n\r\n1, x ,2\n3,y,4\r";

        Assert.That(Rewrite(Text, (row, column) => (row, column) == (1, 1) ? "z" : null), Is.EqualTo("a,b,c\r\n\r\n1, x ,2\n3,z,4\r"));
    }

    private string Rewrite(string text, Func<int, int, string?> replacement) =>
        Encoding.UTF8.GetString(TableRewriter.Rewrite(Read(text), [2, 1, 0], replacement));

    private Table Read(string text) => TableReader.Read(folder.Write("t.csv", text));
}
