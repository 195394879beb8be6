using System.Text.RegularExpressions;

namespace Ilt.Examples.Tests;

/// <summary>The pages a reader sees, and the sources whose code they show.</summary>
internal static partial class Documentation
{
    /// <summary>The folder of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>README.md, docs/ and the other pages that a reader comes across, relative to <see cref="Root"/>, with forward slashes.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "src/README.md", "examples/README.md", "examples/body/README.md",
        "test/Ilt.Benchmarks/README.md",
        .. Files("docs", "*.md").Order(StringComparer.Ordinal),
    ];

    /// <summary>Sources that hold code between the comments <c>&lt;readme&gt;</c> and <c>&lt;/readme&gt;</c>; tests run all of it.</summary>
    public static IReadOnlyList<string> Sources { get; } =
        [.. Files("examples", "*.cs").Concat(Files("test/Ilt.Examples.Tests", "*.cs")).Where(file => Region(file).Count > 0).Order(StringComparer.Ordinal)];

    /// <summary>A file's text with line feeds.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file)).ReplaceLineEndings("\n");

    /// <summary>The lines of a source between the two comments, without their indentation; none where it has no such comments.</summary>
    public static IReadOnlyList<string> Region(string source)
    {
        var lines = Read(source).Split('\n');
        var from = Array.FindIndex(lines, line => line.Trim() == "// <readme>");
        var to = Array.FindIndex(lines, line => line.Trim() == "// </readme>");
        if (from < 0 || to < from) return [];
        var indentation = lines[from].Length - lines[from].TrimStart().Length;
        return [.. lines[(from + 1)..to].Select(line => line.Length > indentation ? line[indentation..] : "")];
    }

    /// <summary>The C# blocks of a page.</summary>
    public static IEnumerable<string> Code(string page) => CSharpBlock().Matches(Read(page)).Select(match => match.Groups[1].Value);

    /// <summary>The targets of a page's links that lead to other files of the checkout or within the page.</summary>
    public static IEnumerable<string> Links(string page) =>
        Link().Matches(Code().Replace(Fence().Replace(Read(page), ""), "")).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>The anchors that the usual Markdown viewers give the headings of a page.</summary>
    public static IReadOnlySet<string> Anchors(string page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match heading in Heading().Matches(Fence().Replace(Read(page), "")))
        {
            var words = heading.Groups[1].Value.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_');
            var anchor = string.Concat(words).Replace(' ', '-');
            for (var (name, copy) = (anchor, 1); !anchors.Add(name); copy++) name = $"{anchor}-{copy}";
        }
        return anchors;
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ilt.MLNet.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Ilt.MLNet.sln");
        return folder;
    }

    [GeneratedRegex("^```csharp\n(.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
