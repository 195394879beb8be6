namespace Ilt.Rows;

public sealed class RowSplitTests
{
    [Test]
    public void Split_RareClass_KeepsTwoOfItsRowsInTraining()
    {
        int[] classes = [.. Enumerable.Range(0, 60).Select(i => i % 20 == 0 ? 1 : 0)];
        for (var seed = 0; seed < 20; seed++)
        {
            var (training, validation) = RowSplit.Split(60, [classes], 0.5, seed);
            Assert.That(training.Concat(validation).Order(), Is.EqualTo(Enumerable.Range(0, 60)));
            Assert.That(training, Is.Ordered);
            Assert.That(validation, Is.Ordered.And.Length.EqualTo(30));
            Assert.That(training.Count(row => classes[row] == 1), Is.GreaterThanOrEqualTo(2));
        }
    }

    [Test]
    public void Split_TwoClassifications_KeepsTwoOfEachClassOfBoth()
    {
        int[] first = [0, 0, 1, 1, 1, 0, 0, -1], second = [0, 1, 0, 1, 0, 1, -1, -1];
        for (var seed = 0; seed < 50; seed++)
        {
            var (training, _) = RowSplit.Split(8, [first, second], 0.8, seed);
            foreach (var classes in (int[][])[first, second])
                for (var c = 0; c < 2; c++) Assert.That(training.Count(row => classes[row] == c), Is.GreaterThanOrEqualTo(2));
        }
    }

    [Test]
    public void Split_NoClasses_IsTheShareAndDecidedByTheSeed()
    {
        var (_, validation) = RowSplit.Split(100, [], 0.25, 1);
        Assert.That(validation, Has.Length.EqualTo(25));
        Assert.That(RowSplit.Split(100, [], 0.25, 1).Validation, Is.EqualTo(validation));
        Assert.That(RowSplit.Split(100, [], 0.25, 2).Validation, Is.Not.EqualTo(validation));
    }

    [TestCase(3, 0.1, 1)]
    [TestCase(3, 0.9, 2)]
    public void Split_FewRows_SetsOneAsideAndLeavesOne(int rows, double fraction, int expected)
        => Assert.That(RowSplit.Split(rows, [], fraction, 1).Validation, Has.Length.EqualTo(expected));

    [Test]
    public void Split_EveryRowRare_SetsNoneAside()
        => Assert.That(RowSplit.Split(4, [[0, 0, 1, 1]], 0.5, 1).Validation, Is.Empty);
}
