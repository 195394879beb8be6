namespace Ilt.Detectors;

/// <summary>Two trainings on two threads hand each other the losses of the batch that both have before them.</summary>
/// <param name="cancellation">Ends the waiting: one of the two has ended.</param>
internal sealed class LossExchange(CancellationToken cancellation) : IDisposable
{
    public const int Sides = 2;

    private readonly Barrier barrier = new(Sides);
    private readonly float[][] losses = new float[Sides][];

    /// <summary>Gives one's own losses and gets the other's.</summary>
    /// <exception cref="OperationCanceledException">The other one has ended.</exception>
    public float[] Swap(int side, ReadOnlySpan<float> own)
    {
        losses[side] = own.ToArray();
        barrier.SignalAndWait(cancellation);
        var other = losses[1 - side];
        barrier.SignalAndWait(cancellation); // before the next batch overwrites them
        return other;
    }

    public void Dispose() => barrier.Dispose();
}
