using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Ilt.Torch;

/// <summary>Batches of a streamed table, filled ahead of the training by a thread of their own that reads shard after shard.</summary>
internal sealed class StreamedBatches(StreamedTable data, BatchOptions options) : IBatches
{
    private const int BatchesAhead = 4;

    private readonly ShardBuffer shards = new(data);
    private readonly ConcurrentBag<BatchBuffer> free = [];
    private Reading? reading;

    public TimeSpan Waited { get; private set; }

    public void Begin(int epoch, IReadOnlyList<int[]> batches)
    {
        End();
        reading = new Reading();
        var current = reading;
        current.Thread = new Thread(() => Fill(current, epoch, batches)) { IsBackground = true, Name = "Ilt.Torch rows" };
        current.Thread.Start();
    }

    public Batch Next()
    {
        var current = reading!;
        if (!current.Filled.TryTake(out var buffer))
        {
            var start = Stopwatch.GetTimestamp();
            var isThere = current.Filled.TryTake(out buffer, Timeout.Infinite);
            Waited += Stopwatch.GetElapsedTime(start);
            if (!isThere)
            {
                ExceptionDispatchInfo.Throw(current.Failure ?? new InvalidOperationException("All batches of the epoch were taken."));
            }
        }
        // The tensors are copies, so the buffer is free for another batch at once.
        var inputs = Tensors.From(buffer!.Inputs, [buffer.Rows, data.FeatureCount]);
        var batch = new Batch(inputs, Array.ConvertAll(buffer.Targets, targets => targets.ToTensors()), [.. buffer.Labelled]);
        free.Add(buffer);
        return batch;
    }

    public void Dispose() => End();

    private void Fill(Reading reading, int epoch, IReadOnlyList<int[]> batches)
    {
        try
        {
            var groups = data.Shards.Groups(BatchOrder.GeneratorOf(options.Seed, epoch));
            var groupOf = new int[data.Shards.Count];
            for (var g = 0; g < groups.Length; g++)
                foreach (var shard in groups[g]) groupOf[shard] = g;
            foreach (var rows in batches)
            {
                var buffer = free.TryTake(out var used) ? used : new BatchBuffer();
                buffer.Resize(rows.Length, data.FeatureCount, CreateTargets);
                for (var i = 0; i < rows.Length; i++)
                {
                    var shard = data.Shards.PlaceOf(rows[i]) / data.Shards.RowsPerShard;
                    if (!shards.Holds(shard))
                    {
                        var group = groupOf[shard];
                        shards.Load(groups[group], group + 1 < groups.Length ? groups[group + 1] : null);
                    }
                    shards.Row(rows[i]).CopyTo(buffer.Inputs.AsSpan(i * data.FeatureCount));
                    for (var k = 0; k < options.Tasks.Count; k++)
                        buffer.Labelled[(i * options.Tasks.Count) + k] = buffer.Targets[k].Write(i, rows[i], null);
                }
                reading.Filled.Add(buffer, reading.Cancellation.Token);
            }
        }
        catch (OperationCanceledException) when (reading.Cancellation.IsCancellationRequested)
        {
            // Nobody waits for the rest.
        }
        catch (Exception e)
        {
            reading.Failure = e; // thrown where the batch is asked for
        }
        finally
        {
            reading.Filled.CompleteAdding();
        }
    }

    private TargetBuffer[] CreateTargets(int rows) =>
        [.. options.Tasks.Select((task, k) => task.CreateTargets(data.Labels[k], options.TargetScalings[k], rows, default))];

    private void End()
    {
        if (reading is null) return;
        reading.Cancellation.Cancel();
        reading.Thread!.Join();
        while (reading.Filled.TryTake(out var buffer)) free.Add(buffer);
        reading.Filled.Dispose();
        reading.Cancellation.Dispose();
        reading = null;
    }

    /// <summary>The reading of one epoch.</summary>
    private sealed class Reading
    {
        public BlockingCollection<BatchBuffer> Filled { get; } = new(BatchesAhead);
        public CancellationTokenSource Cancellation { get; } = new();
        public Thread? Thread { get; set; }
        public Exception? Failure { get; set; }
    }
}
