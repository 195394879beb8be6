using Ilt.Corruption;

namespace Ilt.Core.Tests.Corruption;

public class ConfusionTests
{
    private static int[] Labels(int rows, int classes) => [.. Enumerable.Range(0, rows).Select(row => row % classes)];

    [Test]
    public void CorruptClasses_GivenMatrix_FollowsRatesAndTargets()
    {
        // Class 0 is always right; half of class 1 and a quarter of class 2 are wrong, the latter as 0 and 1 one to three.
        double[][] matrix = [[1, 0, 0], [0.5, 0.5, 0], [0.0625, 0.1875, 0.75]];
        var labels = Labels(30_000, 3);
        var wrong = new ClassConfusion { Fraction = 0.2, Matrix = matrix }.CorruptClasses(labels, 3);
        int Count(int from, int to) => Enumerable.Range(0, labels.Length).Count(row => row % 3 == from && labels[row] == to && wrong[row]);
        Assert.Multiple(() =>
        {
            Assert.That(wrong.Count(isWrong => isWrong), Is.EqualTo(6000));
            Assert.That((Count(0, 1), Count(0, 2), Count(1, 2)), Is.EqualTo((0, 0, 0)));
            Assert.That(Count(1, 0), Is.EqualTo(4000));
            Assert.That(Count(2, 0), Is.EqualTo(500).Within(80));
            Assert.That(Count(2, 1), Is.EqualTo(1500).Within(80));
            for (var row = 0; row < labels.Length; row++) Assert.That(wrong[row], Is.EqualTo(labels[row] != row % 3));
        });
    }

    [Test]
    public void CorruptClasses_SmallerFraction_IsAmongALarger()
    {
        var (few, many) = (Labels(900, 4), Labels(900, 4));
        var wrongFew = new ClassConfusion { Fraction = 0.1 }.CorruptClasses(few, 4);
        var wrongMany = new ClassConfusion { Fraction = 0.3 }.CorruptClasses(many, 4);
        for (var row = 0; row < few.Length; row++)
            if (wrongFew[row]) Assert.That((wrongMany[row], many[row]), Is.EqualTo((true, few[row])));
        Assert.That(wrongFew.Count(wrong => wrong), Is.EqualTo(90));
    }

    [Test]
    public void CorruptClasses_ClassWithoutRoom_LeavesTheRestToOthers()
    {
        // 90 % of all rows, asked for in equal shares of a class of 10 rows and one of 90.
        int[] labels = [.. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 90)];
        var wrong = new ClassConfusion { Fraction = 0.9, Matrix = [[0, 1], [0.1, 0.9]] }.CorruptClasses(labels, 2);
        Assert.That((wrong.Take(10).Count(w => w), wrong.Skip(10).Count(w => w)), Is.EqualTo((10, 80)));
        Assert.That(() => new ClassConfusion { Fraction = 0.9, Matrix = [[0, 1], [0, 1]] }.CorruptClasses(Labels(100, 2), 2), Throws.ArgumentException.With.Message.Contains("90 labels are to become wrong"));
    }

    [Test]
    public void Draw_SmallConcentration_GivesEachClassOneRival()
    {
        foreach (var (concentration, low, high) in new[] { (0.01, 0.95, 1.0), (1000.0, 0.2, 0.3) })
        {
            var matrix = new ClassConfusion { Fraction = 0, Concentration = concentration }.Draw(5);
            foreach (var (row, c) in matrix.Select((row, c) => (row, c)))
            {
                Assert.That(row.Sum(), Is.EqualTo(1).Within(1e-12));
                Assert.That(row.Where((_, other) => other != c).Max() / (1 - row[c]), Is.InRange(low, high), $"{concentration}");
            }
        }
    }

    [Test]
    public void CorruptClasses_BadMatrix_IsRefused()
    {
        Assert.That(() => new ClassConfusion { Fraction = 0.1, Matrix = [[1, 0]] }.CorruptClasses(Labels(9, 3), 3), Throws.ArgumentException.With.Message.Contains("has 3 rows of 3 numbers"));
        Assert.That(() => new ClassConfusion { Fraction = 0.1, Matrix = [[0.5, 0.4], [0, 1]] }.CorruptClasses(Labels(8, 2), 2), Throws.ArgumentException.With.Message.Contains("Row 1 of the confusion"));
    }
}
