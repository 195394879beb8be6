using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

/// <summary>Files that are too large to be held are read as others are.</summary>
public sealed class LargeTableTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Read_NotHeldInMemory_GivesTheSameCells([Values] bool hasMark)
    {
        var path = folder.Write("t.csv", (hasMark ? "\uFEFF" : "") + "a,b,\"c d\"\n1, x ,2\n\n3,\"y, \"\"z\"\"\",4\r\n5,,6");
        var (expected, found) = (CsvTableReader.Read(Source(path, long.MaxValue)), CsvTableReader.Read(Source(path, 0)));
        File.WriteAllText(path, "gone"); // the copy is another file
        for (var times = 0; times < 2; times++)
        {
            Assert.That(Texts(found), Is.EqualTo(Texts(expected)));
            found.Source.GiveBack();
        }
        Assert.That((found.Source.Sha256, found.Source.HasByteOrderMark), Is.EqualTo((expected.Source.Sha256, hasMark)));
        Assert.That(Texts(expected)[1], Is.EqualTo(new[] { " x ", "y, \"z\"", "" }));
    }

    [Test]
    public void Read_NotHeldInMemory_TakesNoMemoryForTheText()
    {
        var path = folder.Write("t.csv", "a,b\n" + string.Concat(Enumerable.Repeat($"{new string('x', 10_000)},1\n", 2000)));
        var source = Source(path, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        CsvTableReader.Read(source);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(source.Bytes.Length / 4));
    }

    [TestCase(70_000)]
    [TestCase(65_535 - 5)] // the row begins with "1,", and what follows the text is ",9" and a line's end
    [TestCase(65_535 - 4)]
    [TestCase(65_535 - 3)]
    public void Read_RowLongerThanTwoBytesCount_KeepsAllPlaces(int length)
    {
        var text = new string('x', length);
        var path = folder.Write("t.csv", $"a,b,c\n1,short,2\n1,{text},9\n3,after,4\n");
        var table = CsvTableReader.Read(Source(path, long.MaxValue));
        Assert.That(Texts(table), Is.EqualTo(new[] { new[] { "1", "1", "3" }, ["short", text, "after"], ["2", "9", "4"] }));
        Assert.That(table.Columns[2].Cells.Span(1).Length, Is.EqualTo(1));
    }

    [Test]
    public void ReadBytes_Absent_IsSaid() =>
        Assert.That(() => SourceText.ReadBytes(folder["no.csv"], 0), Throws.InstanceOf<UserErrorException>().With.Message.Contains("there is no such file"));

    private static SourceText Source(string path, long mostInMemory) => SourceText.Create(path, SourceText.ReadBytes(path, mostInMemory));

    private static string[][] Texts(RawTable table) => [.. table.Columns.Select(column => Enumerable.Range(0, column.Cells.Count).Select(row => column.Cells[row]).ToArray())];
}
