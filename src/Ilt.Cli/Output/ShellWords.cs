namespace Ilt.Cli.Output;

/// <summary>Words of a command line as a shell takes them.</summary>
internal static class ShellWords
{
    /// <summary>A word, in quotes where it holds a blank.</summary>
    public static string Quoted(string text) => text.Contains(' ') ? $"\"{text}\"" : text;
}
