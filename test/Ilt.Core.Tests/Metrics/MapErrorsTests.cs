namespace Ilt.Metrics;

[TestFixture]
public sealed class MapErrorsTests
{
    [Test]
    public void Metrics_RandomMaps_EqualTheirDefinitions([Range(0, 4)] int seed)
    {
        var random = new Random(seed);
        var given = Enumerable.Range(0, 300).Select(i => i % 7 == 0 ? float.NaN : i % 11 == 0 ? 0 : (random.NextSingle() * 4) - 2).ToArray();
        var predicted = given.Select(_ => random.NextSingle()).ToArray();
        var (errors, part) = (new MapErrors(), new MapErrors());
        errors.Add(given.AsSpan(0, 100), predicted.AsSpan(0, 100));
        part.Add(given.AsSpan(100), predicted.AsSpan(100));
        errors.Add(part);

        var pairs = given.Zip(predicted).Where(pair => !float.IsNaN(pair.First)).Select(pair => (Given: (double)pair.First, Error: (double)pair.Second - pair.First)).ToArray();
        Assert.That(errors.Total, Is.EqualTo(pairs.Length));
        Assert.That(errors.MeanAbsolute, Is.EqualTo(pairs.Average(pair => Math.Abs(pair.Error))).Within(1e-9));
        Assert.That(errors.MeanRelative, Is.EqualTo(pairs.Where(pair => pair.Given != 0).Average(pair => Math.Abs(pair.Error / pair.Given))).Within(1e-9));
        Assert.That(errors.RootMeanSquare, Is.EqualTo(Math.Sqrt(pairs.Average(pair => pair.Error * pair.Error))).Within(1e-9));
    }

    [Test]
    public void Metrics_NothingCounted_AreNaN()
    {
        var errors = new MapErrors();
        errors.Add([float.NaN], [1f]);

        Assert.That(new[] { errors.MeanAbsolute, errors.MeanRelative, errors.RootMeanSquare }, Is.All.NaN);
        Assert.That(() => errors.Add([1f], [1f, 2f]), Throws.ArgumentException);
    }
}
