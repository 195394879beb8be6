using TorchSharp.Native;

namespace TorchSharp.Utils;

/// <summary>Reads the elements of a tensor in row-major order.</summary>
public sealed unsafe class TensorAccessor<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;

    internal TensorAccessor(torch.Tensor tensor) => this.tensor = tensor;

    public T[] ToArray()
    {
        var result = new T[tensor.NumberOfElements];
        CopyTo(result);
        return result;
    }

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var length = (int)Math.Min(tensor.NumberOfElements - tensorIndex, target.Length);
        // The tensor itself where its elements lie in order, else a copy in which they do.
        using var off = torch.no_grad();
        using var inOrder = Ops.contiguous.Call(tensor);
        new ReadOnlySpan<T>((T*)Door.Data(inOrder) + tensorIndex, length).CopyTo(target);
        GC.KeepAlive(inOrder);
    }
}
