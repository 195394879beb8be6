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

    /// <summary>sum_k c_k L_k over the tasks in the batch.</summary>
    public static double Total(in LossBatch batch, ReadOnlySpan<double> coefficients)
    {
        CheckTasks(batch, coefficients.Length);
        var sum = 0.0;
        for (var task = 0; task < coefficients.Length; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            if (labelled > 0)
                sum += coefficients[task] * mean;
        }

        return sum;
    }

    /// <summary>The weights of <see cref="Total"/>.</summary>
    public static void SpreadAll(in LossBatch batch, ReadOnlySpan<double> coefficients, Span<float> weights)
    {
        CheckTasks(batch, coefficients.Length);
        CheckLength(batch, weights);
        for (var task = 0; task < coefficients.Length; task++)
        {
            batch.Mean(task, out var labelled);
            Spread(batch, task, coefficients[task], labelled, weights);
        }
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
