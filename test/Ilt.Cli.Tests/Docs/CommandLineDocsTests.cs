using System.Text.RegularExpressions;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Docs;

/// <summary>The pages of docs/ know the command line as it is.</summary>
public sealed partial class CommandLineDocsTests
{
    private static readonly string Root = Checkout.Root;

    private static IEnumerable<string> Pages =>
        ["README.md", "examples/README.md", .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    [Test]
    public void CommandLinePage_Holds_WhatHelpSays()
    {
        var expected = CommandLinePage.Write();
        var page = Path.Combine(Root, "docs/reference/command-line.md");
        var found = File.Exists(page) ? File.ReadAllText(page).ReplaceLineEndings("\n") : "";
        if (found == expected) return;
        var written = Path.Combine(TestContext.CurrentContext.WorkDirectory, "command-line.md");
        File.WriteAllText(written, expected);
        Assert.Fail($"docs/reference/command-line.md is not what --help says; copy {written} over it");
    }

    [Test]
    public void CommandLinePage_NamesEveryCommand()
    {
        var commands = HelpText.Of("").Sections.Single(section => section.Title == "Commands").Rows.Select(row => row.Left.Split(' ')[0]);
        Assert.That(CommandLinePage.Commands, Is.EquivalentTo(commands));
    }

    [TestCaseSource(nameof(Pages))]
    public void Page_CommandsOfIlt_HaveTheOptionsItUses(string page)
    {
        var text = File.ReadAllText(Path.Combine(Root, page)).ReplaceLineEndings("\n").Replace("\\\n", " ");
        foreach (Match call in Call().Matches(text))
        {
            var command = call.Groups[1].Value;
            Assert.That(CommandLinePage.Commands, Does.Contain(command), $"{page}: {call.Value}");
            var options = HelpText.Of(command).Options.ToHashSet();
            foreach (Match option in Option().Matches(call.Groups[2].Value))
                Assert.That(options, Does.Contain(option.Value), $"{page}: {call.Value}");
        }
    }

    // A command in a block of its own, or between backticks; up to the end of either.
    [GeneratedRegex(@"(?:^    (?:\$ )?|`)(?:build/)?ilt ([a-z]+)([^`\n]*)", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<=[\s`])--[a-z][a-z-]*")]
    private static partial Regex Option();
}
