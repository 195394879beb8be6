using System.CommandLine;

namespace Ilt.Cli.Commands;

/// <summary>The option that names what people have said of labels after looking at them, alike in all commands.</summary>
internal sealed class ReviewOptionSet
{
    /// <summary>The option's name.</summary>
    public const string Name = "--reviewed";

    private readonly Option<string?> reviewed = OptionValues.Text(
        Name,
        "What you found when you looked: a table with the columns id, task, verdict (right, wrong, corrected) and label (of corrected ones, as the table would have it). "
        + "Right and corrected labels are trusted and never suspected again, wrong ones are taken away; the table itself is not changed",
        "FILE");

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(reviewed);

    /// <summary>The file; null: none was named.</summary>
    public string? Read(ParseResult parse) => parse.GetValue(reviewed);
}
