using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>From arrays to tensors in the host's memory, and back from wherever they are.</summary>
/// <remarks>
/// TorchSharp's <c>tensor(array)</c> keeps the numbers in a pinned .NET array. Such an array may begin at any multiple of 8 bytes, and the
/// kernels sum in another order where a row begins elsewhere, so that equal inputs give results that differ in their last digit. Memory of
/// torch's own always begins at a multiple of 64: equal inputs give equal results.
/// </remarks>
internal static class Tensors
{
    /// <summary>Copies an array into a new tensor.</summary>
    /// <typeparam name="T">float, double, long, int, byte or bool.</typeparam>
    /// <param name="values">As many as the shape holds, row-major.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <exception cref="ArgumentException">The shape holds another number of values.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, params long[] shape) where T : unmanaged
    {
        var target = empty(shape, TypeOf<T>());
        var memory = MemoryMarshal.Cast<byte, T>(target.bytes);
        if (memory.Length != values.Length)
            throw new ArgumentException($"{values.Length} values do not fill a tensor of [{string.Join(", ", shape)}].", nameof(values));
        values.CopyTo(memory);
        return target;
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, long[])"/>
    public static Tensor From<T>(T[] values, params long[] shape) where T : unmanaged => From<T>((ReadOnlySpan<T>)values, shape);

    /// <summary>Copies constants into a new tensor of the type and on the device of another.</summary>
    public static Tensor Like(Tensor like, double[] values, params long[] shape) => From(values, shape, like.dtype).Beside(like);

    /// <summary>Copies constants into a new tensor of another type of numbers.</summary>
    public static Tensor From(double[] values, long[] shape, ScalarType type) => From(values, shape).to_type(type);

    /// <summary>A constant on the device of what it is to be computed with; itself where that is the host.</summary>
    public static Tensor Beside(this Tensor constant, Tensor other) => other.device_type == DeviceType.CPU ? constant : constant.to(other.device);

    /// <summary>Room for as many numbers as a tensor has, in the host's memory.</summary>
    public static Tensor HostLike(Tensor tensor) => tensor.device_type == DeviceType.CPU ? empty_like(tensor) : empty(tensor.shape, tensor.dtype);

    /// <summary>The numbers of a tensor that is in the host's memory, to be changed in place.</summary>
    public static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Copies numbers out, row-major; whole ones become floats, which hold them exactly up to 16 million.</summary>
    public static void Read(Tensor tensor, Span<float> values)
    {
        if (tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous())
        {
            Values(tensor).CopyTo(values);
            GC.KeepAlive(tensor);
            return;
        }
        using var scope = NewDisposeScope();
        Read(tensor.detach().cpu().to_type(ScalarType.Float32).contiguous(), values);
    }

    /// <inheritdoc cref="Read"/>
    public static float[] ToArray(Tensor tensor)
    {
        var values = new float[tensor.NumberOfElements];
        Read(tensor, values);
        return values;
    }

    private static ScalarType TypeOf<T>() where T : unmanaged => default(T) switch
    {
        float => ScalarType.Float32,
        double => ScalarType.Float64,
        long => ScalarType.Int64,
        int => ScalarType.Int32,
        byte => ScalarType.Byte,
        bool => ScalarType.Bool,
        _ => throw new ArgumentException($"There is no tensor of {typeof(T)}."),
    };
}
