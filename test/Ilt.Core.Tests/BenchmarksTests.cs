using Ilt.Benchmarks;

namespace Ilt;

[TestFixture]
[NonParallelizable] // redirects the console
public sealed class BenchmarksTests
{
    [Test]
    public void Run_Quick_PrintsEveryTableWithItsBaseline()
    {
        var console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            StepBenchmarks.Run(quick: true);
        }
        finally
        {
            Console.SetOut(console);
        }

        var lines = written.ToString().Split('\n');
        Assert.That(lines.Count(line => line.StartsWith("| case |", StringComparison.Ordinal)), Is.EqualTo(4));
        Assert.That(lines.Count(line => line.Contains("| 1.000 |", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(4));
    }

    [Test]
    public void Reading_Quick_PrintsEveryCaseBesideSep()
    {
        var results = ReadingBenchmark.Measure(rows: 400, columns: 6, rounds: 1);

        Assert.That(results.Select(result => result.Case), Is.EqualTo(new[] { "Sep, CSV", "ilt, CSV", "ML.NET TextLoader, CSV", "ilt, Parquet" }));
        Assert.That(results[0].Ratio, Is.EqualTo(1));
        Assert.That(results.Select(result => result.Ratio), Is.All.GreaterThan(0).And.All.LessThan(double.PositiveInfinity));
    }

    [Test]
    public void Large_Quick_RunsIltOnBothFilesAndLoadsOneAlone()
    {
        var console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            LargeTableBenchmark.Run(quick: true, []);
        }
        finally
        {
            Console.SetOut(console);
        }

        var lines = written.ToString().Split('\n').Where(line => line.Contains(", CSV |", StringComparison.Ordinal) || line.Contains(", Parquet |", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim());
        Assert.That(lines, Is.EqualTo(new[] { "ilt flag, CSV", "ilt flag, Parquet", "Sep alone, CSV", "ML.NET TextLoader alone, CSV" }));
    }
}
