namespace Ilt.Parameters;

[TestFixture]
public sealed class InstanceIndexTests
{
    [Test]
    public void TryGetRow_KnownIds_ReturnsTheirPositions()
    {
        var index = new InstanceIndex(["b", "a", "B"]);

        Assert.That(index.Count, Is.EqualTo(3));
        Assert.That(index.TryGetRow("a", out var row), Is.True);
        Assert.That(row, Is.EqualTo(1));
        Assert.That(index[2], Is.EqualTo("B"));
    }

    [Test]
    public void TryGetRow_UnknownId_ReturnsFalseAndMinusOne()
    {
        Assert.That(new InstanceIndex(["a"]).TryGetRow("A", out var row), Is.False);
        Assert.That(row, Is.EqualTo(-1));
    }

    [Test]
    public void Constructor_DuplicateId_NamesIdAndBothPositionsFromOne()
    {
        var refused = Assert.Throws<DuplicateIdException>(() => _ = new InstanceIndex(["x", "y", "z", "y"]))!;

        Assert.That((refused.Id, refused.FirstPosition, refused.SecondPosition), Is.EqualTo(("y", 2, 4)));
        Assert.That(refused.Message, Does.StartWith("The id 'y' belongs to row 2 and again to row 4;"));
    }

    [Test]
    public void Constructor_EmptyId_NamesItsRow() =>
        Assert.That(() => new InstanceIndex(["x", ""]), Throws.ArgumentException.With.Message.StartsWith("Row 2 has an empty id."));

    [Test]
    public void Constructor_ListChangedLater_KeepsItsOwnCopy()
    {
        List<string> ids = ["x"];
        var index = new InstanceIndex(ids);
        ids[0] = "changed";

        Assert.That(index[0], Is.EqualTo("x"));
    }

    [Test]
    public void FromPositions_Ids_CountFromOne()
    {
        var index = InstanceIndex.FromPositions(3);

        Assert.That(index.Ids, Is.EqualTo(new[] { "1", "2", "3" }));
        Assert.That(index.TryGetRow("3", out var row), Is.True);
        Assert.That(row, Is.EqualTo(2));
    }

    [TestCase("0")]
    [TestCase("4")]
    [TestCase("03")]
    [TestCase("+3")]
    [TestCase(" 3")]
    [TestCase("")]
    [TestCase("99999999999")]
    public void FromPositions_NotACanonicalPosition_IsUnknown(string id) =>
        Assert.That(InstanceIndex.FromPositions(3).TryGetRow(id, out _), Is.False);
}
