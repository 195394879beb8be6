using Ilt.State;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Tensors in a saved state: their bytes as they are, whatever the type, so that nothing is rounded. On whatever device a tensor is, its bytes are
/// the host's.
/// </summary>
internal static class TensorState
{
    public static void Save(BinaryWriter writer, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        writer.WriteArray<byte>(tensor.detach().cpu().contiguous().bytes);
    }

    /// <exception cref="FormatException">Another number of bytes was saved.</exception>
    public static void Restore(BinaryReader reader, Tensor target)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var inPlace = target.device_type == DeviceType.CPU && target.is_contiguous();
        var values = inPlace ? target : empty(target.shape, target.dtype);
        reader.ReadInto(values.bytes);
        if (!inPlace) target.copy_(values);
    }

    /// <summary>Writes the numbers alone, in single precision.</summary>
    public static void SaveNumbers(BinaryWriter writer, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        writer.Write(tensor.detach().cpu().to_type(ScalarType.Float32).contiguous().bytes);
    }

    /// <summary>Reads what <see cref="SaveNumbers"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">Values are missing.</exception>
    public static void RestoreNumbers(BinaryReader reader, Tensor target)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var inPlace = target.device_type == DeviceType.CPU && target.dtype == ScalarType.Float32 && target.is_contiguous();
        var values = inPlace ? target : empty(target.shape, ScalarType.Float32);
        reader.BaseStream.ReadExactly(values.bytes);
        if (!inPlace) target.copy_(values);
    }

    /// <summary>All parameters and buffers of a network, in its order.</summary>
    public static void Save(BinaryWriter writer, nn.Module network)
    {
        foreach (var tensor in Tensors(network)) Save(writer, tensor);
    }

    /// <inheritdoc cref="Restore(BinaryReader, Tensor)"/>
    public static void Restore(BinaryReader reader, nn.Module network)
    {
        foreach (var tensor in Tensors(network)) Restore(reader, tensor);
    }

    private static IEnumerable<Tensor> Tensors(nn.Module network) => [.. network.parameters(), .. network.named_buffers(true, false).Select(named => named.buffer)];
}
