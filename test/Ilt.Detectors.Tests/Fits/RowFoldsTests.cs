using Ilt.Torch;

namespace Ilt.Detectors.Tests;

public class RowFoldsTests
{
    [TestCase(2), TestCase(5), TestCase(7)]
    public void Assign_Split_HoldsEveryRowOnce(int folds)
    {
        var data = NoisyTable.Make(103, 2).Data;
        var fold = RowFolds.Assign(data.Labels, data.RowCount, folds, seed: 3);

        var held = Enumerable.Range(0, folds).Select(f => RowFolds.Split(fold, f)).ToArray();
        Assert.That(held.SelectMany(split => split.Held).Order(), Is.EqualTo(Enumerable.Range(0, 103)));
        foreach (var (mine, others) in held)
        {
            Assert.That(mine.Concat(others).Order(), Is.EqualTo(Enumerable.Range(0, 103)));
            Assert.That(mine.Length, Is.EqualTo(103 / folds).Or.EqualTo((103 / folds) + 1));
        }
    }

    [Test]
    public void Assign_Classes_AreSpreadEvenly()
    {
        var data = NoisyTable.Make(203, 2).Data;
        var fold = RowFolds.Assign(data.Labels, data.RowCount, 5, seed: 3);

        var classes = ((ClassLabels)data.Labels[0]).Classes.ToArray();
        foreach (var label in new[] { -1, 0, 1, 2 })
        {
            var counts = Enumerable.Range(0, 5).Select(f => fold.Where((of, row) => of == f && classes[row] == label).Count()).ToArray();
            Assert.That(counts.Max() - counts.Min(), Is.LessThanOrEqualTo(1), $"class {label}");
        }
    }

    [Test]
    public void Assign_Seed_DecidesAlone()
    {
        var labels = NoisyTable.Make(100, 2).Data.Labels;
        var fold = RowFolds.Assign(labels, 100, 5, 1);
        Assert.That(RowFolds.Assign(labels, 100, 5, 1), Is.EqualTo(fold));
        Assert.That(RowFolds.Assign(labels, 100, 5, 2), Is.Not.EqualTo(fold));
    }

    [TestCase(1), TestCase(101)]
    public void Assign_TooFewRowsOrFolds_IsRefused(int folds) => Assert.That(
        () => RowFolds.Assign(NoisyTable.Make(100, 2).Data.Labels, 100, folds, 1), Throws.ArgumentException.With.Message.StartsWith($"{folds} folds of 100 rows: expected at least 2"));
}
