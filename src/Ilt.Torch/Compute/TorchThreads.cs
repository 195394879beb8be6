using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// torch's number of threads for the time of a training. It is one for the process, and results depend on it in their last digits: so trainings
/// side by side must ask for the same, and what was set before comes back when the last of them ends.
/// </summary>
internal sealed class TorchThreads : IDisposable
{
    private static readonly object Gate = new();
    private static int users;
    private static int current;
    private static int before;
    private static int? measurer; // the thread that finds a number: meanwhile no other begins a training

    /// <exception cref="InvalidOperationException">A training with another number of threads is under way.</exception>
    public TorchThreads(int threads)
    {
        lock (Gate)
        {
            WaitForMeasuring();
            if (users > 0 && threads != current)
                throw new InvalidOperationException($"A training with {current} thread(s) is under way in this process, and torch has one number of threads per process; found {nameof(TrainingOptions.Threads)} = {threads}. Set it to {current}, or start when the other training has ended.");
            if (users == 0) before = get_num_threads();
            set_num_threads(threads); // OpenMP keeps it per thread of the process, so every training sets it
            (users, current) = (users + 1, threads);
        }
    }

    /// <summary>Takes the number of the trainings under way; where there are none, finds one while none begins.</summary>
    /// <param name="find">May set torch's number of threads as it likes.</param>
    /// <param name="choice">What was chosen.</param>
    public static TorchThreads JoinOrFind(Func<ThreadChoice> find, out ThreadChoice choice)
    {
        int original;
        lock (Gate)
        {
            WaitForMeasuring();
            if (users > 0)
            {
                choice = new(current, "as the training under way in this process");
                return new(current);
            }
            (measurer, original) = (Environment.CurrentManagedThreadId, get_num_threads());
        }
        try
        {
            choice = find();
            lock (Gate)
            {
                EndMeasuring(original);
                return new(choice.Threads); // before another can begin
            }
        }
        catch
        {
            lock (Gate) EndMeasuring(original);
            throw;
        }
    }

    /// <summary>Sets the number for all but trainings; of one under way it comes when that ends.</summary>
    public static void SetOutside(int threads)
    {
        lock (Gate)
        {
            WaitForMeasuring();
            if (users > 0) before = threads;
            else set_num_threads(threads);
        }
    }

    /// <summary>The training has ended.</summary>
    public void Dispose()
    {
        lock (Gate)
            if (--users == 0) set_num_threads(before);
    }

    // A user's network that trains another one while it is made must not wait for itself.
    private static void WaitForMeasuring()
    {
        while (measurer is { } thread && thread != Environment.CurrentManagedThreadId) Monitor.Wait(Gate);
    }

    private static void EndMeasuring(int original)
    {
        if (measurer is null) return;
        set_num_threads(original);
        measurer = null;
        Monitor.PulseAll(Gate);
    }
}
