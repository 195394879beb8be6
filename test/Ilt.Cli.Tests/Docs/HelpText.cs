using System.CommandLine;
using System.Text.RegularExpressions;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Docs;

/// <summary>What <c>--help</c> prints for a command, in parts.</summary>
/// <param name="Name">The command, empty for the program itself.</param>
/// <param name="Description">What it does.</param>
/// <param name="Usage">Its usage line.</param>
/// <param name="Sections">Arguments, options and commands: the two columns of each list.</param>
internal sealed partial record HelpText(string Name, string Description, string Usage, IReadOnlyList<(string Title, IReadOnlyList<(string Left, string Right)> Rows)> Sections)
{
    /// <summary>Asks for the help of a command.</summary>
    public static HelpText Of(string command)
    {
        var help = CliRun.Done(command.Length == 0 ? ["--help"] : [command, "--help"]).ReplaceLineEndings("\n");
        var parts = Title().Split(help)[1..]; // title, body, title, body, ...
        var bodies = parts.Chunk(2).ToDictionary(part => part[0], part => part[1].Trim('\n').Split('\n').Select(line => line.Trim()).ToArray());
        return new HelpText(
            command, string.Join(" ", bodies["Description"]),
            // The help calls the program by the name of the process, here that of the test host.
            string.Join(" ", bodies["Usage"]).Replace(RootCommand.ExecutableName, "ilt", StringComparison.Ordinal),
            [.. bodies.Where(body => body.Key is not ("Description" or "Usage")).Select(body => (body.Key, Rows(body.Value)))]);
    }

    /// <summary>The names of all options.</summary>
    public IEnumerable<string> Options => Sections.Where(section => section.Title == "Options").SelectMany(section => section.Rows)
        .SelectMany(row => row.Left.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)).Where(word => word.StartsWith('-'));

    private static IReadOnlyList<(string Left, string Right)> Rows(IEnumerable<string> lines) =>
        [.. lines.Select(line => Gap().Split(line, 2)).Select(columns => (columns[0], columns.Length > 1 ? columns[1] : ""))];

    [GeneratedRegex(@"^([A-Z][a-z]+):$", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
