using System.Reflection;
using TorchSharp;

namespace Ilt.Torch;

/// <summary>Which TorchSharp this process runs on.</summary>
public static class LibTorchInfo
{
    /// <summary>The version of the TorchSharp assembly, its suffix included.</summary>
    public static string Version { get; } =
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>True where a stand-in over the system's libtorch takes the place of the TorchSharp package.</summary>
    public static bool IsStandIn => Version.Contains("standin", StringComparison.OrdinalIgnoreCase);
}
