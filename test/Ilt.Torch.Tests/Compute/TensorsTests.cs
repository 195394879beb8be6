using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Compute;

public class TensorsTests
{
    [Test]
    public void From_Numbers_HoldsThemInOrderAndIsACopy()
    {
        float[] numbers = [1, 2, 3, 4, 5, 6];
        using var made = Tensors.From(numbers, 2, 3);
        numbers[5] = 0;
        Assert.Multiple(() =>
        {
            Assert.That(made.shape, Is.EqualTo(new long[] { 2, 3 }));
            Assert.That(made.data<float>().ToArray(), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
        });
    }

    [Test]
    public void From_EveryType_KeepsValues()
    {
        using var scope = NewDisposeScope();
        Assert.Multiple(() =>
        {
            Assert.That(Tensors.From<double>([1e300, -0.5], 2).data<double>().ToArray(), Is.EqualTo(new[] { 1e300, -0.5 }));
            Assert.That(Tensors.From<long>([long.MinValue, 7], 2).data<long>().ToArray(), Is.EqualTo(new[] { long.MinValue, 7 }));
            Assert.That(Tensors.From<int>([-3, 7], 2).data<int>().ToArray(), Is.EqualTo(new[] { -3, 7 }));
            Assert.That(Tensors.From<byte>([0, 255], 2).data<byte>().ToArray(), Is.EqualTo(new byte[] { 0, 255 }));
            Assert.That(Tensors.From<bool>([true, false], 2).data<bool>().ToArray(), Is.EqualTo(new[] { true, false }));
        });
    }

    [Test]
    public void From_WrongCount_SaysBoth() =>
        Assert.That(() => Tensors.From<float>([1, 2, 3], 2, 2), Throws.ArgumentException.With.Message.Contains("3 values").And.Message.Contains("[2, 2]"));

    // Arrays of .NET begin at any multiple of 8 bytes, and kernels sum in another order where rows begin elsewhere.
    [Test]
    public void From_MemoryBeginsAtAMultipleOf64()
    {
        using var scope = NewDisposeScope();
        for (var length = 1; length < 200; length++) Assert.That(Address(Tensors.From(new float[length], length)) % 64, Is.EqualTo((nint)0));
    }

    private static unsafe nint Address(Tensor tensor) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
