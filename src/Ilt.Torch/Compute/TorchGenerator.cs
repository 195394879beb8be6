namespace Ilt.Torch;

/// <summary>
/// The use of torch's own generator, of which there is one per process: dropout layers of a <see cref="CustomNetworkDefinition"/> draw from it, so that two
/// such trainings at once would draw from each other's numbers.
/// </summary>
internal sealed class TorchGenerator : IDisposable
{
    private static readonly object Gate = new();
    private static int users;
    private static int owner;

    /// <summary>Takes the generator for a training, or nothing where its network does not use it.</summary>
    /// <exception cref="InvalidOperationException">A training on another thread has it.</exception>
    public static TorchGenerator? TakeFor(NetworkDefinition network)
    {
        if (network is not CustomNetworkDefinition custom) return null;
        lock (Gate)
        {
            // A user's network may train another one while it is made.
            if (users > 0 && owner != Environment.CurrentManagedThreadId)
                throw new InvalidOperationException($"A training with a custom network is under way in this process, and torch has one generator per process, from which its layers may draw; train '{custom.Name}' when the other training has ended.");
            (users, owner) = (users + 1, Environment.CurrentManagedThreadId);
        }
        return new TorchGenerator();
    }

    public void Dispose()
    {
        lock (Gate) users--;
    }
}
