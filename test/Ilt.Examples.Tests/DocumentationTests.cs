namespace Ilt.Examples.Tests;

/// <summary>What README.md and docs/ show is what runs, and their links lead somewhere.</summary>
public class DocumentationTests
{
    private static IEnumerable<string> Pages => Documentation.Pages;

    private static IEnumerable<string> Sources => Documentation.Sources;

    [TestCaseSource(nameof(Pages))]
    public void Page_CSharpCode_IsRunByATest(string page)
    {
        var regions = Sources.Select(source => "\n" + string.Join("\n", Documentation.Region(source)) + "\n").ToList();
        foreach (var block in Documentation.Code(page))
        {
            Assert.That(regions.Any(region => region.Contains($"\n{block}\n", StringComparison.Ordinal)), Is.True,
                $"{page} shows code that stands between no '// <readme>' and '// </readme>' of {string.Join(", ", Sources)}:\n{block}");
        }
    }

    [TestCaseSource(nameof(Sources))]
    public void Region_OfASource_IsShown(string source)
    {
        var region = string.Join("\n", Documentation.Region(source));
        Assert.That(Pages.Any(page => Documentation.Code(page).Contains(region)), Is.True, $"copy the region of {source} into a page of docs/");
    }

    [Test]
    public void Sources_AreThoseOfTheGuide()
        => Assert.That(Sources, Has.Exactly(5).StartsWith("examples/").And.Exactly(6).StartsWith("test/"), "a source more is welcome: raise the number");

    [TestCaseSource(nameof(Pages))]
    public void Page_Links_LeadSomewhere(string page)
    {
        foreach (var link in Documentation.Links(page))
        {
            var (file, anchor) = link.Split('#') is [var path, var name] ? (path, name) : (link, null);
            var target = Target(page, file);
            var full = Path.Combine(Documentation.Root, target);
            Assert.That(File.Exists(full) || Directory.Exists(full), Is.True, $"{page}: {link} leads to no file");
            if (anchor is not null)
                Assert.That(Documentation.Anchors(target), Does.Contain(anchor), $"{page}: {link} leads to no heading");
        }
    }

    [Test]
    public void Docs_EveryPage_IsListedInAnIndex()
    {
        string[] indexes = ["docs/index.md", "docs/results/index.md"];
        var listed = indexes.SelectMany(index => Documentation.Links(index).Select(link => Target(index, link.Split('#')[0])));
        Assert.That(Pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).Except(indexes), Is.SubsetOf(listed));
    }

    [Test]
    public void Readme_FitsOneScreen()
    {
        var readme = Documentation.Read("README.md");
        Assert.That(readme.Count(c => c == '\n'), Is.LessThanOrEqualTo(66));
        Assert.That(readme, Has.Length.LessThanOrEqualTo(4500));
    }

    [Test]
    public void Anchors_OfHeadings_AreThoseOfMarkdownViewers()
    {
        var anchors = Documentation.Anchors("docs/contributing/architecture.md");
        Assert.That(anchors, Does.Contain("how-torchsharps-native-library-is-loaded").And.Contain("the-way-of-a-row"));
    }

    private static string Target(string page, string link) => link.Length == 0
        ? page
        : Path.GetRelativePath(Documentation.Root, Path.GetFullPath(Path.Combine(Documentation.Root, page, "..", link))).Replace('\\', '/');
}
