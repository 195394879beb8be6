using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ilt.Parameters;

/// <summary>Asks Linux to back a large array by 2 MiB pages instead of 4 KiB ones.</summary>
/// <remarks>
/// Random rows of a large array otherwise miss the processor's table of page addresses at every visit, which costs more than the
/// cache miss itself. A request only: elsewhere, or where it is refused, nothing changes but the speed.
/// </remarks>
internal static partial class LargePages
{
    private const nuint PageSize = 2 << 20;
    private const int AdviseHugePages = 14; // MADV_HUGEPAGE

    // Arrays of this size lie side by side, and several of them share a large page.
    private const nuint SmallestAllocation = 1 << 18;

    /// <summary>Asks for the whole large pages inside a pinned array; to be called before the array is first written.</summary>
    public static unsafe void Request(float[] pinned)
    {
        if (!OperatingSystem.IsLinux() || pinned.Length == 0)
            return;
        var start = (nuint)Unsafe.AsPointer(ref pinned[0]);
        var end = start + ((nuint)pinned.Length * sizeof(float));
        Request((start + PageSize - 1) / PageSize * PageSize, end / PageSize * PageSize);
    }

    /// <summary>
    /// An array of undefined content of which most lies in large pages: where it is written once from one end to the other, an entry for each small page is a good part
    /// of the time. Pages that it shares with other arrays are among them, and nothing is asked for where it is small.
    /// </summary>
    public static unsafe T[] Allocate<T>(int length)
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(length);
        var bytes = (nuint)length * (nuint)sizeof(T);
        if (!OperatingSystem.IsLinux() || bytes < SmallestAllocation)
            return array;
        fixed (T* start = array)
            Request((nuint)start / PageSize * PageSize, ((nuint)start + bytes + PageSize - 1) / PageSize * PageSize);
        return array;
    }

    private static void Request(nuint first, nuint last)
    {
        if (last <= first)
            return;
        try
        {
            _ = Advise(first, last - first, AdviseHugePages);
        }
        catch (Exception refused) when (refused is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name: keep the small pages.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
