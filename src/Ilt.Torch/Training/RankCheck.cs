using System.Security.Cryptography;
using System.Text;

namespace Ilt.Torch;

/// <summary>Ranks train one network together only as long as all have the same before them: what they begin with, and what they have after each epoch.</summary>
internal static class RankCheck
{
    /// <summary>Checks that every rank has the data and options of the first one.</summary>
    /// <exception cref="RankFailedException">One has not.</exception>
    public static void Job(IReplicas replicas, TrainingJob job)
    {
        if (replicas.Count == 1) return;
        var here = replicas.Alike(() => RunIdentity.Of(job.Tasks, job.Train, job.Validation, job.Options, lengthIsFound: false));
        using var first = replicas.Broadcast(here.Write);
        replicas.Alike(() => first is null || here.DifferencesFrom(RunIdentity.Read(first)) is not { Count: > 0 } differences ? true
            : throw new RankFailedException($"it has another training before it than rank 0 ({string.Join("; ", differences)}); start all ranks with the same program, command and data."));
    }

    /// <summary>Checks that every rank has come to the network and the log-variances of the first one.</summary>
    /// <exception cref="RankFailedException">One has not.</exception>
    public static void State(IReplicas replicas, TrainingState state)
    {
        if (replicas.Count == 1) return;
        var here = HashOf(state);
        var first = (byte[])here.Clone();
        replicas.Broadcast(first);
        replicas.Alike(() => here.AsSpan().SequenceEqual(first) ? true
            : throw new RankFailedException($"after epoch {state.Epoch + 1} it has another network or other log-variances than rank 0, so that the ranks no longer train one network; run all ranks on processors of one kind, with one version of everything."));
    }

    /// <summary>Makes the state, and has its batch normalization look at the whole batch.</summary>
    /// <exception cref="ArgumentException">A custom network has buffers, which would hold what one rank has seen.</exception>
    public static TrainingState Share(this TrainingState state, BatchPeers peers)
    {
        if (peers.Replicas.Count == 1) return state;
        if (state.Model.Definition is CustomNetworkDefinition custom && state.Network.named_buffers(true, false).FirstOrDefault() is { name: { } buffer })
        {
            state.Dispose();
            throw new ArgumentException($"The custom network '{custom.Name}' has the buffer '{buffer}', and {peers.Replicas.Count} ranks would each keep their own, such as running statistics of batch normalization; train it in one rank, or use layers without buffers.");
        }
        foreach (var layer in state.Network.modules().OfType<BatchNorm>()) layer.Peers = peers;
        return state;
    }

    private static byte[] HashOf(TrainingState state)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            TensorState.Save(writer, state.Network);
            state.Weighting.Save(writer);
            state.Statistics.Save(writer);
        }
        return hash.Hash!;
    }
}
