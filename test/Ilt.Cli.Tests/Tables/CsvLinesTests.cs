using System.Globalization;
using System.Text;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tests.Tables;

/// <summary>Parts of a file that are read at the same time are read as the file is, row by row.</summary>
public sealed class CsvLinesTests
{
    private static readonly string[] Cells = ["", " ", "1", "-2.5", "007", "1e3", " 4", "5 ", "NA", "x y", "größe", "1e400", "\u22123", "0.1234567890123"];

    [Test]
    public void Read_RandomRows_FindsTheCellsAndNumbersOfTheOneByOneReading([Values(1, 2, 5)] int columns, [Values(",", ";", "\t")] string separator)
    {
        var random = new Random(columns);
        for (var times = 0; times < 200; times++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 40)).Select(_ => string.Join(separator, Enumerable.Range(0, columns).Select(_ => Cells[random.Next(columns > 1 ? 0 : 2, Cells.Length)]))).ToArray();
            // A row of two cells and more may be empty but for separators; lines end in both ways within one file.
            var text = "head" + new string(separator[0], columns - 1) + "\n" + string.Concat(rows.Select(row => row + (random.Next(3) == 0 ? "\r\n" : "\n")));
            if (random.Next(2) == 0)
                text = text.TrimEnd('\n').TrimEnd('\r');
            var bytes = Encoding.UTF8.GetBytes(text);
            var records = new CsvRecords(bytes, separator[0]);
            records.Read();

            var found = CsvLines.Read(bytes, records.Position, separator[0], columns, bytesOfPart: random.Next(1, 100))!.Value;
            var row = 0;
            for (; records.Read(); row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var place = records.Fields[column];
                    Assert.That(found.Places.Of(row, column), Is.EqualTo(place), text);
                    var isNumber = double.TryParse(bytes.AsSpan(place.Start, place.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                        && float.IsFinite((float)number) && bytes[place.Start] != ' ';
                    Assert.That(found.Numbers[column].Values[row], Is.EqualTo(isNumber ? (float)number : float.NaN), text);
                }
            }

            Assert.That(found.Places.Count, Is.EqualTo(row));
        }
    }

    [TestCase("1,2\n3\n", TestName = "a cell too few")]
    [TestCase("1,2\n3,4,5\n", TestName = "a cell too many")]
    [TestCase("1,2\n3", TestName = "a cell too few at the end")]
    [TestCase("1,2\n\n3,4\n", TestName = "an empty line")]
    [TestCase("1,2\n3,4\n\n", TestName = "an empty line at the end")]
    [TestCase("1,2\n  \n3,4\n", TestName = "a line of blanks")]
    [TestCase("1,2\r3,4\r", TestName = "another end of lines")]
    [TestCase("1,2\n3\r,4\n", TestName = "a carriage return within a row")]
    [TestCase("1,2\n3,\"4\"\n", TestName = "a quote")]
    [TestCase("", TestName = "nothing")]
    public void Read_WhereALineIsNoRow_LeavesItToTheOtherReading(string text) =>
        Assert.That(CsvLines.Read(Encoding.UTF8.GetBytes(text), 0, ',', 2, bytesOfPart: 4), Is.Null);

    [Test]
    public void Read_OneColumnWithALineOfBlanks_LeavesItToTheOtherReading() => Assert.That(CsvLines.Read("1\n \t\n2\n"u8.ToArray(), 0, ',', 1), Is.Null);

    [TestCase(65_535 - 3, true)] // with "1,", and the place behind the end
    [TestCase(65_535 - 2, false)]
    public void Read_LongRow_IsTakenWhileItsPlacesFit(int length, bool fits) =>
        Assert.That(CsvLines.Read(Encoding.UTF8.GetBytes($"1,{new string('x', length)}\n"), 0, ',', 2) is not null, Is.EqualTo(fits));

    [Test]
    public void Read_TextsWithNumbersAmongThem_AreGivenUp()
    {
        var numbers = CsvLines.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => i > 900 ? $"{i},{i}\n" : $"x,{i}\n"))), 0, ',', 2)!.Value.Numbers;
        Assert.That(numbers.Select(column => (column.IsGivenUp, column.AreAll)), Is.EqualTo(new[] { (true, false), (false, true) }));
    }
}
