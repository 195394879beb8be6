using TorchSharp.Native;

namespace TorchSharp;

public sealed class Scalar : IDisposable
{
    private Scalar(torch.ScalarType type, Tag tag, long bits) => (Type, Tag, Bits) = (type, tag, bits);

    public torch.ScalarType Type { get; }
    internal Tag Tag { get; }
    internal long Bits { get; }

    public void Dispose()
    {
        // Managed only: nothing to free.
    }

    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int32, Tag.Int, value);
    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, Tag.Int, value);
    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float32, Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, Tag.Bool, value ? 1 : 0);

    internal double Number => Tag == Tag.Double ? BitConverter.Int64BitsToDouble(Bits) : Bits;
}
