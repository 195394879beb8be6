using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ilt.Torch;

/// <summary>The checkpoints of one training: when to write one, and going on with one that is there. Without options it does nothing.</summary>
internal sealed class Checkpoints : IDisposable
{
    // Between two checkpoints lies this many times what the last one took.
    private const int CostFactor = 100;

    private readonly IReplicas replicas;
    private readonly CheckpointOptions? options; // null on all ranks but the first, which take what that one reads
    private readonly Lazy<RunIdentity> identity; // takes a look at all of the data, which a short training need not pay for
    private readonly LengthSearch? search;
    private FileStream? inUse;
    private BinaryReader? pending; // at the state of the run to go on with
    private DateTime pendingWritten;
    private TrainingState? state;
    private int fit;
    private TimeSpan last, cost;
    private bool written;
    private string? problem; // said once

    private Checkpoints(IReplicas replicas, CheckpointOptions? options, Func<RunIdentity> identity, LengthSearch? search)
    {
        (this.replicas, this.options, this.identity, this.search) = (replicas, replicas.Rank == 0 ? options : null, new(identity), search);
    }

    /// <summary>The fit to begin or to go on with, from 1.</summary>
    public int FirstFit { get; private set; } = 1;

    /// <summary>The number of threads of the checkpoint to go on with; null where there is none.</summary>
    /// <exception cref="FormatException">What the folder holds is damaged.</exception>
    public static int? SavedThreads(CheckpointOptions? options)
    {
        if (options is not { Resume: true } || CheckpointFile.Open(options.Folder, null) is not { Reader: var reader }) return null;
        var threads = 0;
        using (reader) Reading(options, () => threads = RunIdentity.Read(reader).Threads);
        return threads;
    }

    /// <summary>Looks for a checkpoint to go on with.</summary>
    /// <param name="replicas">The ranks of the training; the first one reads and writes.</param>
    /// <param name="options">null: none are kept.</param>
    /// <param name="identity">What the results follow from.</param>
    /// <param name="search">The search for the length, whose state belongs to the run's; null where there is none.</param>
    /// <exception cref="CheckpointMismatchException">The folder holds that of another training.</exception>
    /// <exception cref="FormatException">What the folder holds is damaged.</exception>
    /// <exception cref="InvalidOperationException">Another training uses the folder.</exception>
    public static Checkpoints Open(IReplicas replicas, CheckpointOptions? options, Func<RunIdentity> identity, LengthSearch? search)
    {
        var checkpoints = new Checkpoints(replicas, options, identity, search);
        try
        {
            replicas.Alike(() => checkpoints.Open());
            checkpoints.ShareSearch();
            return checkpoints;
        }
        catch
        {
            checkpoints.Dispose();
            throw;
        }
    }

    /// <summary>Begins a fit, with the state that a checkpoint has of it.</summary>
    public void Begin(int fit, TrainingState state)
    {
        (this.fit, this.state, last) = (fit, state, TimeSpan.Zero);
        var goesOn = replicas.Alike(() => GoOn(fit, state));
        if (replicas.Count == 1 || !replicas.Broadcast(goesOn)) return;
        using var first = replicas.Broadcast(state.Save);
        if (first is not null) state.Restore(first);
    }

    // Where there is a checkpoint of this fit.
    private bool GoOn(int fit, TrainingState state)
    {
        if (pending is null || fit != FirstFit) return false;
        using (pending) Reading(options!, () => state.Restore(pending!));
        pending = null;
        written = true;
        options!.OnNote?.Invoke(string.Create(CultureInfo.InvariantCulture,
            $"going on from the checkpoint of {pendingWritten:yyyy-MM-dd HH:mm:ss}: {state.History.Count} epochs and {state.Step} steps were done{(search is null ? "" : $" of fit {fit} of {LengthSearch.Halves + 1}")}"));
        return true;
    }

    /// <summary>Writes one where it is time, between two steps.</summary>
    public void AfterStep(TimeSpan now)
    {
        if (options is { Epochs: null } && IsDue(now)) Write(now);
    }

