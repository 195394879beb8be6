using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>The network and what is known of the rows at the end of the last epoch, for a training that breaks off within the next.</summary>
internal sealed class LastEpoch(TrainingState state)
{
    // Numbers that memory does not hold once, it does not hold twice.
    private readonly Stream numbers = state.IsInFile ? new FileStream(ScratchFile.Create(Path.GetTempPath()), FileAccess.ReadWrite, 1 << 20) : new MemoryStream();
    private NetworkState? network;
    private int epochs;

    /// <summary>Whether an epoch was finished.</summary>
    public bool Exists => network is not null;

    /// <summary>Keeps the state as it is now.</summary>
    public void Keep()
    {
        numbers.SetLength(0);
        using var writer = new BinaryWriter(numbers, System.Text.Encoding.UTF8, leaveOpen: true);
        state.Weighting.Save(writer);
        state.Statistics.Save(writer);
        writer.Flush();
        (network, epochs) = (NetworkState.Capture(state.Network), state.History.Count);
    }

    /// <summary>Goes back to what was kept.</summary>
    public void Restore()
    {
        network!.Restore(state.Network);
        numbers.Position = 0;
        using var reader = new BinaryReader(numbers, System.Text.Encoding.UTF8, leaveOpen: true);
        state.Weighting.Restore(reader);
        state.Statistics.Restore(reader);
        state.History.RemoveRange(epochs, state.History.Count - epochs);
    }
}
