using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Ilt.Imaging;

/// <summary>
/// The bytes of a file without holding them: a copy in a scratch file, mapped into memory, which the system reads as it is asked for. A copy,
/// since the file itself may change or shrink while it is used.
/// </summary>
/// <remarks>There is no finalizer: spans do not keep it alive. What nobody disposes stays mapped until the process ends.</remarks>
internal sealed unsafe class MappedCopy : MemoryManager<byte>
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* first;
    private readonly int length;
    private bool isMapped;

    /// <exception cref="IOException">The file cannot be read, or the copy cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public MappedCopy(string path)
    {
        var handle = ScratchFile.Create(Path.GetTempPath());
        using (var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan))
        {
            var buffer = new byte[1 << 20];
            var at = 0L;
            for (int read; (read = source.Read(buffer)) > 0; at += read) RandomAccess.Write(handle, buffer.AsSpan(0, read), at);
            length = checked((int)at);
        }

        file = MemoryMappedFile.CreateFromFile(handle, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        isMapped = true;
        first = start + view.PointerOffset;
    }

    /// <summary>Gives the pages back that hold some of it; they are read again when they are asked for.</summary>
    public void GiveBack() => Paging.Advise(first, length, Paging.Advice.NotNeeded);

    /// <summary>The bytes as a stream.</summary>
    public Stream Open() => file.CreateViewStream(0, length, MemoryMappedFileAccess.Read);

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(first, length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(first + elementIndex, default, this);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!isMapped)
            return;
        isMapped = false;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        if (!disposing)
            return;
        view.Dispose();
        file.Dispose();
    }
}
