using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Examples.Tests;

/// <summary>The documentation's example of a training that goes on after an interruption.</summary>
public class LongRunTests
{
    private readonly string checkpoints = Directory.CreateTempSubdirectory("ilt-long-run-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(checkpoints, recursive: true);

    [Test]
    public void Fit_AfterACancelledFit_GoesOnAndGivesTheSameModel()
    {
        var whole = Fit(1, Path.Combine(checkpoints, "unused"), default, out _);
        var run = Path.Combine(checkpoints, "run");
        using var cancellation = new CancellationTokenSource(); // in the middle of the last of three fits
        Assert.That(() => Fit(1, run, cancellation.Token, out _, batch => { if (batch is { Fit: 3, Epoch: 5 }) cancellation.Cancel(); }), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(() => Fit(2, run, default, out _), Throws.InstanceOf<CheckpointMismatchException>().With.Property("Differences").Some.StartsWith("Seed: "));
        Assert.That(Fit(1, run, default, out var notes), Is.EqualTo(whole));
        Assert.That(notes, Has.One.Contains("going on from the checkpoint"));
    }

    private static float[] Fit(int seed, string checkpoints, CancellationToken cancellation, out List<string> notes, Action<BatchProgress>? onBatch = null)
    {
        var ml = new MLContext(seed);
        var random = new Random(1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ => new float[] { random.NextSingle(), random.NextSingle() })
            .Select(features => new Row { Features = features, Kind = features[0] > features[1] }).ToArray());
        var told = notes = [];

        // <readme>
        var trainer = ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Classification("Kind")],
            CancellationToken = cancellation,
            Training = new TrainingOptions
            {
                Checkpoint = new CheckpointOptions(checkpoints) { Interval = TimeSpan.FromMinutes(10), OnNote = told.Add },
                OnBatch = onBatch,
            },
        });
        using var model = trainer.Fit(data);
        // </readme>

        return [.. model.NoiseScores.GetColumn<float>("NoiseScore"), .. model.NoiseScores.GetColumn<float>("LogVariance")];
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Kind { get; set; }
    }
}
