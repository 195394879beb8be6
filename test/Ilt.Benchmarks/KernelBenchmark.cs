using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Ilt.Benchmarks;

/// <summary><see cref="Kernels"/> by BenchmarkDotNet: one after the other, in this process, with what each allocates.</summary>
internal static class KernelBenchmark
{
    /// <param name="quick">A dry job: each runs once.</param>
    public static void Run(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("ilt-kernels-");
        try
        {
            // In this process: another one would have to be built by a project of its own.
            var job = (quick ? Job.Dry : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
            var config = ManualConfig.CreateEmpty().AddJob(job).AddColumnProvider(DefaultColumnProviders.Instance).AddDiagnoser(MemoryDiagnoser.Default).WithArtifactsPath(folder.FullName);
            var summary = BenchmarkRunner.Run<Kernels>(config);
            if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
                throw new InvalidOperationException($"BenchmarkDotNet could not run the kernels: {string.Join("; ", summary.ValidationErrors.Select(error => error.Message))}");
            Console.WriteLine();
            MarkdownExporter.GitHub.ExportToLog(summary, new ConsoleLogger(false, new Dictionary<LogKind, ConsoleColor>()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
