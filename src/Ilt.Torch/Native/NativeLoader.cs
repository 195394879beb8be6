using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Ilt.Torch.Native;

/// <summary>
/// Finds TorchSharp's native library for the .NET loader where the usual way has failed: on Linux with a libstdc++ older than the one
/// it asks for. The adapted copy lives in memory only, so nothing has to be writable, nothing is left behind, and two processes cannot
/// disturb each other. Where the usual way works, nothing here runs.
/// </summary>
internal static class NativeLoader
{
    private const string TorchSharpLibrary = "libLibTorchSharp.so";
    private static readonly object Gate = new();
    private static IntPtr adapted;

    /// <summary>What was done for this process, or null where nothing was needed.</summary>
    public static string? Note { get; private set; }

    // As a module initialiser it also serves programs that touch TorchSharp before they call into this library.
#pragma warning disable CA2255 // meant for applications, since it runs unasked: that is the point here, and it only adds a handler
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        if (OperatingSystem.IsLinux()) AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
        Convolutions.Begin(); // oneDNN reads its settings once
    }

    /// <summary>The file of a native library of this program, or null: in the folders where .NET looks for them.</summary>
    public static string? Find(string fileName) => Folders().Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders()
    {
        var probing = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var runtime = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        foreach (var folder in probing) yield return folder;
        foreach (var folder in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(torch).Assembly.Location) })
        {
            if (string.IsNullOrEmpty(folder)) continue;
            yield return folder;
            yield return Path.Combine(folder, runtime);
        }
    }

    private static IntPtr Resolve(Assembly assembly, string name)
    {
        if (assembly != typeof(torch).Assembly || !name.Contains("LibTorchSharp", StringComparison.Ordinal)) return IntPtr.Zero;
        lock (Gate)
        {
            if (adapted == IntPtr.Zero) adapted = LoadAdapted();
            return adapted;
        }
    }

    private static IntPtr LoadAdapted()
    {
        var path = Find(TorchSharpLibrary);
        if (path is null) return IntPtr.Zero;
        // By their names these satisfy what the copy asks for; all from one folder, since two copies of libtorch in a process end it.
        foreach (var dependency in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" })
        {
            if (Find(dependency) is not { } file || !NativeLibrary.TryLoad(file, out _)) return IntPtr.Zero;
        }
        if (LoadedFile(OlderLibstdcxx.Library) is not { } libstdcxx) return IntPtr.Zero;
        var library = File.ReadAllBytes(path);
        IReadOnlyList<string> lifted;
        try
        {
            lifted = OlderLibstdcxx.Adapt(library, new ElfImage(File.ReadAllBytes(libstdcxx)).Definitions);
        }
        catch (Exception e) when (e is NotSupportedException or FormatException)
        {
            throw new DllNotFoundException($"TorchSharp's native library {path} cannot be loaded: {e.Message}", e);
        }
        if (lifted.Count == 0) return IntPtr.Zero; // what failed was something else
        var handle = MemoryLibrary.Load(TorchSharpLibrary, library);
        Note = $"TorchSharp's native library asks for {string.Join(", ", lifted)}, which this system's libstdc++ lacks and nothing in it uses: a copy without that demand was loaded";
        return handle;
    }

    private static string? LoadedFile(string library) =>
        File.ReadLines("/proc/self/maps").Select(line => line[(line.IndexOf('/') is var at and >= 0 ? at : line.Length)..])
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith(library, StringComparison.Ordinal));
}
