namespace Ilt.Cli.Output;

/// <summary>The right to write to a place, held by one process at a time; the system takes it back when the process ends, however it ends.</summary>
internal sealed class OutputLock : IDisposable
{
    private const string Name = ".ilt-lock";

    private readonly string path;
    private readonly FileStream? file;

    private OutputLock(string path, FileStream? file) => (this.path, this.file) = (path, file);

    /// <summary>Takes a folder, which exists.</summary>
    /// <exception cref="UserErrorException">Another process, or another command of this one, writes there.</exception>
    public static OutputLock OfFolder(string folder, string option) => Take(Path.Combine(folder, Name), $"{option} {folder}");

    /// <summary>Takes a file, whose folder exists.</summary>
    /// <exception cref="UserErrorException">Another process, or another command of this one, writes it.</exception>
    public static OutputLock OfFile(string file, string option) =>
        Take(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, $".{Path.GetFileName(file)}{Name}"), $"{option} {file}");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (file is null) return;
        AtomicFile.Remove(path); // while it is held, so that nobody has taken it
        file.Dispose();
    }

    private static OutputLock Take(string path, string what)
    {
        while (true)
        {
            FileStream? file = null;
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                // Whoever held it before may have removed the file between our opening and locking it: then ours is not the one of the next.
                if (File.Exists(path) && (!OperatingSystem.IsLinux() || Place.AreSame(path, FormattableString.Invariant($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}"))))
                    return new OutputLock(path, file);
                file.Dispose();
            }
            catch (IOException e) when (e.HResult is 11 or 35 or unchecked((int)0x80070020)) // EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION
            {
                file?.Dispose();
                throw new UserErrorException($"{what}: another process writes there right now; wait for it, or name another place.", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                file?.Dispose();
                return new OutputLock(path, null); // a file system without locks; that the place can be written to has been checked
            }
        }
    }
}
