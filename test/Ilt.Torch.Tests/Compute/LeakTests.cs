using Ilt.Torch.Tests.Checkpoints;
using Ilt.Weighting;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Compute;

/// <summary>Nothing is lost on the way: no tensor outlives its use, and the memory of the process does not grow with epochs or predictions.</summary>
public class LeakTests
{
    private static readonly string[] Kinds = [.. Runs.Kinds, "derived"];

    // What native allocators and the runtime keep for themselves comes and goes by a few MB; a step or prediction that lost 10 KB would come to
    // 30 MB and more.
    private const long Tolerance = 20 << 20;

    private string folder = "";

    [SetUp]
    public void Create() => folder = Directory.CreateTempSubdirectory("ilt-leaks-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    private string Place => Path.Combine(folder, "run");

    [Test]
    public void Train_Epochs_LeaveNoTensorBehind([ValueSource(nameof(Kinds))] string kind, [Values] bool validates, [Values] bool keepsCheckpoints) =>
        Check(kind, LossWeightingKind.InstanceLevel, validates, keepsCheckpoints);

    [Test]
    public void Train_EveryWeighting_LeavesNoTensorBehind([Values] LossWeightingKind weighting, [Values("table", "unet")] string kind) => Check(kind, weighting, false, false);

    [Test]
    public void Train_Cancelled_LeavesNoTensorBehind([ValueSource(nameof(Kinds))] string kind)
    {
        var (tasks, train, _, options) = Of(kind);
        var before = LiveTensors.Settled();
        using (var cancellation = new CancellationTokenSource())
        {
            var steps = 0;
            options = options with { Checkpoint = new(Place), OnBatch = _ => { if (++steps == 7) cancellation.Cancel(); } };
            MultiTaskTraining.Train(tasks, train, null, options, cancellation.Token).Model.Dispose();
        }
        Assert.That(LiveTensors.Now.Thread, Is.EqualTo(before.Thread), "cancelled");
        MultiTaskTraining.Train(tasks, train, null, options with { OnBatch = null }).Model.Dispose();
        Assert.That(LiveTensors.Now.Thread, Is.EqualTo(before.Thread), "gone on with");
    }

    [Test]
    public void Train_Fails_LeavesNoTensorBehind([ValueSource(nameof(Kinds))] string kind)
    {
        var (tasks, train, _, options) = Of(kind);
        var (before, steps) = (LiveTensors.Settled(), 0);
        Assert.That(() => MultiTaskTraining.Train(tasks, train, null, options with { OnBatch = _ => { if (++steps == 7) throw new TimeoutException(); } }), Throws.InstanceOf<TimeoutException>());
        Assert.That(LiveTensors.Now.Thread, Is.EqualTo(before.Thread));
    }

    // The second network of a custom definition is left to the garbage collector, since it may be the user's own.
    [Test]
    public void Train_ThreadsAreChosen_LeavesNoTensorBehind([ValueSource(nameof(Kinds))] string kind)
    {
        Assume.That(kind, Is.Not.EqualTo("custom"));
        var (tasks, train, _, options) = Of(kind);
        var (before, clock) = (LiveTensors.Settled(), 0.0);
        var measuring = new ThreadMeasuring(2, () => TimeSpan.FromMilliseconds(clock++)) { ShareOfRun = 1000 };
        MultiTaskTraining.Train(tasks, train, null, options with { Threads = TrainingOptions.AutomaticThreads }, measuring, default).Model.Dispose();
        Assert.That(clock, Is.GreaterThan(20), "it was measured");
        Assert.That(LiveTensors.Now.Thread, Is.EqualTo(before.Thread));
    }

    [Test]
    public void Model_EveryUse_LeavesNoTensorBehind([ValueSource(nameof(Kinds))] string kind)
    {
        var (tasks, train, _, options) = Of(kind);
        using var result = new Disposing(MultiTaskTraining.Train(tasks, train, null, options));
        var (model, pixels) = (result.Value.Model, result.Value.Pixels);
        var inputs = new float[5 * model.FeatureCount];
        train.ReadInputs([0, 1, 2, 3, 4], inputs);
        var before = LiveTensors.Settled();
        Assert.Multiple(() =>
        {
            Unchanged("Predict", () => model.Predict(inputs));
            Unchanged("PredictInParts", () => model.PredictInParts(train, (_, _) => { }));
            Unchanged("Evaluate", () => model.Evaluate(train));
            Unchanged("Losses", () => model.Losses(train));
            for (var k = 0; pixels is not null && k < tasks.Count; k++)
                if (tasks[k].IsPerPixel) Unchanged("Examine", () => pixels.Examine(train, k, [0, 1, 2, 3]).ToArray().GetHashCode());
        });
        // A body that is read from a file is handed out with the tasks and may be used without the model: the garbage collector frees it.
        if (kind is "custom" or "body") return;
        SaveAndLoad();
        Assert.That(LiveTensors.Now.Thread, Is.EqualTo(before.Thread), "Save and Load");

        void Unchanged(string name, Action use)
        {
            use();
            Assert.That(LiveTensors.Now, Is.EqualTo(before), name);
        }

        void SaveAndLoad()
        {
            using var stream = new MemoryStream();
            using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) model.Save(writer);
            stream.Position = 0;
            using var reader = new BinaryReader(stream);
            using var loaded = MultiTaskModel.Load(reader, null, [.. tasks.OfType<DerivedTask>().Select(task => task.Derivation)]);
        }
    }

