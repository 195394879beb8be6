using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tasks;

public sealed class ValidationSplitTests
{
    [Test]
    public void Split_RareClass_KeepsTwoOfItsRowsInTraining()
    {
        using var folder = new TempFolder();
        var rows = Enumerable.Range(0, 60).Select(i => $"{i},{(i % 20 == 0 ? "rare" : "common")}");
        var table = TableReader.Read(folder.Write("t.csv", "a,c\n" + string.Join('\n', rows) + "\n"));
        var label = (ClassLabel)TaskLabel.Read(table, TaskSpec.Parse("t=class:c"));

        for (var seed = 0; seed < 20; seed++)
        {
            var (train, validation) = ValidationSplit.Split([.. Enumerable.Range(0, 60)], [label], 0.5, seed);

            Assert.That(train.Concat(validation).Order(), Is.EqualTo(Enumerable.Range(0, 60)));
            Assert.That(validation, Has.Length.EqualTo(30));
            Assert.That(train.Count(row => label.ClassText(row) == "rare"), Is.GreaterThanOrEqualTo(2));
        }
    }
}
