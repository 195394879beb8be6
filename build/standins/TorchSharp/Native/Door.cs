using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Native;

/// <summary>The functions of native/door.cpp, and their errors as exceptions.</summary>
internal static unsafe partial class Door
{
    private const string Library = "IltTorchDoor";

    [LibraryImport(Library)] private static partial byte* door_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] private static partial IntPtr door_operator(string name, string overload);
    [LibraryImport(Library)] private static partial long door_call(IntPtr op, NativeValue* arguments, long count, NativeValue* results, long capacity);
    [LibraryImport(Library)] private static partial void door_free(IntPtr handle);
    [LibraryImport(Library), SuppressGCTransition] private static partial IntPtr door_share(IntPtr handle);
    [LibraryImport(Library)] private static partial long door_from_memory(void* data, long bytes, int dtype, long* shape, long dimensions, IntPtr* result);
    [LibraryImport(Library), SuppressGCTransition] private static partial int door_dtype(IntPtr handle);
    [LibraryImport(Library), SuppressGCTransition] private static partial long door_dimensions(IntPtr handle);
    [LibraryImport(Library), SuppressGCTransition] private static partial long door_elements(IntPtr handle);
    [LibraryImport(Library), SuppressGCTransition] private static partial IntPtr door_data(IntPtr handle);
    [LibraryImport(Library), SuppressGCTransition] private static partial void door_shape(IntPtr handle, long* sizes);
    [LibraryImport(Library)] private static partial long door_require_grad(IntPtr handle);
    [LibraryImport(Library)] private static partial IntPtr door_grad(IntPtr handle);
    [LibraryImport(Library)] private static partial long door_zero_grad(IntPtr handle);
    [LibraryImport(Library)] private static partial long door_backward(IntPtr handle);
    [LibraryImport(Library), SuppressGCTransition] private static partial int door_grad_enabled();
    [LibraryImport(Library), SuppressGCTransition] private static partial void door_set_grad_enabled(int on);
    [LibraryImport(Library)] private static partial void door_manual_seed(ulong seed);
    [LibraryImport(Library)] private static partial long door_set_threads(int count);
    [LibraryImport(Library)] private static partial int door_threads();

    internal static int Threads
    {
        get => door_threads();
        set => Check(door_set_threads(value));
    }

    internal static bool GradEnabled
    {
        get => door_grad_enabled() != 0;
        set => door_set_grad_enabled(value ? 1 : 0);
    }

    internal static void Seed(long seed) => door_manual_seed((ulong)seed);

    internal static IntPtr Operator(string name, string overload)
    {
        var found = door_operator(name, overload);
        if (found == IntPtr.Zero) Check(-1);
        return found;
    }

    internal static void Call(IntPtr op, NativeValue* arguments, int count, NativeValue* results, int capacity) =>
        Check(door_call(op, arguments, count, results, capacity));

    internal static void Free(IntPtr handle) => door_free(handle);
    internal static IntPtr Share(torch.Tensor tensor) => Kept(tensor, door_share(tensor.Handle));
    internal static torch.ScalarType Type(torch.Tensor tensor) => (torch.ScalarType)Kept(tensor, door_dtype(tensor.Handle));
    internal static long Elements(torch.Tensor tensor) => Kept(tensor, door_elements(tensor.Handle));
    internal static IntPtr Data(torch.Tensor tensor) => Kept(tensor, door_data(tensor.Handle));
    internal static void RequireGrad(torch.Tensor tensor) => Check(Kept(tensor, door_require_grad(tensor.Handle)));

    /// <summary>The handle of the gradient, owned by the caller; zero where there is none.</summary>
    internal static IntPtr Grad(torch.Tensor tensor) => Kept(tensor, door_grad(tensor.Handle));

    internal static void ZeroGrad(torch.Tensor tensor) => Check(Kept(tensor, door_zero_grad(tensor.Handle)));

    internal static void Backward(torch.Tensor tensor) => Check(Kept(tensor, door_backward(tensor.Handle)));

    internal static long[] Shape(torch.Tensor tensor)
    {
        var sizes = new long[door_dimensions(tensor.Handle)];
        fixed (long* size = sizes) door_shape(tensor.Handle, size);
        return Kept(tensor, sizes);
    }

    /// <summary>A tensor of its own memory, filled from the values.</summary>
    internal static torch.Tensor FromMemory<T>(ReadOnlySpan<T> values, torch.ScalarType type, ReadOnlySpan<long> shape) where T : unmanaged
    {
        IntPtr result;
        fixed (T* data = values)
        fixed (long* sizes = shape)
            Check(door_from_memory(data, (long)values.Length * sizeof(T), (int)type, sizes, shape.Length, &result));
        return new torch.Tensor(result);
    }

    // The finalizer of a tensor must not run while the native side still looks at it.
    private static T Kept<T>(torch.Tensor tensor, T value)
    {
        GC.KeepAlive(tensor);
        return value;
    }

    private static long Check(long result) =>
        result >= 0 ? result : throw new ExternalException(Marshal.PtrToStringUTF8((IntPtr)door_error()));
}
