namespace Ilt.Cli.Output;

/// <summary>A file that a command is going to write.</summary>
internal static class OutputFile
{
    /// <summary>
    /// Checks that it can be written and is none of the files that the command reads, takes it for this process, and removes what killed ones left of it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="option">How the command line names it, for messages.</param>
    /// <param name="read">What the command reads.</param>
    /// <returns>To be disposed when it is written.</returns>
    public static OutputLock Take(string path, string option, params IEnumerable<string> read)
    {
        AtomicFile.RequireWritable(path, option);
        foreach (var source in read)
            AtomicFile.RequireOther(path, option, source);
        var held = OutputLock.OfFile(path, option);
        AtomicFile.RemoveLeftoversOf(path);
        return held;
    }
}
