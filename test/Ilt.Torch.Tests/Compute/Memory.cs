using System.Diagnostics;
using System.Runtime;

namespace Ilt.Torch.Tests.Compute;

/// <summary>The memory of this process, native memory included.</summary>
internal static class Memory
{
    /// <summary>Bytes of it in the machine's memory when all garbage is gone and its pages are given back.</summary>
    public static long AfterCollection()
    {
        Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>Frees all garbage, what finalisers free included.</summary>
    public static void Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
