namespace Ilt.Benchmarks;

/// <summary>The benchmarks of the page of all ratios, in its order. A new one is a line here.</summary>
internal static class SpeedParts
{
    /// <summary>What the page calls each, and its shorter form; of a quick run (true) the figures are of no worth.</summary>
    public static IReadOnlyList<(string Name, Func<bool, SpeedFigures> Measure)> All { get; } =
    [
        ("sparse step", SparseStepBenchmark.Measure),
        ("rows in a file", ScratchBenchmark.Measure),
        ("dense step", DenseStepBenchmark.Measure),
        ("weightings", WeightingBenchmark.Measure),
        ("tables", TableLoopBenchmark.Measure),
        ("images", ImageLoopBenchmark.Measure),
        ("reading", ReadingBenchmark.Measure),
        ("checkpoints", CheckpointBenchmark.Measure),
        ("PyTorch", PyTorchBenchmark.Measure),
    ];
}
