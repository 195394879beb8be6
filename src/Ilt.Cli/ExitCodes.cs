namespace Ilt.Cli;

/// <summary>What the program answers to the shell.</summary>
internal static class ExitCodes
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>Bad use or bad data; one line on standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>Cancelled by Ctrl-C.</summary>
    public const int Cancelled = 130;

    /// <summary>Cancelled because the terminal went away (SIGHUP).</summary>
    public const int HungUp = 129;

    /// <summary>Cancelled by SIGTERM.</summary>
    public const int Terminated = 143;
}
