using Ilt.Torch.Tests.Checkpoints;
using Ilt.Weighting;
using TorchSharp;
using TorchSharp.Modules;

namespace Ilt.Torch.Tests.Training;

/// <summary>A training that chooses its threads is the one that names them, bit for bit; the clock is a made one.</summary>
public class AutomaticThreadsTests
{
    private string folder = "";

    [SetUp]
    public void Create() => folder = Directory.CreateTempSubdirectory("ilt-threads-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    private string Place => Path.Combine(folder, "run");

    [Test]
    public void Train_Automatic_IsTheTrainingOfThatNumberBitForBit([Values("table", "early stopping", "custom", "unet", "body")] string kind, [Values(1, 2)] int chosen)
    {
        var notes = new List<string>();
        var expected = Runs.Train(kind, LossWeightingKind.InstanceLevel, null, change: options => options with { Threads = chosen });
        var found = Runs.Train(kind, LossWeightingKind.InstanceLevel, null, change: options => Automatic(options, notes), measuring: For(chosen));
        Assert.That(found, Is.EqualTo(expected));
        Assert.That(notes, Has.Count.EqualTo(1).And.All.StartsWith(chosen == 2 ? "threads: 2 (chosen: 2.0 times as fast as 1)" : "threads: 1 (chosen: 2 are 0.5 times as fast)"));
    }

    [Test]
    public void Train_Automatic_EffectiveOptionsSayTheNumber([Values] bool lengthIsOpen)
    {
        var (tasks, train, _, options) = Runs.Of(lengthIsOpen ? "open length" : "table");
        using var result = new Disposing(MultiTaskTraining.Train(tasks, train, null, Automatic(options), For(2), default));
        Assert.That(result.Value.EffectiveOptions.Threads, Is.EqualTo(2));
    }

    [Test]
    public void Train_Automatic_BringsTheThreadsBack()
    {
        var before = torch.get_num_threads();
        Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => Automatic(options), measuring: For(2));
        Assert.That(torch.get_num_threads(), Is.EqualTo(before));
    }

    // Where layers take their weights from torch's generator, another network before them would change them.
    [Test]
    public void Train_NetworkOfTorchsGenerator_IsNotChanged()
    {
        string Train(int threads)
        {
            torch.manual_seed(5);
            var network = CustomNetworkDefinition.FromBackbone("linear", (input, _) => torch.nn.Linear(input.Channels, 3));
            return Runs.Train("custom", LossWeightingKind.InstanceLevel, null, change: options => options with { Network = network, Threads = threads }, measuring: For(2));
        }
        Assert.That(Train(TrainingOptions.AutomaticThreads), Is.EqualTo(Train(2)));
    }

