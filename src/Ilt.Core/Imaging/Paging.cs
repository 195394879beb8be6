using System.Runtime.InteropServices;

namespace Ilt.Imaging;

/// <summary>Tells Linux what is going to happen to mapped memory and to files. Requests only: elsewhere, or where they are refused, nothing changes but the speed.</summary>
internal static partial class Paging
{
    /// <summary>Values of MADV_...</summary>
    public enum Advice
    {
        /// <summary>Pages around the one asked for are read, too.</summary>
        Normal = 0,

        /// <summary>Pages are visited at random.</summary>
        Random = 1,

        /// <summary>Pages will be needed soon.</summary>
        Needed = 3,

        /// <summary>Pages of a mapped file need not stay in memory; they are read again when they are asked for.</summary>
        NotNeeded = 4,
    }

    /// <summary>Advises on all pages that hold some of the bytes.</summary>
    public static unsafe void Advise(void* first, long bytes, Advice advice)
    {
        if (!OperatingSystem.IsLinux() || bytes <= 0)
            return;
        var page = (nuint)Environment.SystemPageSize;
        var start = (nuint)first / page * page;
        try
        {
            _ = Advise(start, (nuint)first + (nuint)bytes - start, (int)advice);
        }
        catch (Exception refused) when (refused is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name.
        }
    }

    /// <summary>Advises on bytes of a file that is read and written by calls.</summary>
    public static void Advise(SafeHandle file, long start, long bytes, Advice advice)
    {
        if (!OperatingSystem.IsLinux() || bytes <= 0)
            return;
        try
        {
            _ = AdviseFile(file, (nint)start, (nint)bytes, (int)advice); // POSIX_FADV_... has the values of MADV_...
        }
        catch (Exception refused) when (refused is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name.
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int AdviseFile(SafeHandle file, nint start, nint length, int advice);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
