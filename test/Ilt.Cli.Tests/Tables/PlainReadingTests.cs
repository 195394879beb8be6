using System.Text;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tests.Tables;

/// <summary>What was read with the cells is what is read from their texts: kinds, notes, missing words, numbers and errors.</summary>
public sealed class PlainReadingTests
{
    // Of one of these lists the cells of a column are drawn, so that columns of all kinds come about.
    private static readonly string[][] Kinds =
    [
        ["1", "2", "-3", "40"], ["1", "2.5", "-0.25"], ["1.5", "NA", "", "2"], ["007", "012", "5"], ["1", " 2", "3 "], ["1", "x"], ["2.5", "x", "NA"], ["\"7\"", "8", "\"09\""], ["1", "NaN"],
        ["1", "inf"], ["1e400", "2"], ["1e39", "2"], ["\u22123", "4.5"], ["-999", "1.5"], ["1.500", "2.250"], ["1,5", "2,25"], ["1.500,5", "7"], ["12 %", "3 %"], ["2024-01-02", "2024-03-04"],
        ["1,500", "2,250"], ["yes", "no", "NA"], ["403", "1.406", "975", "1.440", "-0"], ["1.000", "403", "NA"], ["\"1.250\"", "403", "1.406"], ["(1.5)", "2"], ["1.5-", "2.25"], ["1", "1.0", "\"1\""], ["", "NA", "?"],
    ];

    private static readonly ReadingOptions[] Options =
    [
        ReadingOptions.None, new() { Missing = MissingWords.Of(["-999", "x"]) }, new() { Missing = MissingWords.Of(["NA"]) },
        new() { Decimals = [(',', [])] }, new() { Categories = ["c1"] }, new() { Numbers = ["c1", "c2"] },
    ];

    [Test]
    public void Read_ColumnsOfAllKinds_AreReadAsFromTheirTexts([Range(0, 5)] int option)
    {
        var random = new Random(option);
        var plain = 0;
        for (var times = 0; times < 150; times++)
        {
            var kinds = Enumerable.Range(0, 4).Select(_ => Kinds[random.Next(Kinds.Length)]).ToArray();
            var rows = Enumerable.Range(0, random.Next(3, 30)).Select(_ => string.Join(';', kinds.Select(kind => kind[random.Next(kind.Length)]))).ToArray();
            // Quotes lead to the reading row by row, which gathers numbers too.
            var text = "c1;c2;c3;c4\n" + string.Join('\n', rows) + "\n";
            var read = CsvTableReader.Read(SourceText.Create("t.csv", Encoding.UTF8.GetBytes(text)));
            plain += read.Columns.Count(column => column.Cells.Plain is { First: < int.MaxValue });
            var texts = read with { Columns = [.. read.Columns.Select(column => new RawColumn(column.Name, Texts(column.Cells)))] };
            Assert.That(Describe(read, Options[option]), Is.EqualTo(Describe(texts, Options[option])), text);
        }

        Assert.That(plain, Is.GreaterThan(150), "or nothing is tested");
    }

    // A fraction behind the first text says nothing of how other columns are to be read.
    [TestCase("x;1,500\n1.5;2,250\n", "decimal comma")]
    [TestCase("1.5;1,500\nx;2,250\n", "commas between thousands")]
    public void Read_FractionBesideATextInAnotherColumn_CountsAboveItOnly(string rows, string expected)
    {
        var columns = new ReadingFinder(CsvTableReader.Read(SourceText.Create("t.csv", Encoding.UTF8.GetBytes("c1;c2\n" + rows))), ReadingOptions.None).Read(null);
        Assert.That(columns[1].Reading.Number.Describe(), Does.Contain(expected));
    }

    private static TextCells Texts(ColumnCells cells) =>
        new([.. Enumerable.Range(0, cells.Count).Select(row => cells[row])], [.. Enumerable.Range(0, cells.Count).Select(cells.IsQuoted)]);

    private static string Describe(RawTable raw, ReadingOptions options)
    {
        TableColumn[] columns;
        try
        {
            columns = new ReadingFinder(raw, options).Read(null);
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }

        return string.Join('\n', columns.Select(column =>
        {
            var bad = new List<string>();
            var numbers = column.Kind == ColumnKind.Number ? column.ToNumbers("this", onBad: (row, message) => bad.Add(message)) : [];
            return $"{column.Name} {column.Kind} {column.Reading.Number.Describe()} {column.Reading.DateFormat} {column.Reading.HasNumberNames} {string.Join('|', column.Reading.Words)} {column.MissingCount} "
                + $"{string.Join('|', column.MissingWordCounts.OrderBy(pair => pair.Key))} {string.Join('|', Enumerable.Range(0, column.Count).Select(column.IsMissing))} {string.Join('|', numbers)} {string.Join('|', bad)} "
                + $"{string.Join('|', Enumerable.Range(0, column.Count).Select(column.Category))} {column.DistinctCount} {column.FirstText} {string.Join('|', column.Notes)}";
        }));
    }
}
