using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor zeros(int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => zeros((long)size, dtype, device, requires_grad, names);
    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Finish(Ops.zeros.Call(new[] { size }, dtype), requires_grad);
    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => zeros(size.ToArray(), dtype, device, requires_grad, names);
    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Finish(Ops.zeros.Call(size, dtype), requires_grad);

    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copy<float>(rawArray, dimensions, ScalarType.Float32, dtype, requires_grad);

    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copy<double>(rawArray, dimensions, ScalarType.Float64, dtype, requires_grad);

    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Copy<long>(dataArray, dimensions, ScalarType.Int64, dtype, requires_grad);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.stack.Call(tensors.ToArray(), dim);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.cat.Call(tensors.ToArray(), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Ops.where.Call(condition, x, y);

    public static class linalg
    {
        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Ops.cross.Call(input, other, dim);
    }

    private static Tensor Copy<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType type, ScalarType? wantedType, bool requiresGrad) where T : unmanaged
    {
        if (wantedType is { } other && other != type) throw new NotSupportedException($"The stand-in keeps the type of the values ({type}); got {other}.");
        long wanted = 1;
        foreach (var length in shape) wanted *= length;
        if (wanted != values.Length) throw new ArgumentException($"The shape holds {wanted} values, but {values.Length} were given.");
        return Finish(Door.FromMemory(values, type, shape), requiresGrad);
    }

    private static Tensor Finish(Tensor made, bool requiresGrad)
    {
        if (requiresGrad) Door.RequireGrad(made);
        return made;
    }
}
