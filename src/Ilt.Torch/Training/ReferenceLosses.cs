namespace Ilt.Torch;

/// <summary>The loss of predicting a constant, per task: what a task that cannot be learned would show.</summary>
internal static class ReferenceLosses
{
    /// <summary>c_k times the typical loss of the best constant prediction: the entropy of the label frequencies, or half the median squared standardised target.</summary>
    public static double Compute(TaskDefinition task, TaskLabels labels, TargetScaling? scaling) =>
        task.LossScale * (labels is ClassLabels classes
            ? Entropy(((ClassificationTask)task).ClassCount, classes.Classes)
            : task.Coefficient * MedianSquaredTarget((RegressionTask)task, (NumberLabels)labels, scaling!));

    private static double Entropy(int classCount, ReadOnlySpan<int> classes)
    {
        var counts = new int[classCount];
        var total = 0;
        foreach (var c in classes)
        {
            if (c < 0) continue;
            counts[c]++;
            total++;
        }
        var entropy = 0.0;
        foreach (var count in counts)
            if (count > 0) entropy -= count / (double)total * Math.Log(count / (double)total);
        return entropy;
    }

    private static double MedianSquaredTarget(RegressionTask task, NumberLabels labels, TargetScaling scaling)
    {
        var squares = new List<double>();
        var target = new float[labels.Dimensions];
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            scaling.Standardise(labels, row, target);
            var sum = 0.0;
            foreach (var value in target) sum += value * value;
            squares.Add(task.Reduction == RegressionReduction.Sum ? sum : sum / target.Length);
        }
        squares.Sort();
        // A target that is one value more than half of the time can have a median near zero; the mean (about 1 by construction) is the next best measure.
        var median = squares[squares.Count / 2];
        return median > 1e-3 ? median : squares.Average();
    }
}
