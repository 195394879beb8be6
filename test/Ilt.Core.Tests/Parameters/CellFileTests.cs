using Ilt.Imaging;
using Ilt.Weighting;

namespace Ilt.Parameters;

/// <summary>What is learned of rows is the same in a scratch file as in memory, bit for bit.</summary>
[TestFixture]
public sealed class CellFileTests
{
    [Test]
    public void Steps_InAFile_EqualThoseInMemoryBitForBit([Values(0, 0.9)] double momentum, [Values(1, 3, 4)] int tasks, [Values(1, 700, 5000)] int rows)
    {
        var options = new InstanceTaskParameterOptions { Momentum = momentum, StepSize = 0.06 };
        var memory = (Parameters: new InstanceTaskParameters(rows, tasks, options), Statistics: new LossStatistics(rows, tasks));
        var file = (Parameters: new InstanceTaskParameters(rows, tasks, options, new MemoryBudget(0)), Statistics: new LossStatistics(rows, tasks, memory: new MemoryBudget(0)));
        Assert.That((memory.Parameters.IsInFile, memory.Statistics.IsInFile, file.Parameters.IsInFile, file.Statistics.IsInFile), Is.EqualTo((false, false, true, true)));
        var random = new Random(5);
        for (var step = 0; step < 20; step++)
        {
            int[] batch = [.. Enumerable.Range(0, Math.Min(rows, 40)).Select(_ => random.Next(rows))];
            var losses = Array.ConvertAll(new float[batch.Length * tasks], _ => random.Next(5) == 0 ? float.NaN : (float)(random.NextDouble() * 4));
            file.Parameters.RequestPages(batch);
            file.Statistics.RequestPages(batch);
            foreach (var (parameters, statistics) in new[] { memory, file })
            {
                parameters.Step(batch, losses);
                statistics.Record(step / 5, new LossBatch(batch, tasks, losses), losses);
            }
        }

        for (var task = 0; task < tasks; task++)
        {
            Assert.That(file.Parameters.SteppedValues(task), Is.EqualTo(memory.Parameters.SteppedValues(task)));
            Assert.That(file.Parameters.Median(task), Is.EqualTo(memory.Parameters.Median(task)));
            for (var row = 0; row < rows; row++)
            {
                Assert.That(file.Parameters[row, task], Is.EqualTo(memory.Parameters[row, task]));
                Assert.That(Of(file.Statistics, row, task), Is.EqualTo(Of(memory.Statistics, row, task)));
            }
        }

        Assert.That(Saved(file.Parameters), Is.EqualTo(Saved(memory.Parameters)), "also the momentum");
        Assert.That(Saved(file.Statistics), Is.EqualTo(Saved(memory.Statistics)));
    }

    // Blocks of many rows, of some and of one; memory for one block, for some, and for all; more blocks than are one word of bits.
    [Test]
    public void Rows_WhoseBlocksAreWrittenTimeAndAgain_AreAsInAnArray([Values(3, 20, 700, 2500)] int stride, [Values(1, 5, 40, 100_000)] int pages)
    {
        var rows = 400_000 / stride;
        float[] fill = [.. Enumerable.Range(0, stride).Select(i => i == 1 ? float.NaN : i - 0.5f)];
        var cells = Make();
        Assert.That(cells.IsInFile);
        var expected = Enumerable.Range(0, rows).Select(_ => fill.ToArray()).ToArray();
        var random = new Random(stride + pages);
        for (var visit = 0; visit < 1500; visit++)
        {
            var row = random.Next(2) == 0 ? random.Next(rows) : random.Next(Math.Min(rows, 40)); // some again and again
            var number = random.NextSingle();
            var at = random.Next(stride);
            if (visit % 50 == 0) cells.RequestPages([row]);
            cells.PrefetchFirst([row]);
            (cells.Row(row)[at], expected[row][at]) = (number, number);
            (cells.Row(row)[stride - 1], expected[row][stride - 1]) = (visit, visit);
            var other = random.Next(rows);
            if (!cells.Read(other).SequenceEqual(expected[other])) Assert.Fail($"row {other} after {visit} visits");
        }

        RequireSame(cells, "in the end");
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) cells.Save(writer);
        var restored = Make();
        restored.Row(rows - 1)[0] = 7; // is overwritten
        stream.Position = 0;
        restored.Restore(new BinaryReader(stream));
        RequireSame(restored, "restored");
        RequireSame(cells, "still");
        Parallel.For(0, 8, _ => RequireSame(cells, "read by several threads"));

        CellArray Make() => new(rows, fill, new MemoryBudget(0), leastBytes: pages * 4096L);

