using System.Runtime.InteropServices;
using Ilt.Imaging;
using Microsoft.Win32.SafeHandles;

namespace Ilt.Parameters;

/// <summary>Numbers in a scratch file, read and written in stretches.</summary>
/// <remarks>
/// The file has holes where nothing was written yet, so that it takes room on the disk only as it fills. It has no name and ends with this object, or with the process.
/// It is not mapped into memory: a page that the system has written costs a fault when it is next written to, many times what reading it into memory of one's own costs.
/// </remarks>
internal sealed class CellFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly string folder;
    private readonly long bytes;

    /// <param name="floats">Numbers that it holds, at least 1.</param>
    /// <param name="folder">Where the file is made; null: the system's folder for temporary files.</param>
    /// <exception cref="IOException">It cannot be made, or the disk has not so much room; the message names the folder.</exception>
    public CellFile(long floats, string? folder)
    {
        this.folder = folder ?? Path.GetTempPath();
        bytes = checked(floats * sizeof(float));
        try
        {
            // Better now than in the middle of a training.
            if (Free(this.folder) is { } free && free < bytes)
                throw new IOException($"the disk has {free >> 20} MiB left.");
            handle = ScratchFile.Create(this.folder);
            RandomAccess.SetLength(handle, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            throw new IOException(
                $"What is learned of every row takes {bytes >> 20} MiB, more than the memory for it, and no scratch file of that size can be made in '{this.folder}': {e.Message} {Advice}", e);
        }
        WalkInOrder(false);
    }

    private const string Advice = "Free some room, name another folder (TMPDIR), or raise the memory.";

    /// <summary>Reads numbers; those that were never written are zero. Any number of threads may.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="numbers">Room for them.</param>
    public void Read(long start, Span<float> numbers)
    {
        var left = MemoryMarshal.AsBytes(numbers);
        for (var at = start * sizeof(float); left.Length > 0;)
        {
            var read = RandomAccess.Read(handle, left, at);
            if (read == 0)
                throw new IOException($"The scratch file in '{folder}' has ended before its last number; something has cut it.");
            at += read;
            left = left[read..];
        }
    }

    /// <summary>Writes numbers.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="numbers">All of them.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Write(long start, ReadOnlySpan<float> numbers)
    {
        try
        {
            RandomAccess.Write(handle, MemoryMarshal.AsBytes(numbers), start * sizeof(float));
        }
        catch (IOException e)
        {
            throw new IOException($"What is learned of every row cannot be written to its scratch file in '{folder}': {e.Message} {Advice}", e);
        }
    }

    /// <summary>Asks for numbers that will be needed soon, and does not wait for them.</summary>
    public void Request(long start, long count) => Paging.Advise(handle, start * sizeof(float), count * sizeof(float), Paging.Advice.Needed);

    /// <summary>Says that all numbers are going to be read in their order, or no longer.</summary>
    public void WalkInOrder(bool inOrder) => Paging.Advise(handle, 0, bytes, inOrder ? Paging.Advice.Normal : Paging.Advice.Random);

    public void Dispose() => handle.Dispose();

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
