namespace Ilt.Detectors.Tests;

/// <summary>docs/reference/detectors.md has what the catalog has: no second list of names and sentences.</summary>
public class DocumentationTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Checkout(), "docs", "reference", "detectors.md"));

    [Test]
    public void Page_Table_IsTheCatalog() => Assert.That(
        Page.Where(line => line.StartsWith("| [", StringComparison.Ordinal)),
        Is.EqualTo(DetectorCatalog.Plain.Select(detector => $"| [{detector.Name}](#{detector.Name.Replace("/", "", StringComparison.Ordinal)}) | {detector.Summary} |")));

    [Test]
    public void Page_HasASectionForEach_ThatBeginsWithItsSentence()
    {
        int[] heads = [.. Enumerable.Range(0, Page.Length).Where(i => Page[i].StartsWith("## ", StringComparison.Ordinal))];
        Assert.That(heads.Select(i => Page[i][3..]), Is.EqualTo(DetectorCatalog.Plain.Select(detector => detector.Name)));
        foreach (var (i, detector) in heads.Zip(DetectorCatalog.Plain))
        {
            Assert.That(Page[i + 2], Is.EqualTo(char.ToUpperInvariant(detector.Summary[0]) + detector.Summary[1..] + "."));
            foreach (var part in new[] { "source", "fits beside the training", "of which tasks", "good", "bad" })
                Assert.That(Page.Skip(i).Take(13), Has.Some.StartsWith($"| {part} | "), $"{detector.Name}: {part}");
        }
    }

    private static string Checkout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ilt.MLNet.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Ilt.MLNet.sln");
        return folder;
    }
}
