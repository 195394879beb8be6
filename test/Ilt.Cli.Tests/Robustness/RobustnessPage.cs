using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Robustness;

/// <summary>The page of results that the long run fills in.</summary>
internal static class RobustnessPage
{
    private const string Begin = "<!-- the table below is written by the test -->", End = "<!-- end of the table -->";

    /// <summary>Puts the table into the page.</summary>
    public static void Write(string table)
    {
        var path = Path.Combine(Checkout.Root, "docs", "results", "robustness.md");
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        File.WriteAllText(path, $"{text[..begin]}\n\n{table.ReplaceLineEndings("\n").Trim()}\n\n{text[end..]}");
    }
}
