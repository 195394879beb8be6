using Ilt.State;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// The values of a network's parameters and buffers (such as the running statistics of batch normalization): copied out, to keep the best
/// epoch, or written into a model file.
/// </summary>
internal sealed class NetworkState
{
    private readonly List<(string Name, float[] Values)> tensors = [];

    public static NetworkState Capture(nn.Module network)
    {
        var state = new NetworkState();
        foreach (var (name, source) in NamedTensors(network))
        {
            state.tensors.Add((name, Tensors.ToArray(source))); // buffers may be whole numbers: counts of batches
        }
        return state;
    }

    /// <exception cref="FormatException">The network has other parameters than this state.</exception>
    public void Restore(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var targets = NamedTensors(network).ToList();
        CheckCount(targets.Count, tensors.Count);
        for (var i = 0; i < targets.Count; i++)
        {
            var (name, target) = targets[i];
            var (savedName, values) = tensors[i];
            CheckFits(name, target, savedName, values.Length);
            target.copy_(Tensors.From(values, target.shape));
        }
    }

    /// <summary>Writes the values kept.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(tensors.Count);
        foreach (var (name, values) in tensors)
        {
            writer.Write(name);
            writer.WriteArray<float>(values);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static NetworkState Read(BinaryReader reader)
    {
        var state = new NetworkState();
        for (var left = reader.ReadInt32(); left > 0; left--) state.tensors.Add((reader.ReadString(), reader.ReadArray<float>()));
        return state;
    }

    /// <summary>Writes the values of a network, one tensor after the other: a large network is never there a second time.</summary>
    public static void Save(nn.Module network, BinaryWriter writer)
    {
        var named = NamedTensors(network).ToList();
        writer.Write(named.Count);
        foreach (var (name, source) in named)
        {
            writer.Write(name);
            writer.Write(checked((int)source.NumberOfElements));
            TensorState.SaveNumbers(writer, source);
        }
    }

    /// <summary>Puts what <see cref="Save"/> wrote into a network.</summary>
    /// <exception cref="FormatException">The network has other parameters than were saved.</exception>
    /// <exception cref="EndOfStreamException">Values are missing.</exception>
    public static void Load(BinaryReader reader, nn.Module network)
    {
        var targets = NamedTensors(network).ToList();
        CheckCount(targets.Count, reader.ReadInt32());
        foreach (var (name, target) in targets)
        {
            CheckFits(name, target, reader.ReadString(), reader.ReadInt32());
            TensorState.RestoreNumbers(reader, target);
        }
    }

    private static void CheckCount(int expected, int found)
    {
        if (expected != found)
            throw new FormatException($"The network has {expected} parameters and buffers, the saved state {found}; the file does not belong to this network.");
    }

    private static void CheckFits(string name, Tensor target, string savedName, int savedCount)
    {
        if (name != savedName || target.NumberOfElements != savedCount)
            throw new FormatException($"Parameter '{savedName}' ({savedCount} numbers) does not fit the network's '{name}' ({target.NumberOfElements}); the file does not belong to this network.");
    }

    private static IEnumerable<(string Name, Tensor Value)> NamedTensors(nn.Module network)
    {
        foreach (var (name, parameter) in network.named_parameters()) yield return (name, parameter);
        foreach (var (name, buffer) in network.named_buffers(true, false)) yield return (name, buffer);
    }
}
