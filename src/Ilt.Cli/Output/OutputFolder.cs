namespace Ilt.Cli.Output;

/// <summary>Fills a folder whole or not at all: everything is made in a folder of its own within it, and moved at the end.</summary>
internal static class OutputFolder
{
    /// <summary>Checks that the folder can be filled, before the work starts whose result it shall hold.</summary>
    /// <param name="folder">The folder; may be absent.</param>
    /// <param name="what">How the command line names it, for messages.</param>
    /// <param name="overwrite">Whether it may hold something already.</param>
    /// <param name="entries">Files and folders that it will get.</param>
    public static void RequireFree(string folder, string what, bool overwrite, IReadOnlyList<string> entries)
    {
        if (!overwrite && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UserErrorException($"{what} {folder}: is not empty; name another folder, or say --overwrite to replace {string.Join(", ", entries)} in it.");
        var existed = Directory.Exists(folder);
        AtomicFile.RequireWritableFolder(folder, what);
        if (!existed)
            Directory.Delete(folder);
    }

    /// <summary>Fills the folder. A failure leaves it as it was.</summary>
    /// <param name="folder">The folder; made where it is absent.</param>
    /// <param name="entries">Files and folders that <paramref name="write"/> makes; old ones are replaced, the first is moved last.</param>
    /// <param name="write">Makes them in the folder that it is given.</param>
    public static T Write<T>(string folder, IReadOnlyList<string> entries, Func<string, T> write)
    {
        var existed = Directory.Exists(folder);
        var temporary = Path.Combine(folder, $".{Environment.ProcessId}.tmp");
        try
        {
            Directory.CreateDirectory(temporary);
            var result = write(temporary);
            // What lists the others goes first and comes last, so that it never speaks of files that are not there.
            foreach (var name in entries)
                Remove(Path.Combine(folder, name));
            foreach (var name in entries.Reverse())
                Move(Path.Combine(temporary, name), Path.Combine(folder, name));
            existed = true;
            return result;
        }
        catch (Exception e) when (e is UnauthorizedAccessException)
        {
            throw new UserErrorException($"{folder}: cannot be written ({e.Message.TrimEnd('.')}); choose a place where you may write.", e);
        }
        finally
        {
            Remove(temporary);
            if (!existed && Directory.Exists(folder))
                Directory.Delete(folder);
        }
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else if (File.Exists(from))
            File.Move(from, to);
    }
}
