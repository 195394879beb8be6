using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>A trained network with its tasks and target scaling: features in, probabilities and numbers in the user's units out.</summary>
public sealed class MultiTaskModel : IDisposable
{
    private const int FormatVersion = 1;
    private const int PredictionBatch = 4096;

    private readonly MultiHeadMlp network;
    private readonly TargetScaling?[] scalings; // null for a classification

    internal MultiTaskModel(IReadOnlyList<TaskDefinition> tasks, MultiHeadMlp network, TargetScaling?[] scalings)
    {
        Tasks = tasks;
        this.network = network;
        this.scalings = scalings;
        network.eval();
    }

    /// <summary>The tasks, in the order of every result.</summary>
    public IReadOnlyList<TaskDefinition> Tasks { get; }

    /// <summary>Features per row.</summary>
    public int FeatureCount => network.Shape.InputSize;

    /// <summary>Predicts every task. Safe to call from several threads.</summary>
    /// <param name="features">[rows x <see cref="FeatureCount"/>], row-major.</param>
    /// <returns>Per task, row-major: [rows x classes] probabilities, or [rows x dimensions] numbers in the user's units.</returns>
    /// <exception cref="ArgumentException">The length is no whole number of rows.</exception>
    public float[][] Predict(ReadOnlySpan<float> features)
    {
        if (features.Length % FeatureCount != 0)
            throw new ArgumentException($"{features.Length} numbers are no whole number of rows of {FeatureCount} features.", nameof(features));
        var rows = features.Length / FeatureCount;
        var results = new float[Tasks.Count][];
        for (var k = 0; k < results.Length; k++) results[k] = new float[rows * Tasks[k].OutputSize];
        for (var start = 0; start < rows; start += PredictionBatch)
        {
            var count = Math.Min(PredictionBatch, rows - start);
            PredictBatch(features.Slice(start * FeatureCount, count * FeatureCount).ToArray(), start, count, results);
        }
        for (var k = 0; k < results.Length; k++) scalings[k]?.Restore(results[k]);
        return results;
    }

