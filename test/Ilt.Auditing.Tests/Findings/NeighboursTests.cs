namespace Ilt.Auditing.Tests.Findings;

public class NeighboursTests
{
    [TestCase(200, 3), TestCase(150, 8), TestCase(77, 70), TestCase(5, 2)]
    public void Find_AgainstAllPairs_Agrees(int rows, int columns)
    {
        var points = Points(rows, columns);
        var k = Math.Min(10, rows - 1);
        var found = Neighbours.Find(points, 10, seed: 1, default)!;
        Assert.That(found.K, Is.EqualTo(k));
        for (var i = 0; i < rows; i++)
        {
            var expected = Enumerable.Range(0, rows).Where(j => j != i).OrderBy(j => points.Distance(i, j)).Take(k).ToArray();
            Assert.That(found.Indices[(i * k)..((i + 1) * k)], Is.EqualTo(expected));
            Assert.That(found.Distances[(i * k)..((i + 1) * k)], Is.EqualTo(expected.Select(j => points.Distance(i, j))).Within(1e-5));
        }
    }

    [Test]
    public void Find_PointsFarFromZero_KeepsSmallDistances()
    {
        var points = new PointSet([1000, 1000, 1000, 1000.001f, -2000, 3], 3, [0, 1]);
        Assert.That(Neighbours.Find(points, 1, 1, default)!.Distance(0, 0), Is.EqualTo(points.Distance(0, 1)).Within(1e-6));
    }

    [Test]
    public void Find_MorePointsThanReferences_AgreesWithTheSameSample()
    {
        var points = Points(300, 4);
        var found = Neighbours.Find(points, 3, seed: 5, default, most: 40)!;
        var references = found.Indices.Distinct().ToArray();
        Assert.That(references, Has.Length.LessThanOrEqualTo(40));
        Assert.That(found.References, Is.EqualTo(40));
        Assert.That(found.SampleInWords, Does.Contain("sample of 40"));
        for (var i = 0; i < 300; i++) // none of the references that are known is nearer than those found
            Assert.That(references.Where(j => j != i).Min(j => points.Distance(i, j)), Is.EqualTo(found.Distance(i, 0)).Within(1e-5));
        Assert.That(Neighbours.Find(points, 3, seed: 5, default, most: 40)!.Indices, Is.EqualTo(found.Indices));
        Assert.That(Neighbours.Find(points, 3, seed: 6, default, most: 40)!.Indices, Is.Not.EqualTo(found.Indices));
    }

    [Test]
    public void Find_EqualPoints_AreTheLowerFirst()
    {
        var points = new PointSet([1, 1, 1, 1, 5], 5, [0]);
        Assert.That(Neighbours.Find(points, 2, 1, default)!.Indices[..4], Is.EqualTo(new[] { 1, 2, 0, 2 }));
    }

    [Test]
    public void Find_Cancelled_Throws() =>
        Assert.That(() => Neighbours.Find(Points(50, 2), 3, 1, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());

    private static PointSet Points(int rows, int columns) => new(new Planted(2, 2).Draw(rows * columns), rows, [.. Enumerable.Range(0, columns)]);
}