        void RequireSame(CellArray found, string when)
        {
            for (var row = 0; row < rows; row++)
                if (!found.Read(row).SequenceEqual(expected[row])) Assert.Fail($"row {row} {when}");
            GC.KeepAlive(found);
        }
    }

    [Test]
    public void Read_ABlockThatWasReadBeforeItWasWritten_IsTheNewOne()
    {
        var cells = new CellArray(10_000, [1f, 2f], new MemoryBudget(0), leastBytes: 1); // one block in memory
        cells.Row(0)[0] = 3;
        cells.Row(9_999)[0] = 4;
        Assert.That(cells.Read(0)[0], Is.EqualTo(3));
        cells.Row(1)[0] = 5;
        cells.Row(9_999)[1] = 6;
        Assert.That((cells.Read(1)[0], cells.Read(0)[0], cells.Read(9_999)[0], cells.Read(9_999)[1]), Is.EqualTo((5f, 3f, 4f, 6f)));
    }

    [Test]
    public void Restore_WhereverItWasSaved_IsTheSame([Values] bool savedInFile, [Values] bool restoredInFile)
    {
        const int rows = 3000, tasks = 2;
        var saved = Make(savedInFile);
        saved.Step([0, 2999, 1500], [1, 2, 3, float.NaN, 5, 6]);
        var restored = Make(restoredInFile);
        restored.Step([7], [9, 9]);
        using var stream = new MemoryStream(Saved(saved));
        restored.Restore(new BinaryReader(stream));
        Assert.That(Saved(restored), Is.EqualTo(Saved(saved)));
        Assert.That(restored[7, 0], Is.Zero);
        Assert.That(stream.Position, Is.EqualTo(stream.Length));

        static InstanceTaskParameters Make(bool inFile) => new(rows, tasks, InstanceTaskParameterOptions.Paper, inFile ? new MemoryBudget(0) : null);
    }

    [Test]
    public void Create_BudgetIsShared_TheFirstThatFitsAreInMemory()
    {
        var budget = new MemoryBudget(1000 * sizeof(float));
        Assert.That(new InstanceTaskParameters(800, 1, new(), budget).IsInFile, Is.False);
        Assert.That(new InstanceTaskParameters(800, 1, new(), budget).IsInFile);
        Assert.That(new InstanceTaskParameters(200, 1, new(), budget).IsInFile, Is.False);
    }

    [Test]
    public void Step_RowOutOfRange_IsRefused() =>
        Assert.That(() => new InstanceTaskParameters(3, 1, new(), new MemoryBudget(0)).Step([3], [0f]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("0 to 2"));

    [Test]
    public void Create_NoFileCanBeMade_NamesTheFolder() =>
        Assert.That(() => new CellArray(10, [0f], new MemoryBudget(0), "/no/such/folder"), Throws.InstanceOf<IOException>().With.Message.Contains("/no/such/folder").And.Message.Contains("TMPDIR"));

    [Test]
    public void Create_DiskHasNoRoom_SaysSoBeforeItIsUsed() =>
        Assert.That(() => new CellArray(int.MaxValue, new float[1 << 20], new MemoryBudget(0)), Throws.InstanceOf<IOException>().With.Message.Contains("the disk has"));

    // The file has holes: of 16 GiB some pages are used.
    [Test]
    public void Step_MoreNumbersThanAnArrayHolds_AreAllApart()
    {
        const int rows = int.MaxValue;
        Assume.That(new DriveInfo(Path.GetTempPath()).AvailableFreeSpace, Is.GreaterThan(2L * rows * sizeof(float)));
        var parameters = new InstanceTaskParameters(rows, 1, InstanceTaskParameterOptions.Paper, new MemoryBudget(long.MaxValue));
        int[] batch = [0, 1, rows / 2, rows - 2, rows - 1];
        parameters.Step(batch, [1, 2, 3, 4, 5]);
        Assert.That(batch.Select(row => parameters[row, 0]), Is.EqualTo(new[] { -0.06f, -0.12f, -0.18f, -0.24f, -0.3f }).Within(1e-6));
        Assert.That(parameters[2, 0], Is.Zero);
        Assert.That(parameters[rows - 3, 0], Is.Zero);
        Assert.That(parameters.Bytes, Is.EqualTo(2L * rows * sizeof(float)));
    }

    // dotnet test test/Ilt.Core.Tests -c Release --filter Name~ThousandMillion -- NUnit.ExplicitMode=Relaxed
    [Test, Explicit("takes a minute, and some GB of the disk of temporary files")]
    public void Steps_ThousandMillionParameters_AreRightAndTakeTheTimeOfTheirBatches()
    {
        const int rows = 250_000_000, tasks = 4, batchSize = 256, steps = 2000;
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var parameters = new InstanceTaskParameters(rows, tasks, new(), new MemoryBudget(0));
        var statistics = new LossStatistics(rows, tasks, memory: new MemoryBudget(0));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{(long)rows * tasks:N0} parameters, files of {(parameters.Bytes + statistics.Bytes) >> 20:N0} MiB made in {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms"));
        var (random, expected) = (new Random(1), new Dictionary<(int, int), float>());
        var time = TimeSpan.Zero;
        for (var step = 0; step < steps; step++)
        {
            int[] batch = [.. Enumerable.Range(0, batchSize).Select(_ => random.Next(rows)).Distinct()];
            var gradients = Array.ConvertAll(new float[batch.Length * tasks], _ => (float)random.NextDouble());
            start = System.Diagnostics.Stopwatch.GetTimestamp();
            parameters.Step(batch, gradients);
            statistics.Record(0, new LossBatch(batch, tasks, gradients), []);
            time += System.Diagnostics.Stopwatch.GetElapsedTime(start);
            for (var at = 0; at < gradients.Length; at++)
            {
                var cell = (batch[at / tasks], at % tasks);
                expected[cell] = Math.Clamp(expected.GetValueOrDefault(cell) - (0.4f * gradients[at]), -4, 4);
            }
        }

        TestContext.Out.WriteLine(FormattableString.Invariant($"{time.TotalMicroseconds / steps:F1} us a batch of {batchSize} rows, each of which begins two blocks"));
        foreach (var ((row, task), value) in expected) Assert.That(parameters[row, task], Is.EqualTo(value));
    }

    private static float[] Of(LossStatistics statistics, int row, int task) =>
        [statistics.LastLoss(row, task), statistics.MeanLoss(row, task), statistics.MeanMargin(row, task), statistics.MeanLogLoss(row, task), statistics.ForgettingEvents(row, task)];

    private static byte[] Saved(State.IStateful part)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) part.Save(writer);
        return stream.ToArray();
    }
}
