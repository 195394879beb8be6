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
        if (Checkpoints.SavedThreads(options.Checkpoint) is { } saved) return new(new(saved), new(saved, "of the checkpoint"));
        var threads = TorchThreads.JoinOrFind(() => ThreadChoice.From(Measure(tasks, train, options, measuring, cancellation)), out var choice);
        return new(threads, choice);
    }

    public void Dispose() => threads.Dispose();

    private static IReadOnlyList<ThreadTime> Measure(
        IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options, ThreadMeasuring measuring, CancellationToken cancellation)
    {
        if (measuring.Processors <= 1) return [new(1, TimeSpan.Zero)];
        var plan = train.OrderOf(options.BatchSize!.Value, options.Seed).Of(0);
        return TrialPasses.Run(tasks, train, options, plan[0], pass =>
            measuring.Measure((long)options.Epochs!.Value * plan.Length, threads => TorchSharp.torch.set_num_threads(threads), pass, cancellation));
    }
}
