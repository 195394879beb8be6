namespace Ilt.Auditing.Tests.Findings;

public class RestatementCheckTests
{
    [Test]
    public void Find_AFeatureThatIsNearlyTheClass_IsNamed()
    {
        var data = new Planted(300, 3) { Names = ["a", "leak", "b"] };
        var noise = data.Draw(300);
        data.SetFeature(1, row => (data.Classes[row] * 10) + noise[row]);
        Assert.That(data.Find("restates", "kind")!.Title, Is.EqualTo("Feature 'leak' gives the label away"));
        data.SetFeature(1, row => (data.Classes[row] * 2) + noise[row]);
        Assert.That(data.Find("restates", "kind"), Is.Null);
    }

    [Test]
    public void Find_AFeatureThatIsNearlyTheNumber_InAnyShape_AndWithWrongLabels()
    {
        var data = new Planted(400, 3);
        var noise = data.Draw(400);
        data.SetFeature(2, row => MathF.Exp(-data.Numbers[row] + (0.02f * noise[row])));
        for (var row = 0; row < 400; row += 10) data.Numbers[row] = noise[row];
        Assert.That(data.Find("restates", "weight")!.Title, Does.Contain("number 2 (from 0)"));
        data.SetFeature(2, row => data.Numbers[row] + (0.5f * noise[row]));
        Assert.That(data.Find("restates", "weight"), Is.Null);
    }

    [Test]
    public void Find_AFeatureThatIsThereForOneClassOnly_GivesItAway()
    {
        var data = new Planted(300, 3);
        for (var row = 0; row < 300; row++) if (data.Classes[row] == 2) data.Classes[row] = 0;
        var values = data.Draw(300);
        data.SetFeature(0, row => data.Classes[row] == 1 ? values[row] : float.NaN);
        Assert.That(data.Find("restates", "kind"), Is.Not.Null);
    }

    [Test]
    public void Find_ASortedFile_GivesNothingAwayByTies()
    {
        var data = new Planted(300, 3);
        Array.Sort(data.Classes);
        data.SetFeature(0, row => row % 2);
        data.SetFeature(1, _ => 1);
        Assert.That(data.Find("restates", "kind"), Is.Null);
    }
}
