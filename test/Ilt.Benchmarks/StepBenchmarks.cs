namespace Ilt.Benchmarks;

/// <summary>What a step costs beside the network, in the order printed.</summary>
internal static class StepBenchmarks
{
    /// <param name="quick">A dry run of a second, which keeps the benchmarks alive but measures nothing of worth.</param>
    public static void Run(bool quick)
    {
        SparseStepBenchmark.Run(quick);
        DenseStepBenchmark.Run(quick);
        WeightingBenchmark.Run(quick);
    }
}
