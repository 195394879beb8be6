using Microsoft.Win32.SafeHandles;

namespace Ilt.Imaging;

/// <summary>Files for what memory does not hold. Where the system allows it they have no name while they are used, so that nothing is left of a killed process.</summary>
internal static class ScratchFile
{
    private const string Prefix = "ilt-pixels-";

    // A file is made and locked in two steps, between which it must not be taken for one of a dead process.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>Makes an empty one, and removes those in the folder that processes left which are gone.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written to.</exception>
    public static SafeFileHandle Create(string folder)
    {
        RemoveLeftovers(folder);
        var path = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}");
        // Windows has no files without a name; there the system deletes the file with its process.
        var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose | FileOptions.RandomAccess : FileOptions.RandomAccess;
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, options);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }

    private static void RemoveLeftovers(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*").ToArray())
        {
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < Settled) continue;
                // What a living process uses is locked by it.
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or another user's.
            }
        }
    }
}
