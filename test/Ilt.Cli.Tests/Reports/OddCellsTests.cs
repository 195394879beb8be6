using Ilt.Cli.Reports;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Reports;

/// <summary>Which cells stand out.</summary>
public sealed class OddCellsTests
{
    [Test]
    public void Numbers_FarBeyondTheOthers_AreOdd_AndNoOthers()
    {
        var values = Enumerable.Range(0, 1000).Select(i => (float)Math.Sin(i)).ToArray();
        values[17] = 400;
        values[18] = float.NaN;
        var odd = OddCells.OfNumbers(values);
        Assert.That(Enumerable.Range(0, 1000).Where(odd.IsOdd), Is.EqualTo(new[] { 17 }));
    }

    [Test]
    public void Numbers_OfAHeavyTail_AreOddInTheOuterPercentAtMost()
    {
        var values = Enumerable.Range(1, 2000).Select(i => (float)Math.Exp(i % 100 / 8.0)).ToArray();
        var odd = OddCells.OfNumbers(values);
        Assert.That(Enumerable.Range(0, 2000).Count(odd.IsOdd), Is.LessThanOrEqualTo(20));
    }

    [TestCase]
    public void Numbers_MostlyOne_OrNone_AreNotOdd()
    {
        var mostlyZero = new float[100];
        mostlyZero[3] = 5;
        Assert.That(OddCells.OfNumbers(mostlyZero).IsOdd(3), Is.False);
        Assert.That(OddCells.OfNumbers([float.NaN]).IsOdd(0), Is.False);
    }

    [Test]
    public void Texts_ThatHardlyAnyOtherRowHas_AreOdd_UnlessMostAre()
    {
        using var folder = new TempFolder();
        var table = TableReader.Read(folder.Write("t.csv", "colour,name\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{(i == 7 ? "mauve" : i % 2 == 0 ? "red" : "blue")},person{i}\n"))));
        var (colour, name) = (OddCells.OfTexts(table.Column("colour", "test"), 300), OddCells.OfTexts(table.Column("name", "test"), 300));
        Assert.That(Enumerable.Range(0, 300).Where(colour.IsOdd), Is.EqualTo(new[] { 7 }));
        Assert.That(Enumerable.Range(0, 300).Where(name.IsOdd), Is.Empty);
    }
}