    private void PredictBatch(float[] features, int start, int count, float[][] results)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var outputs = network.call(tensor(features, [count, FeatureCount])); // [B, C_k] per task
        for (var k = 0; k < outputs.Length; k++)
        {
            var output = Tasks[k] is ClassificationTask ? outputs[k].softmax(1) : outputs[k];
            output.data<float>().CopyTo(results[k].AsSpan(start * Tasks[k].OutputSize, count * Tasks[k].OutputSize));
        }
    }

    /// <summary>
    /// How badly each label fits this model: the loss of every row, as in training but with the finished network. For rows that were not
    /// trained on, a score of their labels: higher = more likely wrong.
    /// </summary>
    /// <returns>Per task, one loss per row; NaN where the row has no label.</returns>
    /// <exception cref="ArgumentException">The table does not fit the tasks or the number of features.</exception>
    public float[][] Losses(TableData data)
    {
        Check(data);
        var predictions = Predict(data.Features);
        var losses = new float[Tasks.Count][];
        for (var k = 0; k < losses.Length; k++)
        {
            losses[k] = new float[data.RowCount];
            for (var row = 0; row < data.RowCount; row++)
                losses[k][row] = data.Labels[k].IsLabelled(row) ? (float)(Tasks[k].LossScale * Loss(k, data.Labels[k], row, predictions[k])) : float.NaN;
        }
        return losses;
    }

    private double Loss(int task, TaskLabels labels, int row, ReadOnlySpan<float> predictions)
    {
        var prediction = predictions.Slice(row * Tasks[task].OutputSize, Tasks[task].OutputSize);
        return Tasks[task] is RegressionTask regression
            ? scalings[task]!.SquaredError(regression.Reduction, ((NumberLabels)labels)[row], prediction)
            : -Math.Log(Math.Max(prediction[((ClassLabels)labels).Classes[row]], TaskMetrics.SmallestProbability));
    }

    /// <summary>Metrics of every task over the whole table.</summary>
    /// <exception cref="ArgumentException">The table does not fit the tasks or the number of features.</exception>
    public TaskMetrics[] Evaluate(TableData data)
    {
        Check(data);
        var predictions = Predict(data.Features);
        var metrics = new TaskMetrics[Tasks.Count];
        for (var k = 0; k < metrics.Length; k++)
            metrics[k] = Tasks[k] is ClassificationTask classification
                ? TaskMetrics.ForClasses(classification, (ClassLabels)data.Labels[k], predictions[k])
                : TaskMetrics.ForNumbers((RegressionTask)Tasks[k], scalings[k]!, (NumberLabels)data.Labels[k], predictions[k]);
        return metrics;
    }

    private void Check(TableData data)
    {
        CheckLabels(Tasks, data, training: false);
        if (data.FeatureCount != FeatureCount)
            throw new ArgumentException($"The table has {data.FeatureCount} features, the model {FeatureCount}.", nameof(data));
    }

    internal static void CheckLabels(IReadOnlyList<TaskDefinition> tasks, TableData data, bool training)
    {
        if (data.Labels.Count != tasks.Count)
            throw new ArgumentException($"There are {tasks.Count} tasks, but the data has labels for {data.Labels.Count}.");
        for (var k = 0; k < tasks.Count; k++) data.Labels[k].Validate(tasks[k], training);
    }

    /// <summary>Writes the model; the writer stays open.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(FormatVersion);
        var shape = network.Shape;
        writer.Write(shape.InputSize);
        writer.Write(shape.HiddenUnits.Count);
        foreach (var units in shape.HiddenUnits) writer.Write(units);
        writer.Write(Tasks.Count);
        for (var k = 0; k < Tasks.Count; k++)
        {
            writer.Write(Tasks[k].Name);
            writer.Write(Tasks[k].LossScale);
            writer.Write(Tasks[k].OutputSize);
            writer.Write(Tasks[k] is RegressionTask);
            if (Tasks[k] is not RegressionTask regression) continue;
            writer.Write((int)regression.Reduction);
            writer.Write(regression.TargetClip);
            scalings[k]!.Save(writer);
        }
        NetworkState.Capture(network).Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">The data is broken, or of a newer version.</exception>
    public static MultiTaskModel Load(BinaryReader reader)
    {
        var version = reader.ReadInt32();
        if (version != FormatVersion)
            throw new FormatException($"The model has format version {version}; this version of Ilt.MLNet reads version {FormatVersion}. Update Ilt.MLNet, or train the model again.");
        var inputSize = reader.ReadInt32();
        var hidden = new int[reader.ReadInt32()];
        for (var i = 0; i < hidden.Length; i++) hidden[i] = reader.ReadInt32();
        var tasks = new TaskDefinition[reader.ReadInt32()];
        var scalings = new TargetScaling?[tasks.Length];
        for (var k = 0; k < tasks.Length; k++)
        {
            var name = reader.ReadString();
            var lossScale = reader.ReadDouble();
            var outputSize = reader.ReadInt32();
            if (reader.ReadBoolean())
            {
                tasks[k] = new RegressionTask(name, outputSize) { LossScale = lossScale, Reduction = (RegressionReduction)reader.ReadInt32(), TargetClip = reader.ReadDouble() };
                scalings[k] = TargetScaling.Load(reader);
            }
            else
                tasks[k] = new ClassificationTask(name, outputSize) { LossScale = lossScale };
        }
        var network = new MultiHeadMlp(new MlpShape(inputSize, hidden, [.. tasks.Select(t => t.OutputSize)]), seed: 0);
        try
        {
            NetworkState.Load(reader).Restore(network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
        return new MultiTaskModel(tasks, network, scalings);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => network.Dispose();
}
