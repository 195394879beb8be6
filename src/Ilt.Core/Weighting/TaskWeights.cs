namespace Ilt.Weighting;

/// <summary>Helpers for weightings that give all rows of a task the same weight.</summary>
internal static class TaskWeights
{
    /// <summary>Sets w = d objective / d loss of one task, where d objective / d L_k is known: that divided by n_k, 0 where there is no label.</summary>
    public static void Spread(in LossBatch batch, int task, double derivative, int labelled, Span<float> weights)
    {
        var weight = labelled == 0 ? 0f : (float)(derivative / labelled);
        for (var at = task; at < weights.Length; at += batch.TaskCount)
            weights[at] = float.IsNaN(batch.Losses[at]) ? 0f : weight;
    }

    public static void CheckLength(in LossBatch batch, Span<float> weights)
    {
        if (weights.Length != batch.Losses.Length)
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected room for {batch.Losses.Length} weights, one per loss; found {weights.Length}."), nameof(weights));
    }

    public static void CheckTasks(in LossBatch batch, int tasks)
    {
        if (batch.TaskCount != tasks)
            throw new ArgumentException(FormattableString.Invariant($"This weighting was made for {tasks} tasks; the batch has {batch.TaskCount}."), nameof(batch));
    }
}
