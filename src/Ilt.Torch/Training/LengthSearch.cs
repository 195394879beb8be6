using Ilt.Corruption;
using Ilt.State;

namespace Ilt.Torch;

/// <summary>
/// Finds, without knowing which labels are wrong, how long to train each task: a network that goes on learns wrong labels by heart, and then
/// nothing tells them from the right ones. The rows are cut into two halves. A network trained on one half is measured on the other after
/// every epoch, and the other way round. As long as it learns what the labels have in common, the loss on the half it does not see falls,
/// however many labels are wrong; where it begins to learn single labels, it rises.
/// </summary>
/// <remarks>
/// Every row is held out once, so that each row has a second noise score, from a network that never saw its label. Two halves cost the
/// steps of one fit of the longest length; they end early where no task has improved for a while.
/// </remarks>
internal sealed class LengthSearch : IStateful
{
    /// <summary>Below this number of rows, halves are too few to learn anything from.</summary>
    public const int FewestRows = 40;

    /// <summary>How many fits on part of the rows there are.</summary>
    public const int Halves = 2;

    private readonly IReadOnlyList<TaskDefinition> tasks;
    private readonly TrainingOptions options;
    private readonly int[][] rows;
    private readonly TrainingData[] halves;
    private readonly HeldOutCurve[] curves; // of the networks trained on each half

    private LengthSearch(IReadOnlyList<TaskDefinition> tasks, TrainingOptions options, int[][] rows, TrainingData[] halves, HeldOutCurve[] curves)
    {
        (this.tasks, this.options, this.rows, this.halves, this.curves) = (tasks, options, rows, halves, curves);
    }

    /// <summary>Cuts the rows into halves.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="options">Complete options; their number of epochs is the longest length that is tried.</param>
    /// <returns>Null where the rows are too few, or one half lacks what a task needs to be learned.</returns>
    public static LengthSearch? Prepare(IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options)
    {
        if (train.RowCount < FewestRows) return null;
        var order = Enumerable.Range(0, train.RowCount).ToArray();
        new SeededGenerator(RunSeeds.Derive(options.Seed, "halves")).Shuffle<int>(order);
        var middle = order.Length / Halves;
        int[][] rows = [train.InReadingOrder(order[..middle]), train.InReadingOrder(order[middle..])];
        var halves = Array.ConvertAll(rows, half => train.Subset(half));
        if (!halves.All(half => half.Labels.All(labels => labels.CanBeLearned))) return null;
        var references = tasks.Select((task, k) => task.ScaledReferenceLoss(train.Labels[k], task.FitScale(train.Labels[k]))).ToArray();
        return new(tasks, options, rows, halves, [.. halves.Select((_, i) => new HeldOutCurve(halves[1 - i], options.Epochs!.Value, references, tasks, options.Ranks()))]);
    }

    /// <summary>The rows of a half, from 0.</summary>
    public TrainingData Rows(int half) => halves[half];

    /// <summary>Measures the network of a half after an epoch, from 0, on the rows it does not see.</summary>
    /// <returns>False when no task has improved for a while.</returns>
    public bool Measure(int half, int epoch, MultiTaskModel model) => curves[half].Measure(epoch, model);

    /// <summary>What the halves trained so far say.</summary>
    public TrainingLength Result()
    {
        var scores = new float[rows.Sum(half => half.Length) * tasks.Count];
        Array.Fill(scores, float.NaN);
        for (var half = 0; half < Halves; half++) curves[half].CopyScores(rows[1 - half], scores);
        return TrainingLength.From([.. curves.Where(curve => curve.Count > 0)], tasks.Count, options, rows.Sum(half => half.Length), scores);
    }

    public void Save(BinaryWriter writer)
    {
        foreach (var curve in curves) curve.Save(writer);
    }

    public void Restore(BinaryReader reader)
    {
        foreach (var curve in curves) curve.Restore(reader);
    }
}
