using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>The state that the steps of a carrier hold, read block by block: only one block is there a second time.</summary>
internal sealed class CarriedState : Stream
{
    private readonly ITransformer[] steps;
    private readonly long length;
    private readonly BlockReader read;
    private readonly byte[] block;
    private int blockIndex = -1;
    private long position;

    public delegate void BlockReader(ITransformer step, Span<byte> block);

    /// <param name="steps">One per block of <see cref="StateBuffer.BlockSize"/> bytes.</param>
    /// <param name="length">Bytes of the state.</param>
    /// <param name="read">Copies the bytes of a step.</param>
    /// <exception cref="FormatException">The number of steps does not fit the length.</exception>
    public CarriedState(ITransformer[] steps, long length, BlockReader read)
    {
        if (length < 0 || (length + StateBuffer.BlockSize - 1) / StateBuffer.BlockSize != steps.Length) throw Incomplete();
        this.steps = steps;
        this.length = length;
        this.read = read;
        block = new byte[Math.Min(length, StateBuffer.BlockSize)];
    }

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public static FormatException Incomplete(Exception? inner = null)
        => new("The model file's content is incomplete; the file is broken. Save the model again.", inner);

    public override int Read(Span<byte> buffer)
    {
        if (position >= length || buffer.Length == 0) return 0;
        var wanted = (int)(position / StateBuffer.BlockSize);
        var size = (int)Math.Min(StateBuffer.BlockSize, length - ((long)wanted * StateBuffer.BlockSize));
        if (wanted != blockIndex)
        {
            blockIndex = -1; // in case that reading fails half-way
            read(steps[wanted], block.AsSpan(0, size));
            blockIndex = wanted;
        }
        var start = (int)(position % StateBuffer.BlockSize);
        var count = Math.Min(buffer.Length, size - start);
        block.AsSpan(start, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
