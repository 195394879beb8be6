using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

public sealed class ParquetTableReaderTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task Read_Types_SayWhatColumnsAre()
    {
        var table = TableReader.Read(await Write());

        Assert.That(table.Format.Word, Is.EqualTo("parquet"));
        Assert.That(table.Names, Is.EqualTo(new[] { "name", "x", "n", "when", "ok" }));
        Assert.That(table.Columns.Select(c => c.Kind), Is.EqualTo(new[] { ColumnKind.Text, ColumnKind.Number, ColumnKind.Number, ColumnKind.Date, ColumnKind.Text }));
        Assert.That(Enumerable.Range(0, 4).Select(row => table.Columns[0][row]), Is.EqualTo(new[] { " a ", "NA", "", "07" }), "byte for byte, and NA is a value");
        Assert.That(Enumerable.Range(0, 4).Select(table.Columns[0].IsMissing), Is.EqualTo(new[] { false, false, true, false }));
        Assert.That(table.Columns[1].ToNumbers(""), Is.EqualTo(new[] { 1.5f, float.NaN, float.NaN, 4f }));
        Assert.That(Enumerable.Range(0, 4).Select(row => table.Columns[2][row]), Is.EqualTo(new[] { "9007199254740993", "2", "3", "4" }), "all digits");
        Assert.That(table.Columns[3].Date(1), Is.EqualTo(new DateTime(2024, 2, 2, 10, 0, 0)));
        Assert.That(Enumerable.Range(0, 4).Select(table.Columns[4].Text), Is.EqualTo(new[] { "true", "false", "true", "false" }));
    }

    [Test]
    public async Task Read_NotHeldInMemory_GivesTheSameCells()
    {
        var path = await Write();
        var (expected, found) = (ParquetTableReader.Read(Source(long.MaxValue)), ParquetTableReader.Read(Source(0)));
        foreach (var (one, other) in expected.Columns.Zip(found.Columns))
            Assert.That(Enumerable.Range(0, 4).Select(row => other.Cells[row]), Is.EqualTo(Enumerable.Range(0, 4).Select(row => one.Cells[row])));

        SourceText Source(long mostInMemory) => SourceText.OfBinary(path, SourceText.ReadBytes(path, mostInMemory));
    }

    [Test]
    public async Task Read_CutShort_SaysSo()
    {
        var bytes = File.ReadAllBytes(await Write());
        var path = folder.Write("cut.parquet", bytes[..^20]);

        Assert.That(Assert.Throws<UserErrorException>(() => TableReader.Read(path))!.Message, Does.Contain("cannot be read as Parquet"));
    }

    private Task<string> Write() => ParquetFile.Write(folder["t.parquet"]);
}
