using System.Runtime.InteropServices;

namespace Ilt.Torch.Native;

/// <summary>libtorch's switches that TorchSharp does not pass on, called by the names that its C++ functions have as exported symbols.</summary>
internal static unsafe class TorchContext
{
    /// <summary>Calls one of <c>at::Context</c>'s setters; libtorch must be loaded.</summary>
    /// <param name="setter">Its symbol by the rules of GCC and Clang.</param>
    /// <param name="windowsSetter">Its symbol by Microsoft's rules.</param>
    /// <param name="value">What to set.</param>
    /// <exception cref="DllNotFoundException">There is no such function.</exception>
    public static void Set(string setter, string windowsSetter, bool value)
    {
        var windows = OperatingSystem.IsWindows();
        var name = windows ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";
        if (NativeLoader.Find(name) is { } path
            && NativeLibrary.TryLoad(path, out var library)
            && NativeLibrary.TryGetExport(library, windows ? "?globalContext@at@@YAAEAVContext@1@XZ" : "_ZN2at13globalContextEv", out var context)
            && NativeLibrary.TryGetExport(library, windows ? windowsSetter : setter, out var set))
        {
            ((delegate* unmanaged<void*, byte, void>)set)(((delegate* unmanaged<void*>)context)(), value ? (byte)1 : (byte)0);
            return;
        }
        throw new DllNotFoundException($"{name} has no function {setter}; this version of libtorch is not the one that was expected (2.10).");
    }
}
