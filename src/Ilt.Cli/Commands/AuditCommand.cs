using System.CommandLine;
using Ilt.Cli.Output;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt audit</c>: from a file to a report.</summary>
internal static class AuditCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "audit";

    /// <summary>What it does, in one line.</summary>
    public const string Description =
        "Audit the labels of a table, or of images: how many are wrong, which, what they should be, and what else is wrong with the data; one page to read (audit.html)";

    /// <summary>The command: that of ilt flag, with all that a report needs.</summary>
    public static Command Create(CliContext context) => FlagCommand.Create(context, Name, Description, isAudit: true);
}
