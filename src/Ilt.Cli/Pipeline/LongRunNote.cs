using Ilt.Torch;

namespace Ilt.Cli.Pipeline;

/// <summary>Says once that a run keeps checkpoints, as soon as it can be foreseen that it lasts long enough for one.</summary>
internal sealed class LongRunNote(FlagOptions options, TrainingCallbacks callbacks)
{
    // Before, the first steps' speed says little.
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(10);

    private bool said = !options.Checkpoint.IsOn;

    /// <summary>Called after a batch.</summary>
    public void OnBatch(BatchProgress batch)
    {
        callbacks.OnBatch(batch);
        if (said || options.Checkpoint.Interval is { } interval && (batch.Elapsed < Soonest || batch.Elapsed + batch.Remaining < interval))
            return;
        said = true;
        callbacks.OnNote($"the state of the run is kept {options.Checkpoint} in {Path.Combine(options.Out, UnfinishedRun.FolderName)}; after an interruption ilt resume {options.Out} goes on (--checkpoint off: never)");
    }
}
