using Ilt.Benchmarks;

namespace Ilt.Torch.Tests;

[NonParallelizable] // redirects the console
public sealed class ImageEpochBenchmarkTests
{
    [Test]
    public void Run_Quick_PrintsBothTrainings()
    {
        var console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            ImageEpochBenchmark.Run(quick: true);
        }
        finally
        {
            Console.SetOut(console);
        }
        Assert.That(written.ToString().Split('\n').Where(line => line.StartsWith("| equal |", StringComparison.Ordinal) || line.StartsWith("| ilt |", StringComparison.Ordinal)).ToArray(), Has.Length.EqualTo(2));
    }
}
