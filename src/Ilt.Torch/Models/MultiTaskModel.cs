using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>A trained network with its tasks and scales: features or pixels in, probabilities and numbers in the user's units out.</summary>
public sealed partial class MultiTaskModel : IDisposable
{
    private readonly TargetScaling?[] scalings; // null where targets have none
    private readonly ComputeDevice compute;

    internal MultiTaskModel(
        IReadOnlyList<TaskDefinition> tasks, NetworkDefinition definition, InputShape input, InputScaling? inputScaling, TargetScaling?[] scalings, int seed,
        ComputeDevice? compute = null)
    {
        LibTorch.Load();
        Tasks = tasks;
        Definition = definition;
        Input = input;
        InputScaling = inputScaling;
        this.scalings = scalings;
        this.compute = compute ?? ComputeDevice.Cpu;
        Values = new TaskValues(tasks, scalings);
        Network = definition.Create(input, [.. tasks.Where(task => task.HasHead).Select(task => new HeadSpec(task.Name, task.Channels, task.IsPerPixel))], seed);
        this.compute.Place(Network);
        Network.eval();
    }

    /// <summary>The tasks, in the order of every result.</summary>
    public IReadOnlyList<TaskDefinition> Tasks { get; }

    /// <summary>What the network is made from.</summary>
    public NetworkDefinition Definition { get; }

    /// <summary>Shape of one row's input.</summary>
    public InputShape Input { get; }

    /// <summary>Numbers per row of input.</summary>
    public int FeatureCount => Input.Size;

    /// <summary>Where the network is and predicts.</summary>
    public TrainingDevice Device => compute.Where;

    internal nn.Module<Tensor, Tensor[]> Network { get; }

    internal InputScaling? InputScaling { get; }

    /// <summary>Computes derived tasks from the outputs of the network.</summary>
    internal TaskValues Values { get; }

    /// <summary>Rows for which it pays to call <see cref="Predict"/> at once.</summary>
    public int RowsAtOnce => Input.Modality.RowsAtOnce;

