namespace Ilt.Cli.Output;

/// <summary>Fills a folder whole or not at all: everything is made in a folder of its own within it, and moved at the end.</summary>
internal static class OutputFolder
{
    /// <summary>Checks that the folder can be filled, before the work starts whose result it shall hold.</summary>
    /// <param name="folder">The folder; may be absent.</param>
    /// <param name="what">How the command line names it, for messages.</param>
    /// <param name="overwrite">Whether it may hold something already.</param>
    /// <param name="entries">Files and folders that it will get.</param>
    /// <param name="read">What the command reads.</param>
    public static void RequireFree(string folder, string what, bool overwrite, IReadOnlyList<string> entries, params IEnumerable<string> read)
    {
        RequireOther(folder, what, entries, read);
        if (Directory.Exists(folder) && !Place.IsDevice(folder))
            using (OutputLock.OfFolder(folder, what)) { }
        if (!overwrite && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(path => !IsLeftover(path)))
            throw new UserErrorException($"{what} {folder}: is not empty; name another folder, or say --overwrite to replace {string.Join(", ", entries)} in it.");
        var existed = Directory.Exists(folder);
        AtomicFile.RequireWritableFolder(folder, what);
        if (!existed)
            Directory.Delete(folder);
    }

    /// <summary>Refuses a folder that is read as a whole, or in which something that is read would be replaced.</summary>
    public static void RequireOther(string folder, string what, IReadOnlyList<string> entries, IEnumerable<string> read)
    {
        foreach (var source in read)
        {
            if (Place.AreSame(source, folder))
                throw new UserErrorException($"{what} {folder}: is {(Directory.Exists(source) ? "the folder" : "a file")} that is read; name another, so that nothing in it is lost.");
            if (entries.FirstOrDefault(name => Place.IsWithin(source, Path.Combine(folder, name)) || Place.AreSame(source, Path.Combine(folder, name))) is { } entry)
                throw new UserErrorException($"{what} {folder}: {Path.Combine(folder, entry)} would be replaced, and {source} is read; name another folder, so that it is not lost.");
        }
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
            Directory.CreateDirectory(folder);
            using var held = OutputLock.OfFolder(folder, "the folder");
            foreach (var left in Directory.EnumerateDirectories(folder).Where(IsLeftover).ToArray())
                Directory.Delete(left, recursive: true);
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
            if (!existed && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
    }

    // What a killed process was filling.
    private static bool IsLeftover(string path) =>
        Path.GetFileName(path) is ['.', .. var number, '.', 't', 'm', 'p'] && number.Length > 0 && number.All(char.IsAsciiDigit) && Directory.Exists(path);

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
