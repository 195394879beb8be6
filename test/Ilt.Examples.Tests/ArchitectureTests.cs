using System.Reflection;
using Ilt.Auditing;
using Ilt.Detectors;
using Ilt.Experiments;
using Ilt.MLNet;
using Ilt.Mpi;
using Ilt.Onnx;
using Ilt.Reports;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Examples.Tests;

/// <summary>The arrows between the assemblies point one way: Core, Torch, Detectors, Auditing, MLNet, Onnx, Reports, Experiments, and the programs above them; Mpi stands beside, on Torch alone.</summary>
public class ArchitectureTests
{
    private static readonly string[] Order = ["Ilt.Core", "Ilt.Torch", "Ilt.Detectors", "Ilt.Auditing", "Ilt.MLNet", "Ilt.Onnx", "Ilt.Reports", "Ilt.Experiments"];

    private static IEnumerable<TestCaseData> Assemblies =>
    [
        new(typeof(ILossWeighting).Assembly, "TorchSharp Microsoft.ML System.CommandLine Spectre.Console"),
        new(typeof(TaskDefinition).Assembly, "Microsoft.ML System.CommandLine Spectre.Console"),
        new(typeof(IDetector).Assembly, "System.CommandLine Spectre.Console"),
        new(typeof(TaskAuditor).Assembly, "System.CommandLine Spectre.Console"),
        new(typeof(MultiTaskTrainer).Assembly, "OnnxSharp Google.Protobuf System.CommandLine Spectre.Console"),
        new(typeof(OnnxExport).Assembly, "TorchSharp Microsoft.ML.OnnxRuntime System.CommandLine Spectre.Console"),
        new(typeof(AuditReport).Assembly, "TorchSharp System.CommandLine Spectre.Console"),
        new(typeof(ExperimentFile).Assembly, "System.CommandLine Spectre.Console System.Console"),
    ];

    [Test]
    public void Mpi_Knows_TorchAlone_AndOnlyProgramsKnowIt()
    {
        var known = typeof(MpiReplicas).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToArray();
        Assert.That(known.Where(name => name.StartsWith("Ilt.", StringComparison.Ordinal)), Is.SubsetOf(Order[..2]));
        Assert.That(known, Has.None.StartsWith("TorchSharp").And.None.StartsWith("Microsoft.ML"));
        foreach (var data in Assemblies)
            Assert.That(((Assembly)data.Arguments[0]!).GetReferencedAssemblies().Select(reference => reference.Name), Has.None.EqualTo("Ilt.Mpi"));
    }

    [TestCaseSource(nameof(Assemblies))]
    public void Assembly_Knows_OnlyThoseBelowIt(Assembly assembly, string strangers)
    {
        var known = assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToArray();
        var place = Array.IndexOf(Order, assembly.GetName().Name);
        Assert.That(place, Is.Not.Negative);
        Assert.That(known.Where(name => name.StartsWith("Ilt.", StringComparison.Ordinal) || name == "ilt"), Is.SubsetOf(Order[..place]));
        foreach (var stranger in strangers.Split(' '))
            Assert.That(known, Has.None.StartsWith(stranger), $"{Order[place]} does without {stranger}");
    }
}
