using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>From arrays to tensors.</summary>
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
