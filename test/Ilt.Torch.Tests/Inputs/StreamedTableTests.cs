using System.Security.Cryptography;
using Ilt.Detection;
using Ilt.Torch.Tests.Checkpoints;
using Ilt.Weighting;
using TorchSharp;

namespace Ilt.Torch.Tests.Inputs;

/// <summary>A table whose features are in a scratch file trains as one in memory does.</summary>
public class StreamedTableTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 3, BatchSize = 8, LearningRate = 5e-3, HiddenUnits = [8], Dropout = 0.3, Seed = 3 };

    [Test]
    public void Train_AllRowsAtOnce_IsTheTrainingInMemoryBitForBit([Values(3, null)] int? epochs, [Values(5, 16, 1000)] int rowsPerShard)
    {
        var table = TestTables.Table(64, 1);
        var streamed = TestTables.Streamed(table, rowsPerShard, 13);
        var options = Options with { Epochs = epochs, BatchSize = 16 };
        Assert.That(Train(streamed, options with { Memory = 0 }), Is.EqualTo(Train(table, options)));
    }

    // Every row in its class: shards of one class each.
    [Test]
    public void Train_FewRowsAtOnce_FindsWrongLabelsAsWellAsInMemory()
    {
        const int rows = 1200;
        var (features, classes, _) = TestTables.Make(rows, 1);
        var order = Enumerable.Range(0, rows).OrderBy(row => classes[row]).ToArray();
        var (random, isWrong) = (new Random(2), new bool[rows]);
        var given = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            isWrong[row] = random.NextDouble() < 0.2;
            given[row] = isWrong[row] ? (classes[row] + 1 + random.Next(2)) % 3 : classes[row];
        }
        var table = new TableData(features, 4, [new ClassLabels(given)]).Subset(order);
        var truth = Array.ConvertAll(order, row => isWrong[row]);
        var options = new TrainingOptions { Epochs = 20, BatchSize = 32, HiddenUnits = [32], Seed = 1 };
        var (inMemory, streamed) = (Precision(table), Precision(TestTables.Streamed(table, 50, 4)));
        TestContext.Out.WriteLine($"average precision {inMemory:F4} in memory, {streamed:F4} streamed");
        Assert.That(inMemory, Is.GreaterThan(0.7));
        Assert.That(streamed, Is.EqualTo(inMemory).Within(0.03));

        double Precision(TrainingData data)
        {
            using var result = new Disposing(MultiTaskTraining.Train([new ClassificationTask("class", 3)], data, null, options));
            return DetectionMetrics.AveragePrecision(result.Value.Scores.NoiseScores(0), truth);
        }
    }

    [Test]
    public void Train_OneSeed_RepeatsAndAnotherDoesNot()
    {
        var streamed = TestTables.Streamed(TestTables.Table(64, 1), 5, 3);
        var first = Train(streamed, Options);
        Assert.That(Train(streamed, Options), Is.EqualTo(first));
        Assert.That(Train(streamed, Options with { Seed = 4 }), Is.Not.EqualTo(first));
    }

    [Test]
    public void Order_OfEveryEpoch_VisitsEachRowOnceShardsTogether([Values(2, 5, 7)] int rowsPerShard, [Values(1, 3)] int atOnce, [Values] bool isSubset)
    {
        var table = TestTables.Streamed(TestTables.Table(64, 1), rowsPerShard, atOnce);
        if (isSubset) table = table.Subset([9, 3, 60, 61, 2, 40, 17, 18, 20, 5, 31, 30, 29, 0, 1, 44, 50]);
        var order = table.OrderOf(4, 7);
        var epochs = Enumerable.Range(0, 3).Select(epoch => order.Of(epoch).SelectMany(rows => rows).ToArray()).ToArray();
        foreach (var (rows, epoch) in epochs.Select((rows, epoch) => (rows, epoch)))
        {
            Assert.That(rows.Order(), Is.EqualTo(Enumerable.Range(0, table.RowCount)));
            var groups = table.Shards.Groups(BatchOrder.GeneratorOf(7, epoch));
            var groupOf = rows.Select(row => Array.FindIndex(groups, group => group.Contains(table.Shards.PlaceOf(row) / rowsPerShard))).ToArray();
            Assert.That(groupOf, Is.Ordered);
        }
        Assert.That(epochs[0], Is.Not.EqualTo(epochs[1]));
        Assert.That(table.OrderOf(4, 7).Of(1).SelectMany(rows => rows), Is.EqualTo(epochs[1]));
    }

    [Test]
    public void Batches_HoldWhatTheTableHolds([Values(0, 3)] int done, [Values] bool isSubset)
    {
        TrainingData table = TestTables.Table(64, 1), streamed = TestTables.Streamed(TestTables.Table(64, 1), 5, 2);
        int[] chosen = [9, 3, 60, 61, 2, 40, 17, 18, 20, 5, 31, 30, 29, 0, 1, 44, 50];
        if (isSubset) (table, streamed) = (table.Subset(chosen), streamed.Subset(chosen));
        var options = new BatchOptions
        {
            Tasks = TestTables.ClassAndNumber, InputScaling = null, Augmentation = null, Seed = 7,
            TargetScalings = [.. TestTables.ClassAndNumber.Select((task, k) => task.FitScale(table.Labels[k]))],
        };
        using var expected = table.OpenBatches(options);
        using var found = streamed.OpenBatches(options);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var plan = streamed.OrderOf(4, 7).Of(epoch)[done..];
            expected.Begin(epoch, plan);
            found.Begin(epoch, plan);
            for (var step = 0; step < plan.Length - epoch; step++) // an epoch that was left early, too
            {
                using var scope = torch.NewDisposeScope();
                var (a, b) = (expected.Next(), found.Next());
                Assert.That(Tensors.ToArray(b.Inputs), Is.EqualTo(Tensors.ToArray(a.Inputs)));
                Assert.That(b.Labelled, Is.EqualTo(a.Labelled));
                for (var k = 0; k < 2; k++) Assert.That(Tensors.ToArray(b.Targets[k].Values), Is.EqualTo(Tensors.ToArray(a.Targets[k].Values)));
            }
        }
    }

    // Other rows than those that the order would bring: trial passes do that.
    [Test]
    public void Batches_RowsInAnyOrder_AreFound()
    {
        var table = TestTables.Table(40, 1);
        using var batches = TestTables.Streamed(table, 3, 2).OpenBatches(new BatchOptions { Tasks = [], TargetScalings = [], InputScaling = null, Augmentation = null, Seed = 1 });
        int[] rows = [39, 0, 20, 1, 38, 5];
        batches.Begin(0, [rows]);
        using var scope = torch.NewDisposeScope();
        Assert.That(Tensors.ToArray(batches.Next().Inputs), Is.EqualTo(table.Subset(rows).Features));
    }

    [Test]
    public void Next_FileCannotBeRead_Throws()
    {
        var table = TestTables.Table(40, 1);
        var file = TestTables.FileOf(table);
        using var batches = new StreamedTable(file, null, [], 3, 2).OpenBatches(new BatchOptions { Tasks = [], TargetScalings = [], InputScaling = null, Augmentation = null, Seed = 1 });
        var buffer = new float[4];
        file.Read(0, buffer);
        file.Dispose();
        batches.Begin(0, [[1, 2]]);
        Assert.That(() => batches.Next(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void ReadInputs_AnyRows_AreThoseOfTheTable([Values] bool isSubset)
    {
        TrainingData table = TestTables.Table(64, 1), streamed = TestTables.Streamed(TestTables.Table(64, 1), 5, 2);
        if (isSubset) (table, streamed) = (table.Subset([50, 3, 4, 5, 9, 1, 0, 63, 20]), streamed.Subset([50, 3, 4, 5, 9, 1, 0, 63, 20]));
        foreach (var rows in (int[][])[[0], [.. Enumerable.Range(0, table.RowCount)], [5, 6, 8, 2, 1, 0], [0, 2, 4, 6, 8], [3, 3]])
        {
            var (expected, found) = (new float[rows.Length * 4], new float[rows.Length * 4]);
            table.ReadInputs(rows, expected);
            streamed.ReadInputs(rows, found);
            Assert.That(found, Is.EqualTo(expected));
        }
        Assert.That(Hash(streamed), Is.EqualTo(Hash(table)));
        Assert.That(((StreamedTable)streamed).ToTable().Features, Is.EqualTo(((TableData)table).Features));
    }

    [Test]
    public void Resume_OrderIsAnother_IsRefusedWithTheReason()
    {
        var folder = Directory.CreateTempSubdirectory("ilt-streamed-").FullName;
        try
        {
            var table = TestTables.Table(64, 1);
            var steps = 0;
            Assert.That(() => Train(table, Options with { Checkpoint = new(folder) { Interval = TimeSpan.Zero }, OnBatch = _ => { if (++steps == 4) throw new TimeoutException(); } }), Throws.InstanceOf<TimeoutException>());
            Assert.That(() => Train(TestTables.Streamed(table, 5, 3), Options with { Checkpoint = new(folder) }),
                Throws.InstanceOf<CheckpointMismatchException>().With.Message.Contains("the order of the training rows: only here"));
            Assert.That(Train(TestTables.Streamed(table, 64, 1), Options with { Checkpoint = new(folder) }), Is.EqualTo(Train(table, Options)), "the order is the same");
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Append_NoNumber_NamesRowAndFeature()
    {
        using var file = new FeatureFile(2);
        file.Append([1, 2, 3, 4]);
        Assert.That(() => file.Append([5, float.NaN]), Throws.ArgumentException.With.Message.StartsWith("Feature 1 of data row 3 is NaN"));
        Assert.That(() => file.Append([5]), Throws.ArgumentException.With.Message.Contains("no whole number of rows of 2"));
    }

    [Test]
    public void Create_FolderIsAbsent_NamesIt() =>
        Assert.That(() => new FeatureFile(2, "/no/such/folder"), Throws.InstanceOf<IOException>().With.Message.Contains("/no/such/folder").And.Message.Contains("TMPDIR"));

    [Test]
    public void Create_MemoryOfAnySize_ReadsSomeRowsAtOnce([Values(0L, 1_000_000L, long.MaxValue / 2)] long memory)
    {
        using var file = TestTables.FileOf(TestTables.Table(64, 1));
        var streamed = new StreamedTable(file, [], memory);
        Assert.That(streamed.Shards.AreAllAtOnce);
        Assert.That(streamed.Shards.RowsPerShard, Is.EqualTo(memory == 0 ? 256 : memory == 1_000_000 ? 1_000_000 / 4 / 8 / 16 : (1 << 30) / 8 / 16));
    }

    private static string Train(TrainingData data, TrainingOptions options)
    {
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, data, null, options));
        return Runs.Describe(result.Value, data);
    }

    private static string Hash(TrainingData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        data.AppendInputs(hash);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
