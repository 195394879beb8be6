namespace Ilt.Cli.Commands;

/// <summary>Options under the name they had in the version before: still understood, for this version, with a line that says the new one.</summary>
internal static class RenamedOptions
{
    private static readonly (string Command, string Old, string New)[] Names =
    [
        ("corrupt", "--mask", "--truth"),
        ("evaluate", "--mask", "--truth"),
    ];

    /// <summary>The command line with new names in place of old ones.</summary>
    public static string[] Replace(string[] args, TextWriter error)
    {
        foreach (var (command, old, name) in Names)
        {
            if (args.Length == 0 || args[0] != command || !args.Any(arg => Is(arg, old)))
                continue;
            error.WriteLine($"ilt: {old} is called {name} now; the old name goes with the next version.");
            args = [.. args.Select(arg => Is(arg, old) ? name + arg[old.Length..] : arg)];
        }

        return args;
    }

    private static bool Is(string arg, string option) => arg == option || arg.StartsWith(option + "=", StringComparison.Ordinal) || arg.StartsWith(option + ":", StringComparison.Ordinal);
}
