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

    /// <exception cref="InvalidOperationException">A training with another number of threads is under way.</exception>
    public TorchThreads(int threads)
    {
        lock (Gate)
        {
            if (users > 0 && threads != current)
                throw new InvalidOperationException($"A training with {current} thread(s) is under way in this process, and torch has one number of threads per process; found {nameof(TrainingOptions.Threads)} = {threads}. Set it to {current}, or start when the other training has ended.");
            if (users == 0) before = get_num_threads();
            set_num_threads(threads); // OpenMP keeps it per thread of the process, so every training sets it
            (users, current) = (users + 1, threads);
        }
    }

    /// <summary>The training has ended.</summary>
    public void Dispose()
    {
        lock (Gate)
            if (--users == 0) set_num_threads(before);
    }
}
