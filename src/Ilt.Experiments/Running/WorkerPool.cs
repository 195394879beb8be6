using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Ilt.Experiments;

/// <summary>What became of a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Failure">Why it failed; null: it is done.</param>
/// <param name="Seconds">Seconds that it took.</param>
internal sealed record CellOutcome(Cell Cell, string? Failure, double Seconds);

/// <summary>
/// Runs cells in child processes, each of which takes one after the other. Fewer run at the same time than there are cores where their memory
/// would pass the budget: the youngest is ended, and its cell goes back.
/// </summary>
internal sealed class WorkerPool
{
    // Of a process with torch that has read a table; what has run tells better.
    private const long UsualBytes = 400L << 20;

    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(500);

    private readonly Func<ProcessStartInfo> start;
    private readonly long budget;
    private readonly Action<string> note;
    private readonly Lock gate = new();
    private readonly List<Worker> alive = [];
    private long peak;

    /// <summary>Makes a pool.</summary>
    /// <param name="start">How a child is started.</param>
    /// <param name="budget">Bytes that all children together may take.</param>
    /// <param name="note">Told what happens beside the cells.</param>
    public WorkerPool(Func<ProcessStartInfo> start, long budget, Action<string> note) => (this.start, this.budget, this.note) = (start, budget, note);

    /// <summary>Runs all cells.</summary>
    /// <param name="cells">In the order in which they are begun.</param>
    /// <param name="workers">Most children at the same time.</param>
    /// <param name="onOutcome">Told of each, by one thread at a time.</param>
    /// <param name="cancellation">Ends all children; what is done stays.</param>
    public void Run(IReadOnlyList<Cell> cells, int workers, Action<CellOutcome> onOutcome, CancellationToken cancellation)
    {
        var queue = new ConcurrentQueue<Cell>(cells);
        using var ended = new CancellationTokenSource();
        using var registration = cancellation.Register(EndAll);
        var watcher = Task.Run(() => WatchMemory(ended.Token), CancellationToken.None);
        var slots = Enumerable.Range(0, Math.Min(workers, cells.Count)).Select(slot => Task.Factory.StartNew(() => Serve(slot, queue, onOutcome, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            Task.WaitAll(slots, CancellationToken.None);
            // A cell that went back when the others had already ended.
            while (!queue.IsEmpty && !cancellation.IsCancellationRequested) Serve(0, queue, onOutcome, cancellation);
        }
        finally
        {
            ended.Cancel();
            watcher.Wait(CancellationToken.None);
            EndAll();
        }
        cancellation.ThrowIfCancellationRequested();
    }

    private void Serve(int slot, ConcurrentQueue<Cell> queue, Action<CellOutcome> onOutcome, CancellationToken cancellation)
    {
        Worker? worker = null;
        try
        {
            while (!cancellation.IsCancellationRequested && queue.TryDequeue(out var cell))
            {
                if (worker is null && (worker = TryStart(slot)) is null)
                {
                    // No room: the cell goes to those that run, and this slot waits for room, or for the end.
                    queue.Enqueue(cell);
                    if (cancellation.WaitHandle.WaitOne(Watch)) break;
                    continue;
                }
                var outcome = worker.Run(cell);
                if (cancellation.IsCancellationRequested) break;
                if (outcome is null)
                {
                    queue.Enqueue(cell);
                    note($"memory: one process fewer at a time, since together they passed {budget >> 20} MiB (--memory)");
                    break;
                }
                lock (gate) onOutcome(outcome);
                if (worker.HasEnded)
                {
                    End(worker);
                    worker = null;
                }
            }
        }
        finally
        {
            if (worker is not null) End(worker);
        }
    }

    private Worker? TryStart(int slot)
    {
        lock (gate)
        {
            if (alive.Count > 0 && alive.Sum(worker => Math.Max(worker.Bytes, 1)) + (peak == 0 ? UsualBytes : peak) > budget) return null;
            var worker = new Worker(start(), slot);
            alive.Add(worker);
            return worker;
        }
    }

    private void End(Worker worker)
    {
        lock (gate)
        {
            peak = Math.Max(peak, worker.PeakBytes);
            alive.Remove(worker);
        }
        worker.Dispose();
    }

    private void EndAll()
    {
        Worker[] all;
        lock (gate) all = [.. alive];
        foreach (var worker in all) worker.Kill();
    }

    private void WatchMemory(CancellationToken ended)
    {
        while (!ended.WaitHandle.WaitOne(Watch))
        {
            lock (gate)
            {
                foreach (var worker in alive) worker.Measure();
                foreach (var worker in alive) peak = Math.Max(peak, worker.PeakBytes);
                if (alive.Count > 1 && alive.Sum(worker => worker.Bytes) > budget) alive.MaxBy(worker => worker.CellStarted)!.KillForMemory();
            }
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly Process process;
        private readonly Task<string> errors;
        private volatile bool killedForMemory;

        public Worker(ProcessStartInfo start, int slot)
        {
            start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
            start.UseShellExecute = false;
            process = Process.Start(start) ?? throw new InvalidOperationException($"process {slot} did not start");
            errors = process.StandardError.ReadToEndAsync();
        }

        public long Bytes { get; private set; }

        public long PeakBytes { get; private set; }

        public DateTime CellStarted { get; private set; }

        public bool HasEnded { get; private set; }

        /// <summary>Runs a cell; null: it was ended for want of memory.</summary>
        public CellOutcome? Run(Cell cell)
        {
            CellStarted = DateTime.UtcNow;
            var clock = Stopwatch.StartNew();
            try
            {
                process.StandardInput.WriteLine(cell.Key);
                process.StandardInput.Flush();
                while (process.StandardOutput.ReadLine() is { } line)
                {
                    if (!line.StartsWith(CellWorker.Mark, StringComparison.Ordinal)) continue;
                    var words = line[CellWorker.Mark.Length..].Split(' ', 3);
                    return words[0] == CellWorker.Done
                        ? new CellOutcome(cell, null, double.Parse(words[2], CultureInfo.InvariantCulture))
                        : new CellOutcome(cell, words[2], clock.Elapsed.TotalSeconds);
                }
            }
            catch (IOException)
            {
                // Its end of the pipe is closed: it has ended, and the exit code says how.
            }
            HasEnded = true;
            process.WaitForExit();
            if (killedForMemory) return null;
            var last = errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
            return new CellOutcome(cell, FormattableString.Invariant($"its process ended with code {process.ExitCode}{(last is null ? "" : ": " + last)}"), clock.Elapsed.TotalSeconds);
        }

        public void Measure()
        {
            try
            {
                process.Refresh();
                if (process.HasExited) return;
                Bytes = process.WorkingSet64;
                PeakBytes = Math.Max(PeakBytes, Bytes);
            }
            catch (InvalidOperationException)
            {
                // It ended between the two lines.
            }
        }

        public void KillForMemory()
        {
            killedForMemory = true;
            Kill();
        }

        public void Kill()
        {
            try
            {
                process.Kill(entireProcessTree: true);
            }
            catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It has ended by itself.
            }
        }

        public void Dispose()
        {
            try
            {
                process.StandardInput.Close(); // the sign to end
            }
            catch (IOException)
            {
                // It has ended already.
            }
            if (!process.WaitForExit(2000)) Kill();
            process.Dispose();
        }
    }
}
