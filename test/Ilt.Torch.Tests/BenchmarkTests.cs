using Ilt.Benchmarks;

namespace Ilt.Torch.Tests;

/// <summary>Keeps the benchmarks alive by their quick runs; nothing is measured here.</summary>
[NonParallelizable] // redirects the console
public sealed class BenchmarkTests
{
    [Test]
    public void TableLoops_PrintThePlainLoopAndBothTrainings() =>
        Assert.That(Printed(TableLoopBenchmark.Run), Does.Match(@"\| 512 \| 16 \| plain loop \| [\d,]+ \| 1\.000 \|").And.Match(@"\| ours, equal \| [\d,]+").And.Match(@"\| ours, ilt \| [\d,]+"));

    [Test]
    public void ModelFile_PrintsALinePerThingMeasured() =>
        Assert.That(Printed(ModelFileBenchmark.Run), Does.Contain("| 10,000 | model |").And.Contain("| 10,000 | bytes, plain |").And.Contain("| 10,000 | bytes, compressed |"));

    [Test]
    public void ImageEpoch_PrintsBothTrainings() => Assert.That(Printed(ImageEpochBenchmark.Run), Does.Match(@"\| equal \| [\d.]+").And.Match(@"\| ilt \| [\d.]+"));

    [Test]
    public void ImageLoop_PrintsFourTrainingsOfThreeSets() =>
        Assert.That(Printed(ImageLoopBenchmark.Run).Split('\n').Count(line => line.StartsWith("| pairs", StringComparison.Ordinal) || line.StartsWith("| scenes", StringComparison.Ordinal) || line.StartsWith("| bodies", StringComparison.Ordinal)), Is.EqualTo(12));

    [Test]
    public void Checkpoint_PrintsWhatOneCosts() =>
        Assert.That(Printed(CheckpointBenchmark.Run), Does.Match(@"\| table of 10,000 rows, 2 tasks \| [\d.]+ \| [\d.]+ \| (?!0\.0 )[\d.]+ \|").And.Match(@"\| 256 scenes"));

    private static string Printed(Action<bool> run)
    {
        var console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            run(true);
        }
        finally
        {
            Console.SetOut(console);
        }
        return written.ToString();
    }
}
