using System.Reflection;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.Cli.Output;

/// <summary>A package the program runs on.</summary>
/// <param name="Version">Its version.</param>
/// <param name="StandIn">Whether a stand-in takes its place.</param>
internal sealed record PackageVersion(string Version, bool StandIn);

/// <summary>The versions that <c>--version</c> and the run record tell.</summary>
internal static class Versions
{
    /// <summary>The program's own version.</summary>
    public static string Product { get; } = Informational(typeof(Versions).Assembly);

    /// <summary>ML.NET.</summary>
    public static PackageVersion MachineLearning { get; } = Of(Informational(typeof(MLContext).Assembly));

    /// <summary>TorchSharp, and with it libtorch.</summary>
    public static PackageVersion TorchSharp { get; } = new(LibTorchInfo.Version, LibTorchInfo.IsStandIn);

    /// <summary>One line per package.</summary>
    public static IEnumerable<string> Lines()
    {
        yield return $"ilt {Product}";
        yield return $"Microsoft.ML {Describe(MachineLearning)}";
        yield return $"TorchSharp {Describe(TorchSharp)}";
        yield return $".NET {Environment.Version}";
        if (MachineLearning.StandIn || TorchSharp.StandIn)
            yield return "This build runs on stand-ins, because its package source lacked the real packages.";
    }

    private static string Describe(PackageVersion package) => package.Version + (package.StandIn ? " (stand-in)" : "");

    private static PackageVersion Of(string version) => new(version, version.Contains("standin", StringComparison.OrdinalIgnoreCase));

    private static string Informational(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
