using System.Reflection;
using System.Runtime.InteropServices;
using Ilt.Torch.Native;
using TorchSharp;

namespace Ilt.Torch;

/// <summary>The libtorch that this process runs on, and how it comes into the process.</summary>
public static class LibTorch
{
    private static readonly Lazy<string?> Loaded = new(LoadOnce);

    /// <summary>The version of the TorchSharp assembly.</summary>
    public static string Version { get; } =
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>
    /// Loads libtorch and TorchSharp's native library into this process, once. Every door of this library calls it; a program that uses
    /// TorchSharp by itself before it trains may call it first, to get the clear error where something is missing.
    /// </summary>
    /// <exception cref="DllNotFoundException">libtorch is not there or cannot be loaded; the message says what to add.</exception>
    public static void Load()
    {
        if (Loaded.Value is { } problem) throw new DllNotFoundException(problem);
    }

    // TorchSharp itself would copy what it finds to another folder, try that, and print a page of trace.
    private static string? LoadOnce()
    {
        var (torchFile, sharpName) = OperatingSystem.IsWindows() ? ("torch_cpu.dll", "LibTorchSharp")
            : OperatingSystem.IsMacOS() ? ("libtorch_cpu.dylib", "libLibTorchSharp") : ("libtorch_cpu.so", "libLibTorchSharp");
        if (NativeLoader.Find(torchFile) is not { } path)
            return $"libtorch is not there: no {torchFile} in this program's folders. Add the package of your system to the program's project: {SuggestedPackage}.";
        try
        {
            if (OperatingSystem.IsLinux()) NativeLibrary.Load(path);
            NativeLibrary.Load(sharpName, typeof(torch).Assembly, null);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return $"libtorch is there ({path}) but cannot be loaded: {FirstLine(e.Message)}";
        }
    }

    private static string SuggestedPackage =>
        OperatingSystem.IsWindows() ? "'dotnet add package libtorch-cpu-win-x64 --version 2.10.0' (or TorchSharp-cuda-windows 0.107.0 for a GPU)"
        : OperatingSystem.IsMacOS() ? "'dotnet add package libtorch-cpu-osx-arm64 --version 2.10.0'"
        : "'dotnet add package libtorch-cpu-linux-x64 --version 2.10.0' (or TorchSharp-cuda-linux 0.107.0 for a GPU)";

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
