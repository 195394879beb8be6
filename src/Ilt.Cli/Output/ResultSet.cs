using System.Text.Json;
using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Reports;

namespace Ilt.Cli.Output;

/// <summary>
/// The files of a run, which belong together. They are made in a folder of their own, and then the old ones go and the new ones come, by renaming: at no
/// moment does an old file lie beside a new one, and a kill in between leaves what the next command finishes. Other files of the folder stay.
/// </summary>
internal static class ResultSet
{
    /// <summary>The folder in which an incomplete result waits beside a complete one.</summary>
    public const string IncompleteName = "incomplete";

    // In the order in which they go; the record goes first and comes last, so that it never speaks of files that are not there.
    private static readonly string[] Entries =
        [RunRecord.FileName, NoiseScoresCsv.FileName, SavedModel.FileName, RegionFiles.FileName, RegionFiles.FolderName, BodyPictureFiles.FolderName, .. ReportFiles.Names];

    // What is being written; is whole, while the old ones go; comes, when they are gone; has gone.
    private const string Writing = ".ilt-writing", Whole = ".ilt-whole", Coming = ".ilt-coming", Gone = ".ilt-gone";

    /// <summary>Told of every rename, for tests that stop in between.</summary>
    internal static Action<string>? OnStep { get; set; }

    /// <summary>The files and folders that a run may write.</summary>
    public static IReadOnlyList<string> Names => Entries;

    /// <summary>Where the result of a run belongs: an incomplete one beside a complete one has a folder of its own.</summary>
    public static string PlaceOf(string folder, bool isComplete) => isComplete || !IsComplete(folder) ? folder : Path.Combine(folder, IncompleteName);

    /// <summary>Whether a folder holds the results of a run.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, RunRecord.FileName));

    /// <summary>Whether a folder holds the results of a run that came to its end.</summary>
    public static bool IsComplete(string folder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(folder, RunRecord.FileName));
            using var record = JsonDocument.Parse(file);
            return record.RootElement.TryGetProperty("complete", out var complete) && complete.ValueKind == JsonValueKind.True;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Removes the incomplete result beside a complete one, which is better; what else lies in its folder stays.</summary>
    public static void ForgetIncomplete(string folder)
    {
        var incomplete = Path.Combine(folder, IncompleteName);
        if (!Exists(incomplete)) return;
        try
        {
            foreach (var name in Entries) Remove(Path.Combine(incomplete, name));
            if (!Directory.EnumerateFileSystemEntries(incomplete).Any()) Directory.Delete(incomplete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{incomplete}: cannot be deleted ({e.Message.TrimEnd('.')}); delete it by hand: the complete result is in {folder}.", e);
        }
    }

    /// <summary>Replaces the result that a folder holds.</summary>
    /// <param name="folder">The folder; made where it is absent. The caller holds its lock.</param>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    /// <exception cref="UserErrorException">They cannot be written: the old result stays.</exception>
    public static T Write<T>(string folder, Func<string, T> write)
    {
        var writing = Path.Combine(folder, Writing);
        try
        {
            Settle(folder);
            Directory.CreateDirectory(writing);
            var result = write(writing);
            foreach (var file in Directory.EnumerateFiles(writing, "*", SearchOption.AllDirectories)) ToDisk(file);
            Directory.Move(writing, Path.Combine(folder, Whole));
            Settle(folder);
            return result;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{folder}: the results cannot be written ({e.Message.TrimEnd('.')}); free the place or choose another.", e);
        }
        finally
        {
            if (Directory.Exists(writing)) Directory.Delete(writing, recursive: true);
        }
    }

    /// <summary>Finishes what a killed process had begun to replace, and removes what it had not finished writing. Does nothing where there is nothing of it.</summary>
    public static void Settle(string folder)
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            Remove(Path.Combine(folder, Writing));
            if (Directory.Exists(Path.Combine(folder, Whole))) LetGo(folder);
            if (Directory.Exists(Path.Combine(folder, Coming))) LetCome(folder);
            Forget(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{folder}: the new results cannot take the place of the old ones ({e.Message.TrimEnd('.')}); close the programs that have files of it open, and start the command again.", e);
        }
    }

    /// <summary>The same for the folder of a file that is about to be read, where nobody is writing.</summary>
    public static void SettleAround(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!Directory.Exists(Path.Combine(folder, Whole)) && !Directory.Exists(Path.Combine(folder, Coming))) return;
        using var _ = OutputLock.OfFolder(folder, "the results in");
        Settle(folder);
    }

    private static void LetGo(string folder)
    {
        var (whole, gone) = (Path.Combine(folder, Whole), Path.Combine(folder, Gone));
        // Without a record of an earlier run, files of the same names are the user's, and only those that are replaced go.
        var isRun = Exists(folder) || Exists(gone);
        Directory.CreateDirectory(gone);
        foreach (var name in Entries.Where(name => isRun || Path.Exists(Path.Combine(whole, name)))) Step(Path.Combine(folder, name), Path.Combine(gone, name));
        Step(whole, Path.Combine(folder, Coming));
    }

    private static void LetCome(string folder)
    {
        var coming = Path.Combine(folder, Coming);
        foreach (var name in Entries.Reverse()) Step(Path.Combine(coming, name), Path.Combine(folder, name));
        Remove(coming);
    }

    private static void Forget(string folder)
    {
        var gone = Path.Combine(folder, Gone);
        if (Directory.Exists(gone))
        {
            // Pictures are ours by their names; what else lies among them is the user's.
            foreach (var file in Directory.EnumerateFiles(gone, "*", SearchOption.AllDirectories).Where(file => !IsOurs(Path.GetRelativePath(gone, file))).ToArray())
            {
                var back = Path.Combine(folder, Path.GetRelativePath(gone, file));
                Directory.CreateDirectory(Path.GetDirectoryName(back)!);
                if (!Path.Exists(back)) Step(file, back);
            }

            Remove(gone);
        }
    }

    private static bool IsOurs(string relative)
    {
        var parts = relative.Split(Path.DirectorySeparatorChar);
        return parts.Length == 1 || (parts.Length == 3 && parts[2].Length > 9 && parts[2][..4].All(char.IsAsciiDigit) && parts[2][4] == '-' && parts[2].EndsWith(".png", StringComparison.Ordinal));
    }

    private static void Step(string from, string to)
    {
        if (!Path.Exists(from)) return;
        OnStep?.Invoke(to);
        Remove(to);
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else File.Delete(path);
    }

    // What a rename makes visible must have reached the disk before, or a power cut leaves a name without content.
    private static void ToDisk(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }
}
