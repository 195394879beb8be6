using Ilt.Torch;

namespace Ilt.Mpi.Tests;

/// <summary>The slow, obvious twin of MPI: every rank is a thread, and all see each other's arrays.</summary>
internal sealed class ThreadRanks : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Barrier barrier;
    private readonly CancellationTokenSource ended = new();
    private readonly object?[] slots;
    private readonly OfRank[] ranks;

    private ThreadRanks(int count)
    {
        (barrier, slots) = (new Barrier(count), new object?[count]);
        ranks = [.. Enumerable.Range(0, count).Select(rank => new OfRank(this, rank))];
    }

    /// <summary>Why a rank ended the others.</summary>
    public string? Aborted { get; private set; }

    /// <summary>Runs something on every rank, and gives what each came to or threw.</summary>
    public static (T? Value, Exception? Failure)[] Run<T>(int count, Func<IReplicas, T> work) => Run(count, work, out _);

    public static (T? Value, Exception? Failure)[] Run<T>(int count, Func<IReplicas, T> work, out ThreadRanks together)
    {
        using var all = together = new ThreadRanks(count);
        var results = new (T?, Exception?)[count];
        var threads = all.ranks.Select(rank => new Thread(() =>
        {
            try
            {
                results[rank.Rank] = (work(rank), null);
            }
            catch (Exception e)
            {
                results[rank.Rank] = (default, e);
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return results;
    }

    public void Dispose()
    {
        barrier.Dispose();
        ended.Dispose();
    }

    private TResult Exchange<TResult>(int rank, object own, Func<object?[], TResult> use)
    {
        slots[rank] = own;
        Wait();
        var result = use(slots);
        Wait(); // before anybody changes what the others read
        return result;
    }

    // A rank for which the others wait in vain must not hold up the tests.
    private void Wait()
    {
        if (!barrier.SignalAndWait(Patience, ended.Token)) throw new TimeoutException("the ranks have not come to the same call");
    }

    /// <summary>One of them.</summary>
    internal sealed class OfRank(ThreadRanks all, int rank) : IReplicas
    {
        public int Rank => rank;

        public int Count => all.slots.Length;

        public int CountHere => Count;

        /// <summary>Numbers that it has handed over.</summary>
        public long Given { get; private set; }

        public Action StartSum(float[] values) => () =>
        {
            Given += values.Length;
            all.Exchange(rank, values, slots => Enumerable.Range(0, values.Length).Select(i => slots.Cast<float[]>().Aggregate(0f, (sum, of) => sum + of[i])).ToArray()).CopyTo(values, 0);
        };

        public void Gather(float[] values, ReadOnlySpan<int> starts)
        {
            var from = starts.ToArray();
            Given += from[rank + 1] - from[rank];
            all.Exchange(rank, values, slots => Enumerable.Range(0, Count).SelectMany(r => ((float[])slots[r]!)[from[r]..from[r + 1]]).ToArray()).CopyTo(values, 0);
        }

        public void Broadcast(Span<byte> values) => all.Exchange(rank, values.ToArray(), slots => (byte[])slots[0]!).CopyTo(values);

        public void Barrier() => all.Exchange(rank, rank, _ => 0);

        public void Abort(string reason)
        {
            lock (all) all.Aborted ??= $"{rank}: {reason}";
            all.ended.Cancel();
        }
    }
}
