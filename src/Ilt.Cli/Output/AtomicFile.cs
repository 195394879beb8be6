using System.Text.RegularExpressions;

namespace Ilt.Cli.Output;

/// <summary>Writes files whole or not at all: to a temporary name beside the target, then renamed.</summary>
internal static partial class AtomicFile
{
    /// <summary>Writes the file, replacing an old one; a failure is a <see cref="UserErrorException"/> and leaves nothing behind.</summary>
    public static void Write(string path, Action<Stream> write) => WriteNamed(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite);
        write(stream);
    });

    /// <summary>The same, for writers that open the file themselves: they are given the temporary name.</summary>
    public static void WriteNamed(string path, Action<string> write)
    {
        var temporary = Temporary(path);
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be written ({e.Message.TrimEnd('.')}); free the place or choose another.", e);
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <summary>Checks that a file could be written there, before the work starts whose result it shall hold.</summary>
    public static void RequireWritable(string path, string option)
    {
        if (Directory.Exists(path))
            throw new UserErrorException($"{option} {path}: is a directory; name a file.");
        if (Place.IsDevice(path))
            throw new UserErrorException($"{option} {path}: is a device or a pipe, which cannot be written whole or not at all; name a file.");
        RequireFolder(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{option} {path}");
        Probe(path, $"{option} {path}");
    }

    /// <summary>Refuses to write over a file that the command reads.</summary>
    public static void RequireOther(string path, string option, string source)
    {
        if (Place.AreSame(path, source))
            throw new UserErrorException($"{option} {path}: is the file that is read; name another, so that it is not lost.");
    }

    /// <summary>Checks that files could be written in a folder, which is made if absent.</summary>
    public static void RequireWritableFolder(string folder, string option)
    {
        if (Place.IsDevice(folder))
            throw new UserErrorException($"{option} {folder}: is a device, or a folder of the system's; name another folder.");
        if (File.Exists(folder))
            throw new UserErrorException($"{option} {folder}: is a file; name a folder.");
        RequireFolder(folder, $"{option} {folder}");
        Probe(Path.Combine(folder, "probe"), $"{option} {folder}");
    }

    private static void RequireFolder(string folder, string what)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw NotWritable(what, e);
        }
    }

    private static void Probe(string path, string what)
    {
        var temporary = Temporary(path);
        try
        {
            File.WriteAllBytes(temporary, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw NotWritable(what, e);
        }
        finally
        {
            Remove(temporary);
        }
    }

    private static UserErrorException NotWritable(string what, Exception e) =>
        new($"{what}: cannot be written to ({e.Message.TrimEnd('.')}); choose a place where you may write.", e);

    private static string Temporary(string path) => $"{path}.{Environment.ProcessId}.tmp";

    /// <summary>Deletes the temporary files that killed processes left of a file; the caller holds its lock, so that nobody is writing one.</summary>
    public static void RemoveLeftoversOf(string path)
    {
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
        foreach (var left in Directory.EnumerateFiles(folder, "*.tmp").Where(file => IsTemporaryOf(Path.GetFileName(file), name)).ToArray())
            Remove(left);
    }

    private static bool IsTemporaryOf(string file, string name) =>
        file.Length > name.Length + 5 && file.StartsWith(name + ".", StringComparison.Ordinal) && file[(name.Length + 1)..^4].All(char.IsAsciiDigit);

    /// <summary>Deletes the temporary files that a killed run left in a folder, and in some of those in it.</summary>
    public static void RemoveLeftovers(string folder, params IEnumerable<string> within)
    {
        var paths = within.Select(name => Path.Combine(folder, name)).Where(Directory.Exists)
            .SelectMany(sub => Directory.EnumerateFiles(sub, "*.tmp", SearchOption.AllDirectories)).Concat(Directory.EnumerateFiles(folder, "*.tmp"));
        foreach (var path in paths.Where(path => Leftover().IsMatch(Path.GetFileName(path))).ToArray())
            Remove(path);
    }

    [GeneratedRegex(@"(^probe|\.(csv|json|zip|png))\.\d+\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex Leftover();

    /// <summary>Deletes a file if it is there; a failure to do so is left to whoever writes there next.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that brought us here is the one worth reporting.
        }
    }
}
