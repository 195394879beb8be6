using System.Globalization;
using Ilt.Weighting;

namespace Ilt.Torch.Tests.Checkpoints;

/// <summary>A training that was cancelled or killed and goes on from its checkpoint ends as if it had never been interrupted.</summary>
public class CheckpointTests
{
    private string folder = "";

    [SetUp]
    public void Create() => folder = Directory.CreateTempSubdirectory("ilt-checkpoints-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    private string Place => Path.Combine(folder, "run");

    [Test]
    public void Train_CancelledAndResumed_IsNeverInterruptedBitForBit([ValueSource(typeof(Runs), nameof(Runs.Kinds))] string kind, [Values(1, 5, 7, 11)] int steps) =>
        CancelAndResume(kind, LossWeightingKind.InstanceLevel, steps);

    [Test]
    public void Train_EveryWeighting_ResumesBitForBit([Values] LossWeightingKind weighting, [Values("table", "unet")] string kind) => CancelAndResume(kind, weighting, 8);

    // Within each fit of the search, between two fits, and in the last one.
    [Test]
    public void Train_LengthIsFound_ResumesBitForBitFromAnyFit([Values(1, 40, 100, 130, 170, 230)] int steps) => CancelAndResume("open length", LossWeightingKind.InstanceLevel, steps);

    [Test]
    public void Train_InterruptedAgainAndAgain_IsNeverInterruptedBitForBit([Values("table", "early stopping", "crops")] string kind)
    {
        var expected = Runs.Train(kind, LossWeightingKind.InstanceLevel, null);
        var found = "cancelled";
        for (var times = 0; found == "cancelled"; times++)
        {
            Assert.That(times, Is.LessThan(60));
            found = Cancelled(kind, LossWeightingKind.InstanceLevel, 3, new(Place));
        }
        Assert.That(found, Is.EqualTo(expected));
    }

    // An exception out of a callback is as sudden as a kill: nothing is written in its course.
    [Test]
    public void Train_KilledAfterAnEpochsCheckpoint_GoesOnFromThere([Values("table", "unet")] string kind)
    {
        var expected = Runs.Train(kind, LossWeightingKind.InstanceLevel, null);
        var (steps, notes) = (0, new List<string>());
        Assert.That(() => Runs.Train(kind, LossWeightingKind.InstanceLevel, new(Place) { Epochs = 1 }, onBatch: () => { if (++steps == 12) throw new TimeoutException(); }), Throws.InstanceOf<TimeoutException>());
        var again = 0;
        Assert.That(Runs.Train(kind, LossWeightingKind.InstanceLevel, new(Place) { OnNote = notes.Add }, onBatch: () => again++), Is.EqualTo(expected));
        Assert.That(notes, Has.One.Contains("epochs and 0 steps were done"));
        Assert.That(again, Is.LessThan(20), "what was done is not done again");
    }

    [Test]
    public void Train_IntervalOfZero_WritesAfterEveryStep()
    {
        var steps = 0;
        Assert.That(() => Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { Interval = TimeSpan.Zero }, onBatch: () => { if (++steps == 8) throw new TimeoutException(); }), Throws.InstanceOf<TimeoutException>());
        var notes = new List<string>();
        Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { OnNote = notes.Add });
        Assert.That(notes, Has.One.Contains("1 epochs and 2 steps were done"), "five steps an epoch; the eighth was not kept");
    }

    [Test]
    public void Train_Done_LeavesNoCheckpointUnlessAskedTo()
    {
        Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { Epochs = 1 });
        Assert.That(Directory.Exists(Place), Is.False);
        var expected = Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { Epochs = 1, KeepWhenDone = true });
        Assert.That(CheckpointOptions.Exists(Place));
        var steps = 0;
        Assert.That(Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place), onBatch: () => steps++), Is.EqualTo(expected), "the results are there at once");
        Assert.That(steps, Is.Zero);
    }

    [Test]
    public void Train_ShortTraining_WritesNothing()
    {
        Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { KeepWhenDone = true });
        Assert.That(Directory.Exists(Place), Is.False, "five minutes had not passed");
    }

    [Test]
    public void Train_NewestDamaged_TheOneBeforeIsUsedAndSaid()
    {
        var expected = Runs.Train("table", LossWeightingKind.InstanceLevel, null);
        Assert.That(() => Kill("table", 12), Throws.InstanceOf<TimeoutException>());
        Flip(Path.Combine(Place, "checkpoint"), 1000);
        var notes = new List<string>();
        Assert.That(Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { OnNote = notes.Add }), Is.EqualTo(expected));
        Assert.That(notes, Has.One.Contains("checksum").And.Some.Contains("1 epochs and 0 steps"));
    }

    [Test]
    public void Train_KilledBetweenTheRenames_TheOneBeforeIsUsed()
    {
        var expected = Runs.Train("table", LossWeightingKind.InstanceLevel, null);
        Assert.That(() => Kill("table", 12), Throws.InstanceOf<TimeoutException>());
        File.Delete(Path.Combine(Place, "checkpoint"));
        File.WriteAllText(Path.Combine(Place, "checkpoint.tmp"), "half written");
        Assert.That(Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place)), Is.EqualTo(expected));
    }

    [Test]
    public void Train_AllDamaged_IsRefused([Values(0, 9, 1000)] int at)
    {
        Assert.That(() => Kill("table", 12), Throws.InstanceOf<TimeoutException>());
        foreach (var name in (string[])["checkpoint", "checkpoint.old"]) Flip(Path.Combine(Place, name), at);
        Assert.That(() => Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place)), Throws.InstanceOf<FormatException>().With.Message.Contains("delete it to begin anew"));
        Assert.That(() => Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { Resume = false }), Throws.Nothing);
        Assert.That(Directory.Exists(Place), Is.False);
    }

    [Test]
    public void Train_CutOff_IsRefused([Values(0, 30, 500)] int length)
    {
        Assert.That(() => Kill("table", 7), Throws.InstanceOf<TimeoutException>()); // one checkpoint only
        using (var file = File.OpenWrite(Path.Combine(Place, "checkpoint"))) file.SetLength(length);
        Assert.That(() => Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place)), Throws.InstanceOf<FormatException>());
    }

    [Test]
    public void Train_OfAnotherTraining_IsRefusedWithWhatDiffers()
    {
        Assert.That(() => Kill("table", 12), Throws.InstanceOf<TimeoutException>());
        Refused("LearningRate: 0.005 there, 0.001 here", "table", options => options with { LearningRate = 1e-3 });
        Refused("Seed: 3 there, 4 here", "table", options => options with { Seed = 4 });
        Refused("network: ", "table", options => options with { HiddenUnits = [9] });
        Refused("Weighting: InstanceLevel there, Equal here", "table", options => options with { Weighting = LossWeightingKind.Equal });
        Refused("Weighting: InstanceLevel there, custom 'own' here", "table", options => options with { CustomWeighting = new("own", _ => new Ilt.Weighting.EqualWeighting()) });
        Refused("validation rows: none there, 20 here", "early stopping", options => options);
        Refused("Epochs: 4 there, found from the data here", "table", options => options with { Epochs = null });
        Assert.That(() => Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place)), Throws.Nothing, "and it is still there");
    }

    [Test]
    public void Train_GoesOnUnderAnotherCulture()
    {
        Assert.That(() => Kill("unet", 4), Throws.InstanceOf<TimeoutException>());
        var (before, commas) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        commas.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = commas;
        try
        {
            Assert.That(() => Runs.Train("unet", LossWeightingKind.InstanceLevel, new(Place)), Throws.Nothing);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Train_OtherLabelsOrInputs_AreRefused()
    {
        var (tasks, train, _, options) = Runs.Of("table");
        var table = (TableData)train;
        options = options with { Checkpoint = new(Place) { Epochs = 1, KeepWhenDone = true } };
        MultiTaskTraining.Train(tasks, table, null, options).Model.Dispose();
        float[] numbers = [.. ((NumberLabels)table.Labels[1]).Values];
        numbers[7] += 1;
        Assert.That(() => MultiTaskTraining.Train(tasks, new TableData(table.Features, 4, [table.Labels[0], new NumberLabels(numbers)]), null, options),
            Throws.InstanceOf<CheckpointMismatchException>().With.Property("Differences").EqualTo(new[] { "the training labels of task 'number' differ" }));
        float[] features = [.. table.Features];
        features[^1] += 1;
        Assert.That(() => MultiTaskTraining.Train(tasks, new TableData(features, 4, table.Labels), null, options),
            Throws.InstanceOf<CheckpointMismatchException>().With.Property("Differences").EqualTo(new[] { "the training inputs differ" }));
    }

    [Test]
    public void Train_FolderCannotBeWritten_GoesOnAndSaysSo()
    {
        File.WriteAllText(Place, "a file where the folder should be");
        var notes = new List<string>();
        Assert.That(Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place) { Epochs = 1, OnNote = notes.Add }), Is.EqualTo(Runs.Train("table", LossWeightingKind.InstanceLevel, null)));
        Assert.That(notes, Has.One.Contains("could not be written").And.Some.Contains("training goes on"), "once for four epochs");
    }

    [Test]
    public void Train_FolderInUse_IsRefused() =>
        Assert.That(() => Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place), onBatch: () => Runs.Train("table", LossWeightingKind.InstanceLevel, new(Place))),
            Throws.InvalidOperationException.With.Message.Contains("Another training").And.Message.Contains(Place));

    [Test]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.That(() => new CheckpointOptions(" "), Throws.ArgumentException);
        Assert.That(() => new TrainingOptions { Checkpoint = new("x") { Interval = TimeSpan.FromSeconds(-1) } }.Validate(), Throws.ArgumentException.With.Message.Contains("Interval"));
        Assert.That(() => new TrainingOptions { Checkpoint = new("x") { Epochs = 0 } }.Validate(), Throws.ArgumentException.With.Message.Contains("Epochs"));
    }

    private void CancelAndResume(string kind, LossWeightingKind weighting, int steps)
    {
        var expected = Runs.Train(kind, weighting, null);
        Assert.That(Cancelled(kind, weighting, steps, new(Place)), Is.EqualTo("cancelled"));
        Assert.That(Runs.Train(kind, weighting, new(Place)), Is.EqualTo(expected));
        Assert.That(Directory.Exists(Place), Is.False, "done");
    }

    private static string Cancelled(string kind, LossWeightingKind weighting, int steps, CheckpointOptions checkpoint)
    {
        using var cancellation = new CancellationTokenSource();
        return Runs.Train(kind, weighting, checkpoint, cancellation.Token, () =>
        {
            if (--steps == 0) cancellation.Cancel();
        });
    }

    private void Kill(string kind, int steps) =>
        Runs.Train(kind, LossWeightingKind.InstanceLevel, new(Place) { Epochs = 1 }, onBatch: () => { if (--steps == 0) throw new TimeoutException(); });

    private void Refused(string difference, string kind, Func<TrainingOptions, TrainingOptions> change) =>
        Assert.That(() => Runs.Train(kind, LossWeightingKind.InstanceLevel, new(Place), change: change), Throws.InstanceOf<CheckpointMismatchException>().With.Message.Contains(difference));

    private static void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
