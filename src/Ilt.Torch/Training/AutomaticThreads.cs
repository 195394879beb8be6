namespace Ilt.Torch;

/// <summary>Finds the number of threads of a training that leaves it open, and holds it for the time of all its fits.</summary>
internal sealed class AutomaticThreads : IDisposable
{
    private readonly TorchThreads threads;

    private AutomaticThreads(TorchThreads threads, ThreadChoice choice) => (this.threads, Choice) = (threads, choice);

    public ThreadChoice Choice { get; }

    /// <summary>Takes the number of the checkpoint to go on with, else that of a training under way in the process, else measures.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="options">Complete options but for the number of threads.</param>
    /// <param name="measuring">How to measure.</param>
    /// <param name="cancellation">Ends the measuring.</param>
    /// <exception cref="InvalidOperationException">The checkpoint's number is another than that of a training under way.</exception>
    /// <exception cref="FormatException">The checkpoints of the folder are damaged.</exception>
    public static AutomaticThreads Find(
        IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options, ThreadMeasuring measuring, CancellationToken cancellation)
    {
        var replicas = options.Ranks();
        var kept = replicas.Alike(() => replicas.Rank == 0 ? Checkpoints.SavedThreads(options.Checkpoint) ?? 0 : 0);
        if ((int)replicas.Broadcast((double)kept) is > 0 and var saved) return new(new(saved), new(saved, "of the checkpoint"));
        var threads = TorchThreads.JoinOrFind(() => ThreadChoice.From(Measure(tasks, train, options, measuring, cancellation), replicas.CountHere), out var choice);
        // All ranks measure at the same time, as they will train, and take what the first one has found.
        if ((int)replicas.Broadcast((double)choice.Threads) is var common && common == choice.Threads) return new(threads, choice);
        threads.Dispose();
        return new(new(common), new(common, "chosen by rank 0"));
    }

    public void Dispose() => threads.Dispose();

    private static IReadOnlyList<ThreadTime> Measure(
        IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options, ThreadMeasuring measuring, CancellationToken cancellation)
    {
        measuring = measuring with { Processors = Math.Max(1, measuring.Processors / options.Ranks().CountHere) };
        if (measuring.Processors <= 1) return [new(1, TimeSpan.Zero)];
        var plan = train.OrderOf(options.BatchSize!.Value, options.Seed).Of(0);
        return TrialPasses.Run(tasks, train, options, plan[0], pass =>
            measuring.Measure((long)options.Epochs!.Value * plan.Length, threads => TorchSharp.torch.set_num_threads(threads), pass, cancellation));
    }
}
