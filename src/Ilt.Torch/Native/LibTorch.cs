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
    /// Sets how many threads torch takes for what this process computes outside of trainings, such as predictions, on the thread that calls this and on those that torch has not seen yet; else it
    /// takes all cores. Trainings have a number of their own (<see cref="TrainingOptions.Threads"/>).
    /// </summary>
    /// <param name="threads">1 to <see cref="TrainingOptions.MaximumThreads"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public static void UseThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, TrainingOptions.MaximumThreads);
        Load();
        TorchThreads.SetOutside(threads);
    }

    /// <summary>
    /// What was done so that libtorch works on this machine, in sentences for a log; empty where nothing was needed. Complete once a network
    /// has been made.
    /// </summary>
    public static IReadOnlyList<string> Notes => [.. new[] { NativeLoader.Note, Convolutions.Note }.OfType<string>()];

    /// <summary>The file name of libtorch's library for the CPU.</summary>
    internal static string TorchFile =>
        OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    /// <summary>
    /// Loads libtorch and TorchSharp's native library into this process, once. Every door of this library calls it; a program that uses
    /// TorchSharp by itself before it trains may call it first, to get the clear error where something is missing.
    /// </summary>
    /// <exception cref="DllNotFoundException">libtorch is not there or cannot be loaded; the message says what to add.</exception>
    public static void Load()
    {
        if (Loaded.Value is { } problem) throw new DllNotFoundException(problem);
    }

    /// <summary>
    /// Sees to it that convolutions are right on this processor: libtorch's fastest ones are not on some. Making a network for images calls it; a
    /// program that convolves with TorchSharp by itself may call it before. The first time on a machine it checks them in a process of its own,
    /// which takes some seconds; the verdict is kept in the user's cache folder. Where <c>ONEDNN_MAX_CPU_ISA</c> is set, it does nothing.
    /// </summary>
    /// <exception cref="DllNotFoundException">libtorch is not there or cannot be loaded; the message says what to add.</exception>
    public static void PrepareConvolutions()
    {
        Load();
        Convolutions.Ensure();
    }

    // TorchSharp itself would copy what it finds to another folder, try that, and print a page of trace.
    private static string? LoadOnce()
    {
        var sharpName = OperatingSystem.IsWindows() ? "LibTorchSharp" : "libLibTorchSharp";
        if (NativeLoader.Find(TorchFile) is not { } path)
            return $"libtorch is not there: no {TorchFile} in this program's folders. Add the package of your system to the program's project: {SuggestedPackage}.";
        try
        {
            if (OperatingSystem.IsLinux()) NativeLibrary.Load(path);
            NativeLibrary.Load(sharpName, typeof(torch).Assembly, null);
            Nnpack.SwitchOff();
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
