using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tasks;

public sealed class ColumnSelectionTests
{
    private TempFolder folder = null!;
    private Table table = null!;

    [OneTimeSetUp]
    public void MakeTable()
    {
        folder = new TempFolder();
        table = TableReader.Read(folder.Write("t.csv", "pose_1,pose_2,Rings,a.b,odd*\n1,2,3,4,5\n"));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("pose_*", "pose_1,pose_2")]
    [TestCase("*", "pose_1,pose_2,Rings,a.b,odd*")]
    [TestCase("odd*", "odd*")]
    [TestCase("*.b", "a.b")]
    [TestCase("pose_2,pose_*", "pose_2,pose_1")]
    public void Resolve_Patterns_GivesColumnsOnceInOrder(string patterns, string expected)
    {
        var columns = ColumnSelection.Resolve(table, patterns.Split(','), "--features");

        Assert.That(string.Join(',', columns.Select(c => c.Name)), Is.EqualTo(expected));
    }

    [TestCase("pose_*", "pose_0,pose_1,pose_2,pose_9,pose_10,pose_143")]
    [TestCase("*_*", "pose_10,shape_1,pose_2,pose_143,pose_0,shape_0,pose_9,pose_1,joint2_10,joint2_9,joint10_0")]
    [TestCase("joint*_*", "joint2_9,joint2_10,joint10_0")]
    [TestCase("shape_*,pose_1*", "shape_0,shape_1,pose_1,pose_10,pose_143")]
    public void Resolve_NumberedColumns_AreInTheOrderOfTheirNumbers(string patterns, string expected)
    {
        var table = TableReader.Read(folder.Write("n.csv", "pose_10,shape_1,pose_2,pose_143,pose_0,shape_0,pose_9,pose_1,joint2_10,joint2_9,joint10_0\n1,2,3,4,5,6,7,8,9,10,11\n"));

        var columns = ColumnSelection.Resolve(table, patterns.Split(','), "--task pose");

        Assert.That(string.Join(',', columns.Select(c => c.Name)), Is.EqualTo(expected));
    }

    [TestCase("rings", "did you mean 'Rings'?")]
    [TestCase("Ringe", "did you mean 'Rings'?")]
    [TestCase("pos_*", "no column")]
    [TestCase("completely_else", "there are: pose_1, pose_2")]
    public void Resolve_Unknown_ProposesTheNearest(string name, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => ColumnSelection.Resolve(table, [name], "--features"))!;

        Assert.That(error.Message, Does.StartWith("--features").And.Contain($"'{name}'").And.Contain(expected));
    }
}
