using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Mirrors the tags of native/door.cpp.</summary>
internal enum Tag : long { None, Tensor, Int, Double, Bool, IntList, TensorList }

/// <summary>Mirrors struct Value of native/door.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    internal Tag Tag;
    internal long Count;
    internal long Bits;
}

/// <summary>One argument of an operator: a number in <see cref="Bits"/>, or an object that it keeps alive.</summary>
internal readonly struct Arg
{
    internal readonly object? Object;
    internal readonly long Bits;
    internal readonly Tag Tag;

    private Arg(Tag tag, long bits, object? value = null) => (Tag, Bits, Object) = (tag, bits, value);

    public static implicit operator Arg(torch.Tensor? value) => value is null ? default : new(Tag.Tensor, 0, value);
    public static implicit operator Arg(long value) => new(Tag.Int, value);
    public static implicit operator Arg(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(bool value) => new(Tag.Bool, value ? 1 : 0);
    public static implicit operator Arg(Scalar? value) => value is null ? default : value.Value;
    public static implicit operator Arg(torch.ScalarType? value) => value is { } type ? new(Tag.Int, (long)type) : default;
    public static implicit operator Arg(long[] value) => new(Tag.IntList, 0, value);
    public static implicit operator Arg(torch.Tensor[] value) => new(Tag.TensorList, 0, value);
}
