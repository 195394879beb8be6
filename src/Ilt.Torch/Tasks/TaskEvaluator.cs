using Ilt.Imaging;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Gathers one task's losses and metrics, part by part of the rows; over the whole set, never an average of batches.</summary>
/// <remarks>The losses are the training's, of the predictions as users see them: within the limits that <see cref="TargetScaling.Restore(Span{float})"/> keeps.</remarks>
internal abstract class TaskEvaluator
{
    private readonly MultiTaskModel model;
    private readonly TaskLabels labels;
    private (int Rows, TargetBuffer Buffer)? targets;
    private double lossSum;

    private protected TaskEvaluator(MultiTaskModel model, int index, TaskLabels labels)
    {
        (this.model, this.labels, Index) = (model, labels, index);
        Losses = new float[labels.Count];
        Array.Fill(Losses, float.NaN);
    }

    /// <summary>The losses of the rows that were added, with the task's loss scale; NaN where there is no label.</summary>
    public float[] Losses { get; }

    /// <summary>Labelled rows that were added.</summary>
    protected int Count { get; private set; }

    protected int Index { get; }

    /// <summary>The mean of the losses.</summary>
    protected double MeanLoss => lossSum / Count;

    protected ImageSize Size => new(model.Input.Height, model.Input.Width);

    protected TargetScaling? Scale => model.ScalingOf(Index);

    private TaskDefinition Task => model.Tasks[Index];

    /// <summary>Adds rows.</summary>
    /// <param name="first">The first of them, from 0.</param>
    /// <param name="predictions">The model's predictions of these rows, per task.</param>
    public virtual void AddPart(int first, IReadOnlyList<float[]> predictions)
    {
        var size = Task.OutputSize(model.Input);
        var rows = predictions[Index].Length / size;
        var losses = Measure(first, rows, predictions[Index]);
        for (var i = 0; i < rows; i++)
        {
            if (!labels.IsLabelled(first + i)) continue;
            Losses[first + i] = losses[i];
            lossSum += losses[i];
            Count++;
            Add(first + i, predictions[Index].AsSpan(i * size, size));
        }
    }

    /// <summary>Puts together what several ranks have added, each its own rows, so that each has what it would have if it had added all.</summary>
    /// <param name="replicas">The ranks.</param>
    /// <param name="starts">Where each rank's rows begin, and as the last entry where the last ones end.</param>
    public void Share(IReplicas replicas, int[] starts)
    {
        if (replicas.Count == 1) return;
        replicas.Gather(Losses, starts);
        (lossSum, Count) = (0, 0);
        for (var row = 0; row < Losses.Length; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            lossSum += Losses[row];
            Count++;
        }
        Sums = replicas.Sum(Sums);
        ShareRows(replicas, starts);
    }

    /// <summary>How well the rows that were added are predicted.</summary>
    public TaskMetrics Result() => new() { Task = Task.Name, Count = Count, Loss = MeanLoss, Metrics = Metrics() };

    /// <summary>The output that gives these predictions, as the task's loss takes it.</summary>
    protected abstract Tensor Output(float[] predictions, int rows);

    /// <summary>Counts a labelled row for the metrics.</summary>
    protected abstract void Add(int row, ReadOnlySpan<float> prediction);

    /// <summary>What was counted for the metrics and adds up, number by number; the loss is not among it.</summary>
    protected abstract double[] Sums { get; set; }

    /// <summary>Puts together what is kept of every row, where there is any beside the losses.</summary>
    protected virtual void ShareRows(IReplicas replicas, int[] starts)
    {
    }

    /// <summary>The metrics of the rows that were added.</summary>
    protected abstract IReadOnlyList<Metric> Metrics();

    /// <summary>The targets of the rows from this one on.</summary>
    protected virtual BatchTarget Target(int first, int rows)
    {
        var buffer = targets is { } made && made.Rows == rows ? made.Buffer : Task.CreateTargets(labels, Scale, rows, Size);
        targets = (rows, buffer);
        for (var i = 0; i < rows; i++) buffer.Write(i, first + i, null);
        return buffer.ToTensors();
    }

    private float[] Measure(int first, int rows, float[] predictions)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return Tensors.ToArray(RowLosses.Of(Task, Output(predictions, rows), Target(first, rows)));
    }
}
