using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Robustness;

/// <summary>Files that were changed by chance are read, or refused in the documented way, in bounded time and memory.</summary>
public sealed class FuzzTests
{
    private const ulong Seed = 20261127;
    private const int Wanted = 100_000;

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void EveryReader_SomeChangedFiles_ReadsOrRefusesThem()
    {
        foreach (var reader in new Readers(folder.Root).All())
        {
            var fuzzer = new Fuzzer(reader, Seed);
            for (var number = 0; number < 8 * reader.Share; number++) fuzzer.Run(number);
            Assert.That(fuzzer.Faults, Is.Empty);
            Assert.That(fuzzer.Refused, Is.GreaterThan(0), $"{reader.Name}: the changes reach nothing");
        }
    }

    [Test]
    public void Input_FollowsFromSeedAndNumber()
    {
        var reader = new Reader("bytes", [[.. Enumerable.Range(0, 50).Select(i => (byte)i)]], _ => { }, _ => false);
        var (inputs, again) = (Inputs(new Fuzzer(reader, 1)), Inputs(new Fuzzer(reader, 1)));
        Assert.That(again, Is.EqualTo(inputs));
        Assert.That(inputs.Distinct().Count(), Is.GreaterThan(30));

        static string[] Inputs(Fuzzer fuzzer) => [.. Enumerable.Range(0, 50).Select(fuzzer.Input).Select(Convert.ToHexString)];
    }

    [Test]
    public void Run_AReaderThatBreaksItsPromises_IsFound()
    {
        var fuzzer = new Fuzzer(new Reader("bad", [new byte[50]], _ => throw new NullReferenceException(), e => e is FormatException), 1);
        var greedy = new Fuzzer(new Reader("greedy", [new byte[50]], _ => GC.KeepAlive(new byte[2 << 20]), _ => false) { MostBytes = 1 << 20 }, 1);
        fuzzer.Run(0);
        greedy.Run(0);
        Assert.That(fuzzer.Faults.Single(), Does.Contain("NullReferenceException"));
        Assert.That(greedy.Faults.Single(), Does.Contain("allocated 2 MiB"));
    }

    // ILT_FUZZ_SECONDS=600 dotnet test test/Ilt.Cli.Tests -c Release --filter Name~EveryReader_InTheTimeGiven -- NUnit.ExplicitMode=Relaxed
    [Test, Explicit("takes as long as ILT_FUZZ_SECONDS says, ten minutes by default, and writes docs/results/robustness.md")]
    public void EveryReader_InTheTimeGiven_ReadsOrRefusesThem()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("ILT_FUZZ_SECONDS") ?? "600", CultureInfo.InvariantCulture);
        var fuzzers = new Readers(folder.Root).All().Select(reader => (Reader: reader, Fuzzer: new Fuzzer(reader, Seed))).ToArray();
        var (clock, done, next) = (Stopwatch.StartNew(), 0, new int[fuzzers.Length]);
        while (done < Wanted && clock.Elapsed.TotalSeconds < seconds)
        {
            for (var i = 0; i < fuzzers.Length; i++)
                for (var n = 0; n < fuzzers[i].Reader.Share; n++, done++) fuzzers[i].Fuzzer.Run(next[i]++);
        }

        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"{done:N0} inputs of {Wanted:N0} in {clock.Elapsed.TotalSeconds:F0} seconds, seed {Seed}:").AppendLine();
        page.AppendLine("| reader | inputs | read | refused | faults | most allocated for one | longest |");
        page.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        for (var i = 0; i < fuzzers.Length; i++)
        {
            var (reader, fuzzer) = fuzzers[i];
            page.AppendLine(CultureInfo.InvariantCulture, $"| {reader.Name} | {next[i]:N0} | {fuzzer.Accepted:N0} | {fuzzer.Refused:N0} | {fuzzer.Faults.Count:N0} | {fuzzer.MostBytes / 1048576.0:F1} MiB | {fuzzer.Longest.TotalSeconds:F2} s |");
        }

        RobustnessPage.Write(page.ToString());
        TestContext.Out.WriteLine(page);
        Assert.That(fuzzers.SelectMany(pair => pair.Fuzzer.Faults), Is.Empty);
    }
}
