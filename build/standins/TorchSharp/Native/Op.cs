namespace TorchSharp.Native;

/// <summary>One ATen operator, looked up at its first use.</summary>
internal sealed unsafe class Op(string name, string overload = "")
{
    private IntPtr handle;

    /// <summary>Calls the operator and gives its one tensor.</summary>
    internal torch.Tensor Call(params ReadOnlySpan<Arg> arguments)
    {
        NativeValue result;
        Run(arguments, &result, 1);
        return new torch.Tensor((IntPtr)result.Bits);
    }

    /// <summary>Calls the operator for its effect on the arguments.</summary>
    internal void Do(params ReadOnlySpan<Arg> arguments) => Run(arguments, null, 0);

    /// <summary>The result as a floating-point number.</summary>
    internal double Number(params ReadOnlySpan<Arg> arguments)
    {
        NativeValue result;
        Run(arguments, &result, 1);
        return BitConverter.Int64BitsToDouble(result.Bits);
    }

    private void Run(ReadOnlySpan<Arg> arguments, NativeValue* results, int capacity)
    {
        if (handle == IntPtr.Zero) handle = Door.Operator("aten::" + name, overload);

        // Lists travel in one buffer, so that nothing has to be pinned one by one.
        var words = 0;
        foreach (ref readonly var argument in arguments)
            if (argument.Object is Array list) words += list.Length;
        Span<long> buffer = words <= 64 ? stackalloc long[64] : new long[words];

        var values = stackalloc NativeValue[arguments.Length];
        fixed (long* start = buffer)
        {
            var next = start;
            for (var k = 0; k < arguments.Length; k++)
            {
                ref readonly var argument = ref arguments[k];
                values[k] = new NativeValue { Tag = argument.Tag, Bits = argument.Bits };
                switch (argument.Object)
                {
                    case torch.Tensor tensor:
                        values[k].Bits = tensor.Handle;
                        break;
                    case long[] numbers:
                        values[k].Bits = (long)next;
                        values[k].Count = numbers.Length;
                        foreach (var number in numbers) *next++ = number;
                        break;
                    case torch.Tensor[] tensors:
                        values[k].Bits = (long)next;
                        values[k].Count = tensors.Length;
                        foreach (var tensor in tensors) *next++ = tensor.Handle;
                        break;
                }
            }

            Door.Call(handle, values, arguments.Length, results, capacity);
        }

        // The tensors must outlive the call.
        foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Object);
    }
}
