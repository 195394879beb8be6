using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// torch's number of threads while a trained network predicts: that of its training, since what was fastest there, or left other work its cores, is so here. Like OpenMP's it is
/// one of the calling thread, so that neither a training nor another prediction is kept from its own. What was set before comes back.
/// </summary>
internal readonly struct PredictionThreads : IDisposable
{
    private readonly int before; // 0 where nothing was changed

    /// <param name="threads">How many; null: as many as there are set.</param>
    public PredictionThreads(int? threads)
    {
        if (threads is not { } wanted || get_num_threads() is var set && set == wanted) return;
        before = set;
        set_num_threads(wanted);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (before > 0) set_num_threads(before);
    }
}
