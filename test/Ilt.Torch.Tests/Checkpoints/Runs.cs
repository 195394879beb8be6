using Ilt.Bodies;
using Ilt.Imaging;
using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Checkpoints;

/// <summary>Small trainings of every kind, and all that one leaves behind as text and bytes that can be compared.</summary>
internal static class Runs
{
    public static readonly string[] Kinds = ["table", "streamed", "streamed, open length", "open length", "early stopping", "custom", "residual", "unet", "crops", "body"];

    public static (IReadOnlyList<TaskDefinition> Tasks, TrainingData Train, TrainingData? Validation, TrainingOptions Options) Of(string kind, LossWeightingKind weighting = LossWeightingKind.InstanceLevel)
    {
        var options = new TrainingOptions { Epochs = 4, BatchSize = 8, LearningRate = 5e-3, Weighting = weighting, Seed = 3, InstanceLevel = new() { Momentum = 0.9, StepSize = 0.06, WarmupEpochs = 1 } };
        var table = options with { HiddenUnits = [8], Dropout = 0.3, WatchedRows = [0, 5] };
        switch (kind)
        {
            case "table":
                return (TestTables.ClassAndNumber, TestTables.Table(40, 1), null, table);
            case "open length":
                return (TestTables.ClassAndNumber, TestTables.Table(64, 1), null, table with { Epochs = null, BatchSize = 32 });
            case "streamed":
                return (TestTables.ClassAndNumber, TestTables.Streamed(TestTables.Table(40, 1), 6, 2), null, table with { Memory = 0 });
            case "streamed, open length":
                return (TestTables.ClassAndNumber, TestTables.Streamed(TestTables.Table(64, 1), 6, 2), null, table with { Epochs = null, BatchSize = 32, Memory = 0 });
            case "early stopping":
                // Validation labels that contradict the training's: the first epoch is the best one, and the third the last.
                var (features, classes, numbers) = TestTables.Make(20, 2);
                var other = new TableData(features, 4, [new ClassLabels([.. classes.Select(c => (c + 1) % 3)]), new NumberLabels([.. numbers.Select(n => 2000 - n)])]);
                return (TestTables.ClassAndNumber, TestTables.Table(40, 1), other, table with { Epochs = 12, EarlyStoppingPatience = 2 });
            case "custom":
                return (TestTables.ClassAndNumber, TestTables.Table(40, 1), null, options with { Network = CustomNetworkDefinition.FromBackbone("own", (_, seed) => new OwnBackbone(seed)) });
            case "residual":
                var all = TestImages.Make(24, 1);
                return ([.. TestImages.AllKinds[2..]], new ImageData(all.Images, TestImages.Size, 3, [all.Labels[2], all.Labels[3]]), null, options with { Network = new ResidualCnnDefinition { Widths = [4, 8] } });
            case "unet":
                return (TestImages.AllKinds, TestImages.Make(24, 1), TestImages.Make(8, 2), options with { Network = TestImages.Quick.Network, Augmentation = new() { HorizontalFlip = 0.5, Brightness = 0.3, ScaleMax = 1.3 } });
            case "crops":
                return (TestImages.AllKinds, TestImages.Make(24, 1), null, options with { Network = TestImages.Quick.Network, Augmentation = new() { Crop = new ImageSize(4, 4) } });
            default:
                var body = TinyBody.Model();
                var (shape, pose) = (new RegressionTask("shape", TinyBody.Shapes) { Scale = TargetScale.Common }, new RegressionTask("pose", 6 * TinyBody.Joints) { Scale = TargetScale.Common, Loss = RegressionLoss.RotationMatrices });
                return ([shape, pose, new DerivedTask("surface", new BodySurface(body), shape, pose)], StressTests.People(24), null, table);
        }
    }

    /// <summary>Trains and describes everything but times.</summary>
    public static string Train(string kind, LossWeightingKind weighting, CheckpointOptions? checkpoint, CancellationToken cancellation = default, Action? onBatch = null, Func<TrainingOptions, TrainingOptions>? change = null, ThreadMeasuring? measuring = null)
    {
        var (tasks, train, validation, options) = Of(kind, weighting);
        options = options with { Checkpoint = checkpoint, OnBatch = _ => onBatch?.Invoke() };
        using var result = new Disposing(MultiTaskTraining.Train(tasks, train, validation, change?.Invoke(options) ?? options, measuring ?? ThreadMeasuring.Real, cancellation));
        return result.Value.Completed ? Describe(result.Value, train) : "cancelled";
    }

    internal static string Describe(TrainingResult result, TrainingData train)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) NetworkState.Save(result.Model.Network, writer);
        var scores = result.Scores;
        var cells = Enumerable.Range(0, train.RowCount).SelectMany(row => Enumerable.Range(0, scores.TaskCount).SelectMany(k =>
            new[] { scores.NoiseScore(row, k), scores.LogVariance(row, k), scores.LastLoss(row, k), scores.MeanLoss(row, k), scores.MeanMargin(row, k), scores.ForgettingEvents(row, k) }));
        var regions = result.Pixels is null ? "" : string.Join(" ", result.Pixels.Examine(train, 0, [0, 1, 2]).SelectMany(examined => examined.Heat).Select(heat => heat.ToString("R")));
        var paths = result.LogVarianceHistory is { WatchedRows.Count: > 0 } history ? string.Join(" ", history.Path(5, 1).Select(s => s.ToString("R"))) : "";
        return string.Join("\n",
        [
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(stream.ToArray())),
            string.Join(" ", cells.Select(cell => cell.ToString("R"))),
            string.Join("\n", result.History.Select(e => $"{e.Epoch}/{e.Epochs} {e.Fit}/{e.Fits} {string.Join(" ", e.TrainLoss)} {string.Join(" ", e.LogVariances ?? [])} {string.Join(" ", e.Validation?.Select(m => $"{m.Loss:R} {m.Count}") ?? [])}")),
            $"{result.BestEpoch} {string.Join(" ", result.Lengths ?? [])}", regions, paths, string.Join("\n", result.Warnings),
        ]);
    }

    private sealed class OwnBackbone : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear layer;
        private readonly TorchSharp.Modules.Dropout dropout = nn.Dropout(0.4);

        public OwnBackbone(int seed) : base(nameof(OwnBackbone))
        {
            layer = nn.Linear(4, 8);
            RegisterComponents();
            SeededWeights.Fill(this, seed);
        }

        public override Tensor forward(Tensor input) => dropout.call(layer.call(input));
    }
}
