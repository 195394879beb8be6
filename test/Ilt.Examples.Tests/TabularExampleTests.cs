namespace Ilt.Examples.Tests;

/// <summary>The example of the documentation runs and finds what was made wrong.</summary>
public class TabularExampleTests
{
    [Test]
    public void Main_FlatsWithWrongLabels_RanksWrongOnesFirstAndSavesTheModel()
    {
        var modelFile = Path.Combine(TestContext.CurrentContext.WorkDirectory, "flats-test.zip");
        var output = Example.Output(() => Tabular.Program.Main([Path.Combine(AppContext.BaseDirectory, "flats.csv"), modelFile]));
        var wrong = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "flats-wrong.csv")).Skip(1).Select(line => line.Split(','))
            .Where(fields => fields[2] == "1").Select(fields => $"{fields[1]} {fields[0]}").ToHashSet();
        var suspects = output.Where(line => line.Contains(": given ", StringComparison.Ordinal)).Select(line => line.Split(':')[0]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(suspects, Has.Count.EqualTo(10));
            Assert.That(suspects.Count(wrong.Contains), Is.EqualTo(10), string.Join(", ", suspects));
            Assert.That(output[^1], Does.StartWith("kind accuracy 9"));
            Assert.That(new FileInfo(modelFile).Length, Is.GreaterThan(10_000));
        });
    }
}
