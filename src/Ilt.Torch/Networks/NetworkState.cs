using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// The values of a network's parameters and buffers (such as the running statistics of batch normalization), copied out: to keep the best
/// epoch, and to write into a model file.
/// </summary>
internal sealed class NetworkState
{
    private readonly List<(string Name, float[] Values)> tensors = [];

    public static NetworkState Capture(nn.Module network)
    {
        var state = new NetworkState();
        foreach (var (name, source) in NamedTensors(network))
        {
            using var scope = NewDisposeScope();
            // Buffers may be whole numbers (counts of batches); those fit a float exactly up to 16 million.
            state.tensors.Add((name, source.detach().to_type(ScalarType.Float32).data<float>().ToArray()));
        }
        return state;
    }

    /// <exception cref="FormatException">The network has other parameters than this state.</exception>
    public void Restore(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var targets = NamedTensors(network).ToList();
        if (targets.Count != tensors.Count)
            throw new FormatException($"The network has {targets.Count} parameters and buffers, the saved state {tensors.Count}; the file does not belong to this network.");
        for (var i = 0; i < targets.Count; i++)
        {
            var (name, target) = targets[i];
            var (savedName, values) = tensors[i];
            if (name != savedName || target.NumberOfElements != values.Length)
                throw new FormatException($"Parameter '{savedName}' ({values.Length} numbers) does not fit the network's '{name}' ({target.NumberOfElements}); the file does not belong to this network.");
            target.copy_(Tensors.From(values, target.shape));
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(tensors.Count);
        foreach (var (name, values) in tensors)
        {
            writer.Write(name);
            writer.Write(values.Length);
            foreach (var value in values) writer.Write(value);
        }
    }

    public static NetworkState Load(BinaryReader reader)
    {
        var state = new NetworkState();
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            var values = new float[reader.ReadInt32()];
            for (var j = 0; j < values.Length; j++) values[j] = reader.ReadSingle();
            state.tensors.Add((name, values));
        }
        return state;
    }

    private static IEnumerable<(string Name, Tensor Value)> NamedTensors(nn.Module network)
    {
        foreach (var (name, parameter) in network.named_parameters()) yield return (name, parameter);
        foreach (var (name, buffer) in network.named_buffers(true, false)) yield return (name, buffer);
    }
}