    /// <summary>Writes one where it is time, after an epoch, from 1.</summary>
    public void AfterEpoch(int epoch, TimeSpan now)
    {
        if (options is not null && (options.Epochs is { } every ? epoch % every == 0 : IsDue(now))) Write(now);
    }

    /// <summary>Ends a fit: a cancelled one leaves its state, and so does the last one where there may be long work to come.</summary>
    public void End(bool completed, TimeSpan now)
    {
        if (options is not null && (!completed || written && options.KeepWhenDone)) Write(now);
    }

    /// <summary>The training is done and its result is there.</summary>
    public void Complete()
    {
        Unlock();
        if (options is not { KeepWhenDone: false }) return;
        try
        {
            CheckpointFile.Delete(options.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            options.OnNote?.Invoke($"the checkpoints in {options.Folder} could not be deleted ({e.Message.TrimEnd('.')}); delete them by hand");
        }
    }

    public void Dispose()
    {
        pending?.Dispose();
        Unlock();
    }

    private bool IsDue(TimeSpan now) => now - last >= options!.Interval && (options.Interval == TimeSpan.Zero || now - last >= CostFactor * cost);

    private void Write(TimeSpan now)
    {
        var start = Stopwatch.GetTimestamp();
        state!.Elapsed = state.Before + now;
        try
        {
            CheckpointFile.Write(options!.Folder, writer =>
            {
                identity.Value.Write(writer);
                writer.Write(fit);
                search?.Save(writer);
                state.Save(writer);
            });
            (written, problem) = (true, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (problem != e.Message) options!.OnNote?.Invoke($"a checkpoint could not be written to {options.Folder} ({e.Message.TrimEnd('.')}); training goes on{(written ? ", and the last one stays" : "")}");
            problem = e.Message;
        }
        (last, cost) = (now, Stopwatch.GetElapsedTime(start));
    }

    private bool Open()
    {
        if (options is null) return false;
        Lock(options.Folder);
        if (options.Resume) Find(options);
        else CheckpointFile.DeleteStates(options.Folder);
        return pending is not null;
    }

    private void ShareSearch()
    {
        if (replicas.Count == 1 || !replicas.Broadcast(pending is not null)) return;
        FirstFit = (int)replicas.Broadcast((double)FirstFit);
        using var first = search is null ? null : replicas.Broadcast(search.Save);
        if (first is not null) search!.Restore(first);
    }

    private void Find(CheckpointOptions options)
    {
        if (CheckpointFile.Open(options.Folder, options.OnNote) is not { } found) return;
        (pending, pendingWritten) = found;
        RunIdentity? saved = null;
        Reading(options, () => saved = RunIdentity.Read(pending!));
        if (identity.Value.DifferencesFrom(saved!) is { Count: > 0 } differences) throw new CheckpointMismatchException(options.Folder, differences);
        Reading(options, () =>
        {
            FirstFit = pending!.ReadInt32();
            search?.Restore(pending);
        });
    }

    // The checksum fits what was written, whoever wrote it.
    private static void Reading(CheckpointOptions options, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is FormatException or IOException or ArgumentException or OverflowException or JsonException)
        {
            throw new FormatException($"The checkpoint in {options.Folder} is damaged ({e.Message.TrimEnd('.')}): delete the folder to begin anew.", e);
        }
    }

    // Held by the process, so that a kill frees it.
    private void Lock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            inUse = new FileStream(Path.Combine(folder, CheckpointFile.LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (e.HResult is 11 or 35 or unchecked((int)0x80070020)) // EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION
        {
            throw new InvalidOperationException($"Another training keeps its checkpoints in {folder} right now; wait for it, or name another folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            options!.OnNote?.Invoke($"checkpoints cannot be kept in {folder} ({e.Message.TrimEnd('.')}); training goes on without");
        }
    }

    private void Unlock()
    {
        if (inUse is null) return;
        inUse.Dispose();
        inUse = null;
        try
        {
            CheckpointFile.DeleteIfEmpty(options!.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty folder does no harm.
        }
    }
}
