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

    [Test]
    public void PyTorch_PrintsItsTableOrThatItIsNotThere() => Assert.That(Printed(PyTorchBenchmark.Run),
        Does.Match(@"\| a table of 512 rows \| PyTorch, planes \| [\d.]+").And.Match(@"\| pairs \| PyTorch, planes \| [\d.]+").Or.Match("PyTorch is not there, so nothing is compared with it .*apt-get install"));

    [Test]
    public void Kernels_AreAlive()
    {
        var kernels = new Kernels();
        kernels.Prepare();
        Assert.Multiple(() =>
        {
            Assert.That(kernels.SparseStep(), Is.Not.Zero);
            Assert.That(kernels.Weigh(), Is.Positive);
            Assert.That(kernels.Record(), Is.Positive);
            Assert.That(kernels.AveragePrecision(), Is.EqualTo(0.2).Within(0.02), "scores by chance");
            Assert.That(kernels.RocAuc(), Is.EqualTo(0.5).Within(0.02));
            Assert.That(kernels.DecodeMask(), Is.EqualTo(256));
        });
    }

    [Test]
    public void Speed_Quick_HasEveryPart_AndTheFormOfThePage()
    {
        var page = "";
        var said = Printed(quick => page = SpeedPage.Make(SpeedParts.All, quick));
        Assert.That(SpeedPage.Fault(page), Is.Null, page);
        foreach (var (name, _) in SpeedParts.All)
        {
            Assert.That(said, Does.Contain($" {name}\n"));
            Assert.That(page, Does.Contain($"| {name} |").Or.Contain($"- {name}: "));
        }
    }

    [Test]
    public void Speed_PageOfTheDocumentation_HasTheFormThatTheProgramWrites()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "results", "speed.md")).ReplaceLineEndings("\n");
        Assert.That(SpeedPage.Fault(page), Is.Null, $"write it again: {SpeedPage.Command}");
    }

    [Test]
    public void Speed_Quantiles_AreOfTheTurns_AndWhatExceedsItsMostIsBold()
    {
        double[] one = [.. Enumerable.Range(0, 11).Select(turn => 2.0 * (10 - turn))], other = [.. one.Select(_ => 10.0)];
        var ratio = SpeedRatio.Of("one", one, "other", other, atMost: 0.5);
        Assert.That(new[] { 0.1, 0.5, 0.9 }.Select(ratio.Quantile), Is.EqualTo(new[] { 0.2, 1, 1.8 }).Within(1e-12));
        var page = SpeedPage.Make([("part", _ => new([ratio, ratio with { AtMost = null }, ratio with { AtMost = 1 }], "a note"))], quick: true);
        Assert.That(page, Does.Contain("| part | one | other | 11 | 0.200 | **1.00** | 1.80 | 0.500 |\n| part | one | other | 11 | 0.200 | 1.00 | 1.80 |  |\n| part | one | other | 11 | 0.200 | 1.00 | 1.80 | 1.00 |\n").And.Contain("\n- part: a note\n"));
        Assert.That(SpeedPage.Fault(page), Is.Null);
        Assert.That(() => SpeedRatio.Of("one", [1], "other", [1, 2]), Throws.ArgumentException);
    }

    [TestCase("| 11 |", "| many |")]
    [TestCase("| part | what |", "| piece | what |")]
    [TestCase("; load ", "; ")]
    [TestCase("# Speed", "# Quickness")]
    [TestCase("\n| part | one | other | 11 | 1.00 | 1.00 | 1.00 |  |", "")]
    public void Speed_AnotherForm_IsNoticed(string found, string other)
    {
        var page = SpeedPage.Make([("part", _ => new([new SpeedRatio("one", "other", [.. Enumerable.Repeat(1.0, 11)])]))], quick: true);
        Assert.That(page, Does.Contain(found));
        Assert.That(SpeedPage.Fault(page), Is.Null);
        Assert.That(SpeedPage.Fault(page.Replace(found, other)), Is.Not.Null);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ilt.MLNet.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

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
