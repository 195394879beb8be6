using System.Diagnostics;
using Ilt.Imaging;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Batches of images, made ahead of the training by other threads in a few buffers that are used again and again.</summary>
internal sealed class ImageBatches(ImageData data, BatchOptions options) : IBatches
{
    // One batch in use, two being made: enough for a training that is slower than one thread that makes batches, or nearly so.
    private const int BatchesAhead = 3;

    private readonly ImageBatchWriter writer = new(data, options);
    private readonly Queue<Task<BatchBuffer>> ahead = new();
    private readonly Stack<BatchBuffer> free = new();
    private IReadOnlyList<int[]> batches = [];
    private int epoch;
    private int scheduled;

    public TimeSpan Waited { get; private set; }

    public void Begin(int epoch, IReadOnlyList<int[]> batches)
    {
        Drain();
        (this.epoch, this.batches, scheduled) = (epoch, batches, 0);
        while (scheduled < Math.Min(BatchesAhead, batches.Count)) Schedule();
    }

    public Batch Next()
    {
        var first = ahead.Dequeue();
        if (!first.IsCompleted)
        {
            var start = Stopwatch.GetTimestamp();
            ((IAsyncResult)first).AsyncWaitHandle.WaitOne();
            Waited += Stopwatch.GetElapsedTime(start);
        }
        var buffer = first.GetAwaiter().GetResult();
        var batch = ToTensors(buffer);
        free.Push(buffer);
        if (scheduled < batches.Count) Schedule();
        return batch;
    }

    private void Schedule()
    {
        var rows = batches[scheduled++];
        var buffer = free.TryPop(out var used) ? used : new BatchBuffer();
        var current = epoch;
        ahead.Enqueue(Task.Run(() =>
        {
            writer.Write(rows, current, buffer);
            return buffer;
        }));
    }

    // The tensors are copies, so the buffer is free for another batch at once.
    private Batch ToTensors(BatchBuffer buffer)
    {
        var (rows, size) = (buffer.Rows, writer.OutputSize);
        var inputs = Tensors.From(buffer.Inputs, [rows, data.Input.Channels, size.Height, size.Width]);
        return new Batch(inputs, Array.ConvertAll(buffer.Targets, targets => targets.ToTensors()), [.. buffer.Labelled]);
    }

    private void Drain()
    {
        while (ahead.TryDequeue(out var task))
        {
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            if (task.IsCompletedSuccessfully) free.Push(task.Result);
        }
    }

    public void Dispose() => Drain();
}