    /// <summary>Predicts every task. Safe to call from several threads.</summary>
    /// <param name="inputs">
    /// [rows x <see cref="FeatureCount"/>], row-major: features as in training, or of an image its channels, lines and columns, 0 .. 255.
    /// </param>
    /// <returns>
    /// Per task, row-major: [rows x classes] probabilities, [rows x dimensions] numbers in the user's units (derived ones too), [rows x classes x height x width]
    /// probabilities or [rows x height x width] numbers.
    /// </returns>
    /// <exception cref="ArgumentException">The length is no whole number of rows.</exception>
    public float[][] Predict(ReadOnlySpan<float> inputs)
    {
        if (inputs.Length % FeatureCount != 0)
            throw new ArgumentException($"{inputs.Length} numbers are no whole number of rows of {Input.Modality.ContentInWords(Input)}.", nameof(inputs));
        var rows = inputs.Length / FeatureCount;
        var results = new float[Tasks.Count][];
        for (var k = 0; k < results.Length; k++) results[k] = new float[rows * Tasks[k].OutputSize(Input)];
        for (var start = 0; start < rows; start += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, rows - start);
            PredictBatch(inputs.Slice(start * FeatureCount, count * FeatureCount), start, count, results);
        }
        for (var k = 0; k < results.Length; k++) scalings[k]?.Restore(results[k]);
        return results;
    }

    private void PredictBatch(ReadOnlySpan<float> inputs, int start, int count, float[][] results)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var outputs = Values.Outputs(Network.call(compute.Move(ScaledBatch(inputs, count))));
        for (var k = 0; k < outputs.Length; k++)
        {
            var output = Tasks[k].Activate(outputs[k]);
            var size = Tasks[k].OutputSize(Input);
            compute.ToHost(output, results[k].AsSpan(start * size, count * size));
        }
        GC.KeepAlive(this); // native code sees the parameters' addresses only
    }

    private Tensor ScaledBatch(ReadOnlySpan<float> inputs, int count)
    {
        var batch = Tensors.From(inputs, Input.Modality.BatchShape(Input, count));
        InputScaling?.Scale(Tensors.Values(batch), FeatureCount / Input.Channels);
        GC.KeepAlive(batch);
        return batch;
    }

    /// <summary>
    /// How badly each label fits this model: the loss of every row, as in training but with the finished network. For rows that were not
    /// trained on, a score of their labels: higher = more likely wrong.
    /// </summary>
    /// <returns>Per task, one loss per row; NaN where the row has no label.</returns>
    /// <exception cref="ArgumentException">The data does not fit the tasks or the input.</exception>
    public float[][] Losses(TrainingData data) => Losses(data, OneReplica.Instance);

    /// <summary>The same by several ranks, of which each predicts a part of the rows; all get the losses of all rows.</summary>
    internal float[][] Losses(TrainingData data, IReplicas replicas) => Array.ConvertAll(EvaluateRows(data, replicas), evaluator => evaluator.Losses);

    /// <summary>Metrics of every task over all rows.</summary>
    /// <exception cref="ArgumentException">The data does not fit the tasks or the input.</exception>
    public TaskMetrics[] Evaluate(TrainingData data) => Evaluate(data, OneReplica.Instance);

    /// <summary>The same by several ranks, of which each predicts a part of the rows; all get the metrics over all rows.</summary>
    internal TaskMetrics[] Evaluate(TrainingData data, IReplicas replicas) => Array.ConvertAll(EvaluateRows(data, replicas), evaluator => evaluator.Result());

    private TaskEvaluator[] EvaluateRows(TrainingData data, IReplicas replicas)
    {
        Check(data);
        var starts = PartsOf(data.RowCount, replicas.Count);
        var evaluators = replicas.Alike(() =>
        {
            var own = Tasks.Select((task, k) => task.CreateEvaluator(this, k, data.Labels[k])).ToArray();
            PredictInParts(data, starts[replicas.Rank], starts[replicas.Rank + 1], (first, predictions) =>
            {
                foreach (var evaluator in own) evaluator.AddPart(first, predictions);
            });
            return own;
        });
        foreach (var evaluator in evaluators) evaluator.Share(replicas, starts);
        return evaluators;
    }

    // Rows that one rank would predict at once stay together, so that each is predicted to the same digits whatever the number of ranks is.
    private int[] PartsOf(int rows, int ranks)
    {
        var parts = ((long)rows + RowsAtOnce - 1) / RowsAtOnce;
        return [.. Enumerable.Range(0, ranks + 1).Select(rank => (int)Math.Min(rows, parts * rank / ranks * RowsAtOnce))];
    }

    /// <summary>Predicts all rows, some at a time, so that the outputs of many images need not be in memory together.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="use">Gets the first row of a part and the predictions of the part's rows, per task.</param>
    public void PredictInParts(TrainingData data, Action<int, float[][]> use) => PredictInParts(data, 0, data.RowCount, use);

    private void PredictInParts(TrainingData data, int start, int end, Action<int, float[][]> use)
    {
        var inputs = new float[Math.Min(RowsAtOnce, end - start) * FeatureCount];
        for (var first = start; first < end; first += RowsAtOnce)
        {
            var rows = Enumerable.Range(first, Math.Min(RowsAtOnce, end - first)).ToArray();
            var part = inputs.AsSpan(0, rows.Length * FeatureCount);
            data.ReadInputs(rows, part);
            use(first, Predict(part));
        }
    }

    internal TargetScaling? ScalingOf(int task) => scalings[task];

    private void Check(TrainingData data)
    {
        CheckLabels(Tasks, data, training: false);
        CheckInput(data);
    }

    private void CheckInput(TrainingData data)
    {
        if (data.Input != Input)
            throw new ArgumentException(
                $"The rows have {data.Input.Modality.ContentInWords(data.Input)}, the model {Input.Modality.ContentInWords(Input)}.", nameof(data));
    }

    internal static void CheckLabels(IReadOnlyList<TaskDefinition> tasks, TrainingData data, bool training)
    {
        if (data.Labels.Count != tasks.Count)
            throw new ArgumentException($"There are {tasks.Count} tasks, but the data has labels for {data.Labels.Count}.");
        for (var k = 0; k < tasks.Count; k++) data.Labels[k].Validate(tasks[k], training);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();
}