    [Test]
    public void Train_FiftyEpochs_KeepTheMemory([Values("table", "unet")] string kind)
    {
        const int WarmUp = 10, Epochs = 50;
        var (tasks, train, _, options) = Of(kind);
        if (kind == "table") train = TestTables.Table(400, 1); // 50 steps an epoch: 2500 in all; of the UNet 150 steps of ten times the tensors
        var memory = new List<long>();
        options = options with
        {
            Epochs = WarmUp + (2 * Epochs), WatchedRows = [],
            OnEpoch = report => { if (report.Epoch is WarmUp or WarmUp + Epochs or WarmUp + (2 * Epochs)) memory.Add(Memory.AfterCollection()); },
        };
        MultiTaskTraining.Train(tasks, train, null, options).Model.Dispose();
        // What is lost in every epoch is lost in both stretches; what the runtime and torch take once, whenever that is, in one of them only.
        Assert.That(Math.Min(memory[1] - memory[0], memory[2] - memory[1]), Is.LessThan(Tolerance), $"{memory[1] - memory[0]} and {memory[2] - memory[1]} bytes");
    }

    [Test]
    public void Predict_TenThousandTimes_KeepsTheMemory()
    {
        var (tasks, train, _, options) = Of("table");
        using var result = new Disposing(MultiTaskTraining.Train(tasks, train, null, options with { HiddenUnits = [64, 64] }));
        var inputs = new float[4];
        Predict(1000);
        var before = Memory.AfterCollection();
        Predict(10_000);
        Assert.That(Memory.AfterCollection() - before, Is.LessThan(Tolerance));

        void Predict(int times)
        {
            for (var i = 0; i < times; i++) result.Value.Model.Predict(inputs);
        }
    }

    [Test]
    public void Settled_ATensorIsLost_Counts()
    {
        var before = LiveTensors.Settled();
        using (zeros(3))
            Assert.That(LiveTensors.Now, Is.EqualTo(new LiveTensors(before.Process + 1, before.Thread + 1)));
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    private void Check(string kind, LossWeightingKind weighting, bool validates, bool keepsCheckpoints)
    {
        var (tasks, train, validation, options) = Of(kind, weighting);
        validation = validates ? validation ?? train : null;
        var counts = new Dictionary<int, List<LiveTensors>>();
        options = options with
        {
            Checkpoint = keepsCheckpoints ? new(Place) { Epochs = 1 } : null,
            OnEpoch = report => (counts.TryGetValue(report.Fit, out var list) ? list : counts[report.Fit] = []).Add(LiveTensors.Now),
        };
        var before = LiveTensors.Settled();
        var result = MultiTaskTraining.Train(tasks, train, validation, options);
        result.Model.Dispose();
        var after = LiveTensors.Now;
        foreach (var fit in counts.Values) Assert.That(fit, Has.Count.GreaterThan(1).And.All.EqualTo(fit[0]), "from epoch to epoch");
        Assert.That(after.Thread, Is.EqualTo(before.Thread), "in the end");
    }

    private static (IReadOnlyList<TaskDefinition> Tasks, TrainingData Train, TrainingData? Validation, TrainingOptions Options) Of(string kind, LossWeightingKind weighting = LossWeightingKind.InstanceLevel)
    {
        if (kind != "derived") return Runs.Of(kind, weighting);
        var (width, height) = (new RegressionTask("width") { Scale = TargetScale.Common }, new RegressionTask("height"));
        var (features, _, numbers) = TestTables.Make(40, 1);
        NumberLabels first = new([.. features.Where((_, i) => i % 4 == 0)]), second = new(numbers);
        return ([width, height, new DerivedTask("area", TaskDerivation.FromFunction("area", _ => 1, values => values[0].mul(values[1])), width, height)],
            new TableData(features, 4, [first, second, new DerivedLabels(first, second)]), null, Runs.Of("table", weighting).Options);
    }
}
