namespace Ilt.Cli.Output;

/// <summary>Shows how far a large table has been read, to a person who watches.</summary>
internal static class ReadingDisplay
{
    /// <summary>What takes the share that has been read, 0 to 1; null where nobody watches.</summary>
    public static Action<double>? Of(CliContext context, string path) => context.Interactive
        ? share =>
        {
            context.Out.Write(FormattableString.Invariant($"\r{path}: {share:P0} read "));
            if (share >= 1)
                context.Out.Write($"\r{new string(' ', path.Length + 14)}\r");
        }
        : null;
}
