using System.Globalization;

namespace Ilt.Cli;

/// <summary>Says which limit of the system a failure comes from, and what raises it.</summary>
internal static class SystemLimits
{
    private const int TooManyFilesInProcess = 24, TooManyFilesInSystem = 23;

    /// <summary>Files that may be open, at least: the libraries alone take some 150, and what fails without one more says anything but that.</summary>
    public const int FewestFiles = 256;

    private const string LimitsFile = "/proc/self/limits";

    /// <summary>What to say where the process may open too few files; null: it may open enough, or nobody says how many.</summary>
    public static string? FewFiles()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return FewFiles(File.ReadAllText(LimitsFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same by what the system says of all limits.</summary>
    public static string? FewFiles(string limits)
    {
        // Name, soft limit, which .NET raises to the hard one, hard limit, unit.
        const string Name = "Max open files";
        var at = limits.IndexOf(Name, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var line = limits[(at + Name.Length)..].Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return line.Length > 1 && int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most < FewestFiles
            ? FormattableString.Invariant($"this process may open {most} files, and the libraries alone take some 150: raise the limit with ulimit -n 1024, and start again.")
            : null;
    }

    /// <summary>The sentence; null where the failure is of another kind.</summary>
    public static string? Explain(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is OutOfMemoryException || IsAllocation(e.Message))
                return "there is not enough memory (ulimit -v, the limit of a container, or the machine's own): free some, raise the limit, or give smaller --batch, --width, --size or --memory.";
            if (IsTooManyFiles(e))
                return "too many files are open for this process: raise the limit with ulimit -n 1024 (a few hundred are enough), and start again.";
        }

        return null;
    }

    // .NET's own errors come as numbers, those of the system's loader as words. A type that cannot be loaded for want of a file says so far down.
    private static bool IsTooManyFiles(Exception e) =>
        e is IOException { HResult: TooManyFilesInProcess or TooManyFilesInSystem } || e.Message.Contains("Too many open files", StringComparison.OrdinalIgnoreCase);

    private static bool IsAllocation(string message) =>
        message.Contains("DefaultCPUAllocator", StringComparison.Ordinal) || message.Contains("bad_alloc", StringComparison.Ordinal)
        || message.Contains("Cannot allocate memory", StringComparison.OrdinalIgnoreCase) || message.Contains("failed to map segment", StringComparison.OrdinalIgnoreCase);
}
