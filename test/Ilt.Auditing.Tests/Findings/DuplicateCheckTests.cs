namespace Ilt.Auditing.Tests.Findings;

public class DuplicateCheckTests
{
    [Test]
    public void Find_EqualRows_AreGroups_TheLargestFirst()
    {
        var data = new Planted();
        data.Copy(10, 20);
        data.Copy(30, 40);
        data.Copy(30, 41);
        var found = data.Find("duplicates", null)!;
        Assert.That(found.Groups, Is.EqualTo(new[] { [30, 40, 41], new[] { 10, 20 } }));
        Assert.That(found.Count, Is.EqualTo(2));
        Assert.That(found.Title, Is.EqualTo("2 groups of equal rows, 5 rows altogether"));
    }

    [Test]
    public void Find_MissingValues_AreEqualToEachOther()
    {
        var data = new Planted();
        data.Copy(10, 20);
        (data.Features[40], data.Features[80]) = (float.NaN, float.NaN);
        Assert.That(data.Find("duplicates", null)!.Groups, Is.EqualTo(new[] { new[] { 10, 20 } }));
        data.Features[80] = 0;
        Assert.That(data.Find("duplicates", null), Is.Null);
    }

    [Test]
    public void Find_Hashes_DecideWhereTheyAreGiven()
    {
        var hashes = Enumerable.Range(0, 100).Select(row => (ulong)row).ToArray();
        hashes[70] = hashes[7];
        var found = DataAudit.Find(new DataEvidence { RowCount = 100, InputHashes = hashes });
        Assert.That(found.Single().Groups.Single(), Is.EqualTo(new[] { 7, 70 }));
    }

    [TestCase(true), TestCase(false)]
    public void Find_NearlyEqualRows_AreGroups(bool embedded)
    {
        var data = new Planted(500, 6, 3);
        if (!embedded) data.Embedding = null;
        data.Copy(10, 20, 0.002f);
        data.Copy(10, 25, -0.001f);
        data.Copy(300, 200, 0.001f);
        var found = data.Find("near-duplicates", null)!;
        Assert.That(found.Groups, Is.EquivalentTo(new[] { [10, 20, 25], new[] { 200, 300 } }));
        Assert.That(data.Find("duplicates", null), Is.Null);
    }

    [Test]
    public void Find_OnlyAnEmbedding_IsEnoughForNearlyEqualRows()
    {
        var data = new Planted(500, 6, 3);
        data.Copy(10, 20, 1e-4f);
        var found = DataAudit.Find(new DataEvidence { RowCount = 500, Embedding = data.Embedding });
        Assert.That(found.Single().Groups.Single(), Is.EqualTo(new[] { 10, 20 }));
        Assert.That(found.Single().Text, Does.Contain("to the network"));
    }

    [Test]
    public void Find_NearInFeaturesButApartInTheEmbedding_IsNotNear()
    {
        var data = new Planted(500, 6, 3);
        data.Copy(10, 20, 0.001f);
        data.Embedding![60] += 3; // the network tells the two apart
        Assert.That(data.Find("near-duplicates", null), Is.Null);
    }

    [Test]
    public void Find_LabelsThatDiffer_AreOfTheTask_AndStandFirst()
    {
        var data = new Planted(500, 6, 3);
        foreach (var (from, to) in new[] { (10, 20), (30, 40), (50, 60) })
        {
            data.Copy(from, to);
            (data.Classes[to], data.Numbers[to]) = (data.Classes[from], data.Numbers[from] + 0.05f);
        }
        Assert.That(data.Find().Select(finding => finding.Task), Is.All.Null, "numbers differ by less than the usual error");
        data.Classes[20] = (data.Classes[10] + 1) % 3;
        data.Numbers[40] = data.Numbers[30] + 2;
        data.Numbers[60] = float.NaN;
        var found = data.Find();
        Assert.That(found[0], Has.Property("Task").EqualTo("kind").And.Property("Kind").EqualTo("duplicates"));
        Assert.That(found[0].Groups, Is.EqualTo(new[] { new[] { 10, 20 } }));
        Assert.That(found[1], Has.Property("Task").EqualTo("weight"));
        Assert.That(found[1].Groups, Is.EqualTo(new[] { new[] { 30, 40 } }));
        Assert.That(found[2], Has.Property("Task").Null.And.Property("Count").EqualTo(3));
    }

    [Test]
    public void Find_NumbersWithoutPredictions_DifferByHalfADeviation()
    {
        var data = new Planted { Predicted = null };
        data.Copy(10, 20);
        (data.Classes[20], data.Numbers[20]) = (data.Classes[10], data.Numbers[10] + 0.3f);
        Assert.That(data.Find("duplicates", "weight"), Is.Null);
        data.Numbers[20] = data.Numbers[10] + 1;
        Assert.That(data.Find("duplicates", "weight")!.Text, Does.Contain("half a standard deviation"));
    }

    [Test]
    public void Find_ManyGroups_KeepsAHundredAndCountsAll()
    {
        var data = new Planted(600);
        for (var i = 0; i < 150; i++) data.Copy(i, 300 + i);
        var found = data.Find("duplicates", null)!;
        Assert.That(found.Groups, Has.Count.EqualTo(100));
        Assert.That(found.Count, Is.EqualTo(150));
    }
}
