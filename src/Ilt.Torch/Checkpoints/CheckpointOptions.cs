namespace Ilt.Torch;

/// <summary>
/// Where and how often a training keeps its state, so that it can go on after it was cancelled or killed as if nothing had happened: weights,
/// log-variances and their momentum, statistics, optimiser, order of the rows, generators and early stopping continue bit for bit.
/// </summary>
/// <remarks>
/// A checkpoint is written to a temporary file, checksummed and renamed, and the one before it is kept: a kill at any moment leaves one that can
/// be read. Where it cannot be written (disk full, no permission), the training goes on and says so. A cancelled training always writes one.
/// </remarks>
public sealed record CheckpointOptions
{
    /// <summary>Keeps checkpoints in a folder of their own.</summary>
    /// <param name="folder">Made where it is absent; one training at a time may use it.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public CheckpointOptions(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folder = folder;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Least time between two checkpoints; used where <see cref="Epochs"/> is null.</summary>
    /// <value>
    /// Not negative; the default is five minutes, so that shorter trainings write none. Zero: after every step. Where writing one takes long, at least a
    /// hundred times as long lies between two, so that they cost no more than 1 % of the time.
    /// </value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A checkpoint after every so many epochs, whatever the time.</summary>
    /// <value>At least 1; null = by <see cref="Interval"/>.</value>
    public int? Epochs { get; init; }

    /// <summary>Whether to go on with the checkpoint that the folder holds; without one, or where this is false, training starts anew.</summary>
    /// <value>The default is true. A checkpoint of other data, options or versions is refused, see <see cref="CheckpointMismatchException"/>.</value>
    public bool Resume { get; init; } = true;

    /// <summary>Whether the last state stays when training is done, for a caller who has results to write; the caller then calls <see cref="Delete"/>.</summary>
    /// <value>The default is false: the folder's checkpoints are deleted.</value>
    public bool KeepWhenDone { get; init; }

    /// <summary>Told in a sentence each: that training goes on from a checkpoint, that one could not be written, that one is damaged.</summary>
    public Action<string>? OnNote { get; init; }

    /// <summary>Whether the folder holds a checkpoint, good or damaged.</summary>
    public static bool Exists(string folder) => CheckpointFile.Exists(folder);

    /// <summary>Deletes the checkpoints of a folder, and the folder where nothing else is in it.</summary>
    public static void Delete(string folder) => CheckpointFile.Delete(folder);

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">One is outside its range.</exception>
    public void Validate()
    {
        if (Interval < TimeSpan.Zero) throw new ArgumentException(FormattableString.Invariant($"{nameof(CheckpointOptions)}.{nameof(Interval)} must not be negative, found {Interval}."));
        if (Epochs < 1) throw new ArgumentException(FormattableString.Invariant($"{nameof(CheckpointOptions)}.{nameof(Epochs)} must be at least 1, or null, found {Epochs}."));
    }
}

/// <summary>The checkpoint found is that of another training: going on with it would give a result that belongs to neither.</summary>
public sealed class CheckpointMismatchException : InvalidOperationException
{
    internal CheckpointMismatchException(string folder, IReadOnlyList<string> differences)
        : base($"The checkpoint in {folder} is of another training: {string.Join("; ", differences)}. Start that training again to go on with it, or begin anew ({nameof(CheckpointOptions.Resume)} = false, or delete the folder).")
    {
        (Folder, Differences) = (folder, differences);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What differs, a phrase each: what is there and what this training has.</summary>
    public IReadOnlyList<string> Differences { get; }
}
