using System.Reflection;

namespace Ilt.Packages.Tests;

/// <summary>
/// The files in surface/ are the lines of the real packages' public surface that this project relies on. The real packages hold
/// all of them; a stand-in holds nothing else. So what compiles against a stand-in calls nothing the real package lacks.
/// </summary>
public class PackageSurfaceTests
{
    private static readonly string[] Assemblies = ["Microsoft.ML.DataView", "Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.ML.Transforms", "Microsoft.ML.ImageAnalytics", "TorchSharp"];

    [TestCaseSource(nameof(Assemblies))]
    public void PublicSurface_OfTheInstalledPackage_AgreesWithTheKeptLines(string name)
    {
        var kept = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "surface", name + ".txt")).ToHashSet(StringComparer.Ordinal);
        var assembly = Assembly.Load(name);
        var found = PublicSurface.Of(assembly);
        if (IsStandIn(assembly)) Assert.That(found.Where(line => !kept.Contains(line)), Is.Empty, "public in the stand-in, but not a kept line of the real package");
        Assert.That(kept.Where(line => !found.Contains(line)), Is.Empty, "relied upon, but not there");
    }

    private static bool IsStandIn(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Contains("standin", StringComparison.Ordinal) == true;
}
