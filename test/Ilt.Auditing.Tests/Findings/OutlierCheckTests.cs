namespace Ilt.Auditing.Tests.Findings;

public class OutlierCheckTests
{
    [TestCase(60, 3), TestCase(500, 5), TestCase(1000, 30)]
    public void Find_ARowFarFromAll_IsFoundAloneAndSaysWhy(int rows, int features)
    {
        var data = new Planted(rows, features) { Embedding = null, Names = [.. Enumerable.Range(0, features).Select(d => $"x{d}")] };
        data.Features[(17 * features) + 1] = 200;
        var found = data.Find("outliers", null)!;
        Assert.That(found.Groups, Is.EqualTo(new[] { new[] { 17 } }));
        Assert.That(found.Text, Does.Contain("row 18 counted from 1, feature 'x1' is"));
    }

    [Test]
    public void Find_FarInTheEmbeddingOnly_IsFound()
    {
        var data = new Planted(500, 5);
        for (var e = 0; e < 3; e++) data.Embedding![(33 * 3) + e] = 60;
        var found = data.Find("outliers", null)!;
        Assert.That(found.Groups, Is.EqualTo(new[] { new[] { 33 } }));
        Assert.That(found.Text, Does.Contain("(1 to the network, 0 by their features)"));
    }

    [Test]
    public void Find_CopiesOfAnOutlier_DoNotHideIt()
    {
        var data = new Planted(500, 5) { Embedding = null };
        data.Features[17 * 5] = 200;
        for (var copy = 100; copy < 120; copy++) data.Copy(17, copy);
        Assert.That(data.Find("outliers", null)!.Groups.Single(), Has.Length.EqualTo(21).And.Contains(17));
    }

    [Test]
    public void Find_OtherUnits_TheSame()
    {
        var data = new Planted(500, 5) { Embedding = null };
        data.Features[(17 * 5) + 1] = 40;
        data.Features[(18 * 5) + 2] = -40;
        data.Copy(10, 20, 0.0005f);
        var before = data.Find().Where(finding => finding.Kind != "restates").Select(finding => (finding.Kind, string.Join(" ", finding.Groups.SelectMany(g => g)))).ToArray();
        for (var d = 0; d < 5; d++)
        {
            var (feature, scale) = (d, MathF.Pow(32, d - 2));
            var values = Enumerable.Range(0, 500).Select(row => data.Features[(row * 5) + feature]).ToArray();
            data.SetFeature(feature, row => (values[row] * scale) + (3 * scale));
        }
        Assert.That(before.Select(b => b.Kind), Is.SupersetOf(new[] { "outliers", "near-duplicates" }));
        Assert.That(data.Find().Where(finding => finding.Kind != "restates").Select(finding => (finding.Kind, string.Join(" ", finding.Groups.SelectMany(g => g)))), Is.EqualTo(before));
    }
}
