using Ilt.Corruption;

namespace Ilt.Core.Tests.Corruption;

public class SlipAndSwapTests
{
    [Test]
    public void Slip_DecimalPoint_MovesEachChosenRowOnePlace()
    {
        float[] before = [.. Enumerable.Range(0, 200).Select(i => (float)i)];
        var values = before.ToArray();
        values[7] = float.NaN;
        var wrong = new NumberSlip { Fraction = 0.4, Factors = NumberSlip.DecimalPoint }.CorruptNumbers(values, 2);
        for (var row = 0; row < 100; row++)
        {
            if (row == 3)
            {
                Assert.That((wrong[3], values[6], float.IsNaN(values[7])), Is.EqualTo((false, 6f, true)), "a row without a label");
                continue;
            }
            var factor = values[(2 * row) + 1] / before[(2 * row) + 1];
            Assert.That(factor, wrong[row] ? Is.EqualTo(10f).Within(1e-5).Or.EqualTo(0.1f).Within(1e-5) : Is.EqualTo(1f));
            Assert.That(values[2 * row], Is.EqualTo(before[2 * row] * factor).Within(1e-3), "both components by one factor");
        }
        Assert.That(wrong.Count(isWrong => isWrong), Is.EqualTo(40));
    }

    [Test]
    public void Slip_ShiftAndCounts()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => (float)(i % 10))]; // deviation sqrt(8.25)
        var before = values.ToArray();
        var wrong = new NumberSlip { Fraction = 0.5, Shifts = [3], Counts = true }.CorruptNumbers(values, 1);
        for (var row = 0; row < 100; row++)
            Assert.That(values[row], Is.EqualTo(wrong[row] ? MathF.Round((float)(before[row] + (3 * Math.Sqrt(8.25)))) : before[row]));
        float[] zeros = [0, 0, 0, 0];
        Assert.That(new NumberSlip { Fraction = 1, Factors = [10] }.CorruptNumbers(zeros, 1), Is.All.False, "ten times nothing is nothing");
        Assert.That(() => new NumberSlip { Fraction = 1, Factors = [] }.CorruptNumbers(zeros, 1), Throws.ArgumentException);
    }

    [TestCase(0, 0), TestCase(0.01, 0), TestCase(0.02, 2), TestCase(0.3, 30), TestCase(1, 100)]
    public void Swap_Givers_AreAPermutationOfTheChosen(double fraction, int moved)
    {
        var givers = new RowSwap { Fraction = fraction }.Givers(100);
        Assert.That(givers.Order(), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(givers.Where((giver, row) => giver != row).Count(), Is.EqualTo(moved), "one row alone keeps its own");
    }
}
