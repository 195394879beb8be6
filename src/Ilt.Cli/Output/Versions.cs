using System.Reflection;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.Cli.Output;

/// <summary>The versions that <c>--version</c> and the run record tell.</summary>
internal static class Versions
{
    /// <summary>The program's own version.</summary>
    public static string Product { get; } = Informational(typeof(Versions).Assembly);

    /// <summary>ML.NET.</summary>
    public static string MachineLearning { get; } = Informational(typeof(MLContext).Assembly);

    /// <summary>TorchSharp, and with it libtorch.</summary>
    public static string TorchSharp => LibTorch.Version;

    /// <summary>One line per package.</summary>
    public static IEnumerable<string> Lines()
    {
        yield return $"ilt {Product}";
        yield return $"Microsoft.ML {MachineLearning}";
        yield return $"TorchSharp {TorchSharp}";
        yield return $".NET {Environment.Version}";
    }

    private static string Informational(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
