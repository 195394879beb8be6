namespace Ilt.Examples.Tests;

/// <summary>Runs examples, and compares them with what README.md shows of them.</summary>
internal static class Example
{
    /// <summary>What an example prints, line by line.</summary>
    public static List<string> Output(Action example)
    {
        var before = Console.Out;
        using var writer = new StringWriter();
        Console.SetOut(writer);
        try
        {
            example();
        }
        finally
        {
            Console.SetOut(before);
        }
        return [.. writer.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>The lines between the comments <c>&lt;readme&gt;</c> and <c>&lt;/readme&gt;</c> of a source that lies beside the tests, without its indentation.</summary>
    public static IReadOnlyList<string> ReadmeRegion(string source)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, source));
        var from = Array.FindIndex(lines, line => line.Trim() == "// <readme>");
        var to = Array.FindIndex(lines, line => line.Trim() == "// </readme>");
        return [.. lines[(from + 1)..to].Select(line => line.Length > 8 ? line[8..] : "")];
    }

    /// <summary>Fails where README.md does not hold these lines.</summary>
    public static void RequireInReadme(IReadOnlyList<string> region, string source)
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");
        Assert.That(readme.Contains(string.Join("\n", region), StringComparison.Ordinal), Is.True, $"copy the region of {source} into README.md");
    }
}
