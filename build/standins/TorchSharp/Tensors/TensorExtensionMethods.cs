using TorchSharp.Native;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => (float)value.ToDouble();

    public static double ToDouble(this torch.Tensor value)
    {
        var number = Item(value);
        return number.Tag == Tag.Double ? BitConverter.Int64BitsToDouble(number.Bits) : number.Bits;
    }

    public static int ToInt32(this torch.Tensor value) => (int)value.ToInt64();

    public static long ToInt64(this torch.Tensor value)
    {
        var number = Item(value);
        return number.Tag == Tag.Double ? (long)BitConverter.Int64BitsToDouble(number.Bits) : number.Bits;
    }

    public static bool ToBoolean(this torch.Tensor value) => value.ToDouble() != 0;

    private static NativeValue Item(torch.Tensor tensor) => Ops.item.Value(tensor);
}