    // As where it comes trained. Batch norm has statistics that every pass changes.
    [Test]
    public void Train_NetworkHandsOutOneModule_IsNotChanged()
    {
        string Train(int threads)
        {
            torch.manual_seed(5);
            var module = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.BatchNorm1d(6));
            var network = CustomNetworkDefinition.FromBackbone("one", (_, _) => module);
            return Runs.Train("custom", LossWeightingKind.InstanceLevel, null, change: options => options with { Network = network, Threads = threads }, measuring: For(2));
        }
        Assert.That(Train(TrainingOptions.AutomaticThreads), Is.EqualTo(Train(2)));
    }

    [Test]
    public void Train_GoesOnFromACheckpoint_TakesItsNumberAndDoesNotMeasure([Values("table", "open length")] string kind)
    {
        var expected = Runs.Train(kind, LossWeightingKind.InstanceLevel, null, change: options => options with { Threads = 2 });
        using var cancellation = new CancellationTokenSource();
        var (steps, notes) = (0, new List<string>());
        Assert.That(Runs.Train(kind, LossWeightingKind.InstanceLevel, new(Place), cancellation.Token, () => { if (++steps == 7) cancellation.Cancel(); }, options => Automatic(options), For(2)), Is.EqualTo("cancelled"));
        Assert.That(() => Runs.Train(kind, LossWeightingKind.InstanceLevel, new(Place), change: options => options with { Threads = 1 }),
            Throws.InstanceOf<CheckpointMismatchException>().With.Property("Differences").EqualTo(new[] { "Threads: 2 there, 1 here" }));
        Assert.That(Runs.Train(kind, LossWeightingKind.InstanceLevel, new(Place), change: options => Automatic(options, notes), measuring: Never), Is.EqualTo(expected));
        Assert.That(notes, Is.EqualTo(new[] { "threads: 2 (of the checkpoint)" }));
    }

    [Test]
    public void Train_CheckpointIsNotGoneOnWith_Measures()
    {
        var (steps, notes) = (0, new List<string>());
        using var cancellation = new CancellationTokenSource();
        Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place), cancellation.Token, () => { if (++steps == 7) cancellation.Cancel(); }, options => options with { Threads = 1 });
        Assert.That(CheckpointOptions.Exists(Place));
        Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { Resume = false, KeepWhenDone = true }, change: options => Automatic(options, notes), measuring: For(2));
        Assert.That(notes, Has.One.StartsWith("threads: 2 (chosen"));
    }

    [Test]
    public void Train_WithinAnotherTraining_TakesItsNumberAndDoesNotMeasure([Values(1, 2)] int outer)
    {
        var notes = new List<string>();
        var steps = 0;
        Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => options with { Threads = outer }, onBatch: () =>
        {
            if (++steps == 3) Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => Automatic(options, notes), measuring: Never);
        });
        Assert.That(notes, Is.EqualTo(new[] { $"threads: {outer} (as the training under way in this process)" }));
    }

    // Whichever comes first measures; the others wait, and take its number.
    [Test]
    public void Train_SideBySide_AllTakeOneNumber()
    {
        var expected = Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => options with { Threads = 2 });
        var found = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => Automatic(options), measuring: For(2)), TaskCreationOptions.LongRunning))).Result;
        Assert.That(found, Is.All.EqualTo(expected));
    }

    [Test]
    public void Train_ByTheRealClock_Chooses()
    {
        var notes = new List<string>();
        Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => Automatic(options, notes) with { Epochs = 200 });
        Assert.That(notes, Has.One.Match(@"^threads: \d+ \(chosen: "));
    }

    [Test]
    public void Train_NetworkFails_EndsTheMeasuring()
    {
        var fails = CustomNetworkDefinition.FromBackbone("fails", (_, _) => throw new TimeoutException());
        Assert.That(() => Runs.Train("custom", LossWeightingKind.InstanceLevel, null, change: options => Automatic(options) with { Network = fails }, measuring: For(2)), Throws.InstanceOf<TimeoutException>());
        Assert.That(() => Runs.Train("table", LossWeightingKind.InstanceLevel, null, change: options => options with { Threads = 1 }), Throws.Nothing);
    }

    [Test]
    public void Validate_Threads_IsANumberOrAutomatic()
    {
        Assert.That(() => new TrainingOptions { Threads = TrainingOptions.AutomaticThreads }.Validate(), Throws.Nothing);
        Assert.That(() => new TrainingOptions { Threads = -1 }.Validate(), Throws.ArgumentException.With.Message.Contains("Threads must be at least 1 and at most "));
        Assert.That(new TrainingOptions().Threads, Is.EqualTo(1));
    }

    private static TrainingOptions Automatic(TrainingOptions options, List<string>? notes = null) =>
        options with { Threads = TrainingOptions.AutomaticThreads, OnNote = notes is null ? null : notes.Add };

    private static ThreadMeasuring Never => new(2, () => throw new AssertionException("nothing is to be measured"));

    // A machine of two processors on which so many threads are twice as fast as the other number. Short runs are measured too.
    private static ThreadMeasuring For(int fastest)
    {
        var now = 0.0;
        return new(2, () => TimeSpan.FromMilliseconds(now += torch.get_num_threads() == fastest ? 5 : 10)) { ShareOfRun = 1000 };
    }
}
