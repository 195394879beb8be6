using Ilt.Benchmarks;

namespace Ilt.Torch.Tests;

/// <summary>Keeps the benchmark of model files alive; it measures nothing here.</summary>
[NonParallelizable] // redirects the console
public sealed class ModelFileBenchmarkTests
{
    [Test]
    public void QuickRun_PrintsALinePerThingMeasured()
    {
        var output = new StringWriter();
        var console = Console.Out;
        Console.SetOut(output);
        try
        {
            ModelFileBenchmark.Run(quick: true);
        }
        finally
        {
            Console.SetOut(console);
        }
        Assert.That(output.ToString(), Does.Contain("| 10,000 | model |").And.Contain("| 10,000 | bytes, plain |").And.Contain("| 10,000 | bytes, compressed |"));
    }
}
