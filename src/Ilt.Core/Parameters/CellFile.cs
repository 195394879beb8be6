using System.IO.MemoryMappedFiles;
using Ilt.Imaging;

namespace Ilt.Parameters;

/// <summary>Numbers in a scratch file that is mapped into memory: the system keeps in memory what is in use, and writes the rest to the file.</summary>
/// <remarks>
/// The file has holes where nothing was written yet, so that it takes room on the disk only as it fills. It has no name and ends with this
/// object, or with the process.
/// </remarks>
internal sealed class CellFile : IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly nuint bytes;
    private bool isMapped;

    /// <param name="floats">Numbers that it holds, at least 1.</param>
    /// <param name="folder">Where the file is made; null: the system's folder for temporary files.</param>
    /// <exception cref="IOException">It cannot be made, or the disk has not so much room; the message names the folder.</exception>
    public unsafe CellFile(long floats, string? folder)
    {
        folder ??= Path.GetTempPath();
        bytes = checked((nuint)floats * sizeof(float));
        try
        {
            // A write that the disk has no room for would kill the process, not throw.
            if (Free(folder) is { } free && (ulong)free < bytes)
                throw new IOException($"the disk has {free >> 20} MiB left.");
            file = MemoryMappedFile.CreateFromFile(ScratchFile.Create(folder), null, (long)bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"What is learned of every row takes {bytes >> 20} MiB, more than the memory for it, and no scratch file of that size can be made in '{folder}': {e.Message} Free some room, name another folder (TMPDIR), or raise the memory.", e);
        }
        view = file.CreateViewAccessor(0, (long)bytes);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        isMapped = true;
        First = (float*)(start + view.PointerOffset);
        Paging.Advise(First, (long)bytes, Paging.Advice.Random);
    }

    /// <summary>The first number; good until <see cref="Dispose"/>.</summary>
    public unsafe float* First { get; }

    /// <summary>Asks for numbers that will be needed soon, and does not wait for them.</summary>
    public static unsafe void Request(float* first, long count) => Paging.Advise(first, count * sizeof(float), Paging.Advice.Needed);

    /// <summary>Says that all numbers are going to be visited in their order, or no longer.</summary>
    public unsafe void WalkInOrder(bool inOrder) => Paging.Advise(First, (long)bytes, inOrder ? Paging.Advice.Normal : Paging.Advice.Random);

    public void Dispose()
    {
        Release();
        view.Dispose();
        file.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What is learned of rows lives as long as somebody asks for it; the handles' own finalizers do not close what is still pointed to.</summary>
    ~CellFile() => Release();

    private void Release()
    {
        if (!isMapped)
            return;
        isMapped = false;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    private static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // not to be told: the file itself will say
        }
    }
}
