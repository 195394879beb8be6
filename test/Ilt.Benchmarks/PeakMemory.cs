using System.Globalization;

namespace Ilt.Benchmarks;

/// <summary>The most memory this process has had since a moment, native memory included. Linux only: others cannot forget an old peak.</summary>
internal static class PeakMemory
{
    /// <summary>Forgets the old peak.</summary>
    /// <returns>Bytes in use; 0 where it cannot be told.</returns>
    public static long Reset()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
        return Read("VmRSS:");
    }

    /// <summary>The most since <see cref="Reset"/>, in bytes.</summary>
    public static long Highest() => Read("VmHWM:");

    // As in "VmHWM:	  123456 kB".
    private static long Read(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
