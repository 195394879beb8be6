using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Parquet;

namespace Ilt.Cli.Tests.Tables;

public sealed class ParquetRewriterTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task Rewrite_NothingReplaced_KeepsCellsTypesMetadataAndCompression()
    {
        var path = await ParquetFile.Write(folder["t.parquet"]);

        var copy = Rewrite(path, (_, _) => null);

        Assert.That(Cells(TableReader.Read(copy)), Is.EqualTo(Cells(TableReader.Read(path))));
        await using var stream = File.OpenRead(copy);
        await using var reader = await ParquetReader.CreateAsync(stream);
        Assert.That(reader.RowGroupCount, Is.EqualTo(2));
        Assert.That(reader.CustomMetadata, Does.ContainKey("made by").WithValue("a test"));
        Assert.That(reader.Metadata!.RowGroups[0].Columns[1].MetaData!.Codec.ToString(), Is.EqualTo("GZIP"));
        await using var original = File.OpenRead(path);
        Assert.That(reader.Schema, Is.EqualTo(await ParquetReader.ReadSchemaAsync(original)));
        Assert.That(reader.Schema.DataFields.Select(field => field.IsNullable), Is.EqualTo((bool[])[true, true, false, false, false]));
    }

    [Test]
    public async Task Rewrite_CellsAndRows_ChangesThoseOnly()
    {
        var path = await ParquetFile.Write(folder["t.parquet"]);

        var table = TableReader.Read(Rewrite(
            path,
            (row, column) => (row, column) switch { (1, 0) => TableRewriter.Missing, (1, 1) => "2.25", (3, 1) => TableRewriter.Missing, (3, 2) => "-7", (2, 4) => "false", _ => null },
            row => row == 0));

        Assert.That(Cells(table), Is.EqualTo((string[][])[["", "2.25", "2", "2024-02-02T10:00:00", "false"], ["", "", "3", "2024-03-03T10:00:00", "false"], ["07", "", "-7", "2024-04-04T10:00:00", "false"]]));
    }

    [Test]
    public async Task Rewrite_AGroupLeftOutAltogether_IsGone() =>
        Assert.That(Cells(TableReader.Read(Rewrite(await ParquetFile.Write(folder["t.parquet"]), (_, _) => null, row => row < 2))), Has.Length.EqualTo(2));

    [Test]
    public async Task Rewrite_WhatAColumnCannotHold_SaysSo()
    {
        var path = await ParquetFile.Write(folder["t.parquet"]);

        Assert.That(Refused((2, 2), "3.5"), Does.Contain("row 3, column 'n' holds Int64, and the new label '3.5' is none"));
        Assert.That(Refused((2, 2), TableRewriter.Missing), Does.Contain("column 'n' is declared as never null"));

        string Refused((int Row, int Column) at, string text) =>
            Assert.Throws<UserErrorException>(() => Rewrite(path, (row, column) => (row, column) == at ? text : null))!.Message;
    }

    [Test]
    public async Task Corrupt_Parquet_WritesParquet_UnderANameThatSaysSo()
    {
        var path = await ParquetFile.Write(folder["t.parquet"]);

        Assert.That(CliRun.Refused(Corrupt("w.csv")), Does.Contain("the table is Parquet and stays it; give a name that ends with .parquet"));
        CliRun.Done(Corrupt("w.parquet"));

        var (before, after) = (Cells(TableReader.Read(path)), Cells(TableReader.Read(folder["w.parquet"])));
        var wrong = File.ReadAllLines(folder["t.csv"])[1..].Select(line => line.EndsWith(",1", StringComparison.Ordinal)).ToArray();
        Assert.That(wrong.Count(w => w), Is.EqualTo(2));
        Assert.That(Enumerable.Range(0, 4).Select(row => before[row][4] != after[row][4]), Is.EqualTo(wrong));

        string[] Corrupt(string file) => ["corrupt", path, "--task", "ok=class:ok", "--kind", "flip", "--fraction", "0.5", "--out", folder[file], "--truth", folder["t.csv"]];
    }

    private string Rewrite(string path, Func<int, int, string?> replacement, Func<int, bool>? isLeftOut = null) =>
        folder.Write("new.parquet", TableRewriter.Rewrite(TableReader.Read(path), [0, 1, 2, 3, 4], replacement, isLeftOut));

    private static string[][] Cells(Table table) => [.. Enumerable.Range(0, table.RowCount).Select(row => table.Columns.Select(column => column.Text(row)).ToArray())];
}
