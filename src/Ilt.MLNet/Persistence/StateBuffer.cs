using System.Security.Cryptography;

namespace Ilt.MLNet;

/// <summary>
/// Collects the bytes of a state in blocks of one size: unlike a <see cref="MemoryStream"/> it never copies what it has in order to grow,
/// and it may grow beyond 2 GiB.
/// </summary>
internal sealed class StateBuffer : Stream
{
    /// <summary>Bytes of every block but the last: what <see cref="FiniteWords"/> makes a million (2^20) numbers of.</summary>
    public const int BlockSize = 31 * (1 << 15) * sizeof(uint);

    private readonly List<byte[]> blocks = [];
    private long length;

    /// <summary>The blocks in order, each filled; the last may be shorter, but never empty.</summary>
    public ReadOnlyMemory<byte> Block(int index)
        => blocks[index].AsMemory(0, (int)Math.Min(BlockSize, length - ((long)index * BlockSize)));

    public int BlockCount => blocks.Count;

    public override long Length => length;

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public byte[] Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < BlockCount; i++) hash.AppendData(Block(i).Span);
        return hash.GetHashAndReset();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var used = (int)(length % BlockSize);
            if (used == 0) blocks.Add(new byte[BlockSize]);
            var part = buffer[..Math.Min(buffer.Length, BlockSize - used)];
            part.CopyTo(blocks[^1].AsSpan(used));
            length += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
