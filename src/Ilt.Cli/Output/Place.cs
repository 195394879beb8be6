using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ilt.Cli.Output;

/// <summary>What paths lead to, links followed.</summary>
internal static class Place
{
    private const int MostLinks = 40;

    private static StringComparison ByCase => OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether two paths are one file or folder, by symbolic or hard links too (hard ones on Linux); what is not there yet is where it would be made.</summary>
    public static bool AreSame(string one, string other) =>
        LinuxFile.Find(one) is { } first && LinuxFile.Find(other) is { } second
            ? first.Device == second.Device && first.Number == second.Number
            : string.Equals(Real(one), Real(other), ByCase);

    /// <summary>Whether a path is a folder, or lies in it.</summary>
    public static bool IsWithin(string path, string folder)
    {
        var (inner, outer) = (Real(path), Path.TrimEndingDirectorySeparator(Real(folder)));
        return string.Equals(inner, outer, ByCase) || inner.StartsWith(outer + Path.DirectorySeparatorChar, ByCase);
    }

    /// <summary>Whether a path is a device, a pipe or a socket, or a file that the system makes up: nothing that can be replaced by a file.</summary>
    public static bool IsDevice(string path)
    {
        if (OperatingSystem.IsWindows()) return false; // the system itself gives no such names to files
        // A name in /dev may lead to a plain file, as /dev/stdout does where it is redirected; it is the name that would be replaced.
        var full = Path.GetFullPath(path);
        var name = Path.Combine(Real(Path.GetDirectoryName(full) ?? full), Path.GetFileName(full));
        return IsOfSystem(name) || IsOfSystem(Real(path)) || LinuxFile.Find(path) is { IsPlain: false };

        static bool IsOfSystem(string real) => (Below(real, "/dev/") && !Below(real, "/dev/shm/")) || Below(real, "/proc/") || Below(real, "/sys/");
        static bool Below(string real, string folder) => real.StartsWith(folder, StringComparison.Ordinal);
    }

    /// <summary>The full path without links, as far as it exists.</summary>
    public static string Real(string path) => Real(Path.GetFullPath(path), MostLinks);

    private static string Real(string full, int links)
    {
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (links > 0 && Target(real) is { } target) real = Real(Path.GetFullPath(target), links - 1);
        }

        return real;
    }

    private static string? Target(string path)
    {
        try
        {
            var info = new FileInfo(path);
            return info.LinkTarget is { } target ? Path.Combine(Path.GetDirectoryName(path)!, target) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What Linux knows a file by; .NET does not tell.</summary>
    private readonly record struct LinuxFile(ulong Device, ulong Number, bool IsPlain)
    {
        private const int CurrentFolder = -100, Length = 256, ModeAt = 28, NumberAt = 32, DeviceAt = 136;
        private const uint BasicFacts = 0x7ff;
        private const int TypeMask = 0xF000, Folder = 0x4000, File = 0x8000;

        public static LinuxFile? Find(string path)
        {
            if (!OperatingSystem.IsLinux()) return null;
            try
            {
                var facts = new byte[Length];
                if (Statx(CurrentFolder, Encoding.UTF8.GetBytes(Path.GetFullPath(path) + '\0'), 0, BasicFacts, facts) != 0) return null;
                var type = BinaryPrimitives.ReadUInt16LittleEndian(facts.AsSpan(ModeAt)) & TypeMask;
                return new(BinaryPrimitives.ReadUInt64LittleEndian(facts.AsSpan(DeviceAt)), BinaryPrimitives.ReadUInt64LittleEndian(facts.AsSpan(NumberAt)), type is Folder or File);
            }
            catch (EntryPointNotFoundException)
            {
                return null; // a C library of before 2018
            }
        }

        [DllImport("libc", EntryPoint = "statx")]
        private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] facts);
    }
}
