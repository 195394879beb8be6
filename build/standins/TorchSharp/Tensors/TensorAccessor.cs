using System.Collections;
using System.Runtime.CompilerServices;
using TorchSharp.Native;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor in row-major order, where they lie.</summary>
public sealed unsafe class TensorAccessor<T> : IEnumerable<T>, IDisposable where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly byte* start;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        (shape, strides) = Door.Shape(tensor);
        Count = tensor.NumberOfElements;
        start = (byte*)Door.Data(tensor);
        contiguous = tensor.is_contiguous();
    }

    public long Count { get; }

    public T this[params long[] indices]
    {
        get => At(Offset(indices));
        set => At(Offset(indices)) = value;
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var length = (int)Math.Min(Count - tensorIndex, target.Length);
        if (contiguous) new ReadOnlySpan<T>(Pointer(tensorIndex), length).CopyTo(target);
        else for (var k = 0; k < length; k++) target[k] = At(Offset(tensorIndex + k));
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var length = (int)Math.Min(Count - tensorIndex, array.Length - arrayIndex);
        if (contiguous) array.AsSpan(arrayIndex, length).CopyTo(new Span<T>(Pointer(tensorIndex), length));
        else for (var k = 0; k < length; k++) At(Offset(tensorIndex + k)) = array[arrayIndex + k];
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long k = 0; k < Count; k++) yield return At(contiguous ? k : Offset(k));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        // The tensor belongs to whoever asked for its data.
    }

    private void* Pointer(long offset) => start + (offset * sizeof(T));

    private ref T At(long offset)
    {
        _ = tensor.Handle; // a disposed tensor has no memory any more
        return ref Unsafe.AsRef<T>(Pointer(offset));
    }

    private long Offset(long[] indices)
    {
        if (indices.Length != shape.Length)
            throw new ArgumentException($"The tensor has {shape.Length} dimensions, but {indices.Length} indices were given.", nameof(indices));
        long offset = 0;
        for (var d = 0; d < indices.Length; d++)
        {
            if ((ulong)indices[d] >= (ulong)shape[d]) throw new IndexOutOfRangeException($"Index {indices[d]} is outside dimension {d} of length {shape[d]}.");
            offset += indices[d] * strides[d];
        }

        return offset;
    }

    private long Offset(long index)
    {
        long offset = 0;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            offset += index % shape[d] * strides[d];
            index /= shape[d];
        }

        return offset;
    }
}
