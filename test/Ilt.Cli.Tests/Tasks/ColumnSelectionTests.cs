using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tasks;

public sealed class ColumnSelectionTests
{
    private TempFolder _folder = null!;
    private Table _table = null!;

    [OneTimeSetUp]
    public void MakeTable()
    {
        _folder = new TempFolder();
        _table = TableReader.Read(_folder.Write("t.csv", "pose_1,pose_2,Rings,a.b,odd*\n1,2,3,4,5\n"));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("pose_*", "pose_1,pose_2")]
    [TestCase("*", "pose_1,pose_2,Rings,a.b,odd*")]
    [TestCase("odd*", "odd*")]
    [TestCase("*.b", "a.b")]
    [TestCase("pose_2,pose_*", "pose_2,pose_1")]
    public void Resolve_Patterns_GivesColumnsOnceInOrder(string patterns, string expected)
    {
        var columns = ColumnSelection.Resolve(_table, patterns.Split(','), "--features");

        Assert.That(string.Join(',', columns.Select(c => c.Name)), Is.EqualTo(expected));
    }

    [TestCase("rings", "did you mean 'Rings'?")]
    [TestCase("Ringe", "did you mean 'Rings'?")]
    [TestCase("pos_*", "no column")]
    [TestCase("completely_else", "there are: pose_1, pose_2")]
    public void Resolve_Unknown_ProposesTheNearest(string name, string expected)
    {
        var error = Assert.Throws<UserErrorException>(() => ColumnSelection.Resolve(_table, [name], "--features"))!;

        Assert.That(error.Message, Does.StartWith("--features").And.Contain($"'{name}'").And.Contain(expected));
    }
}
