namespace Ilt.Auditing.Tests.Findings;

public class SmallCheckTests
{
    [Test]
    public void Find_RareClasses_AreGroups()
    {
        var data = new Planted(300);
        for (var row = 0; row < 300; row++) if (data.Classes[row] == 2 && row > 30) data.Classes[row] = 0;
        var rare = Enumerable.Range(0, 300).Where(row => data.Classes[row] == 2).ToArray();
        Assert.That(rare, Has.Length.InRange(1, 9));
        Assert.That(data.Find("rare-classes", "kind")!.Groups, Is.EqualTo(new[] { rare }));
        Assert.That(data.Find("rare-classes", "kind")!.Text, Does.Contain($"'cat' ({rare.Length})"));
    }

    [Test]
    public void Find_OneClassNearlyThroughout_IsSaid()
    {
        var data = new Planted(400);
        for (var row = 0; row < 400; row++) data.Classes[row] = row % 30 == 0 ? 1 : 0;
        Assert.That(data.Find("rare-classes", "kind")!.Title, Is.EqualTo("96.5 % of the labels are class 'ant'"));
    }

    [Test]
    public void Find_ConstantAndMissingFeatures_AreNamed()
    {
        var data = new Planted(200, 4) { Names = ["a", "b", "c", "d"], Embedding = null };
        data.SetFeature(1, _ => 7);
        data.SetFeature(2, _ => float.NaN);
        for (var row = 0; row < 200; row += 4) data.Features[row * 4] = float.NaN;
        Assert.That(data.Find("constant", null)!.Text, Does.StartWith("'b', 'c'."));
        Assert.That(data.Find("missing", null)!.Text, Does.StartWith("'a' (25 %)."));
    }
}
