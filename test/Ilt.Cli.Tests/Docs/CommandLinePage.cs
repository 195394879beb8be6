using System.Text;

namespace Ilt.Cli.Tests.Docs;

/// <summary>Writes docs/reference/command-line.md from <c>--help</c>.</summary>
internal static class CommandLinePage
{
    /// <summary>The commands in the order of the page.</summary>
    public static IReadOnlyList<string> Commands { get; } = ["audit", "flag", "report", "resume", "predict", "export", "list", "corrupt", "evaluate", "fix", "generate", "experiment", "demo"];

    /// <summary>The page.</summary>
    public static string Write()
    {
        var page = new StringBuilder("# Command line\n\nWritten from `ilt --help`; a test compares. Examples are in the guide: [tables](../guide/tables.md), "
            + "[images](../guide/images.md), [people](../guide/people.md).\nWhat the commands write, and their exit codes: [files](files.md).\n");
        var program = HelpText.Of("");
        page.Append($"\n{program.Description}\n");
        foreach (var (title, rows) in program.Sections.Where(section => section.Title == "Commands")) Table(page, title, rows, row => $"[ilt {row.Split(' ')[0]}](#ilt-{row.Split(' ')[0]})");
        foreach (var command in Commands)
        {
            var help = HelpText.Of(command);
            page.Append($"\n## ilt {command}\n\n{help.Description}.\n\n    {help.Usage}\n");
            foreach (var (title, rows) in help.Sections) Table(page, title, rows, row => $"`{row.Replace("|", @"\|")}`");
        }
        return page.ToString();
    }

    private static void Table(StringBuilder page, string title, IEnumerable<(string Left, string Right)> rows, Func<string, string> name)
    {
        page.Append($"\n| {title} | |\n| --- | --- |\n");
        foreach (var (left, right) in rows.Where(row => !row.Left.StartsWith("-?", StringComparison.Ordinal)))
        {
            var required = left.EndsWith(" (REQUIRED)", StringComparison.Ordinal);
            page.Append($"| {name(left.Replace(" (REQUIRED)", ""))} | {(required ? "**required** " : "")}{Escaped(right)} |\n");
        }
    }

    private static string Escaped(string text) => text.Replace("|", @"\|").Replace("<", @"\<").Replace("*", @"\*").Replace("_", @"\_");
}
