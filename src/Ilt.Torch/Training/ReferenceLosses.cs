namespace Ilt.Torch;

/// <summary>The loss of predicting a constant, per task: what a task that cannot be learned would show.</summary>
internal static class ReferenceLosses
{
    /// <summary>c_k times the typical loss of the best constant prediction: the entropy of the label frequencies, or half the median squared standardised target.</summary>
    public static double Compute(TaskDefinition task, TaskLabels labels, TargetScaling? scaling) =>
        task.LossScale * (labels switch
        {
            ClassLabels classes => Entropy(Counts(((ClassificationTask)task).ClassCount, classes.Classes)),
            MaskLabels masks => Entropy(masks.ClassPixels[..((PixelClassificationTask)task).ClassCount]),
            MapLabels maps => task.Coefficient * MedianPixelError((PixelRegressionTask)task, maps, scaling!),
            DerivedLabels => task.Coefficient, // its scale makes the median of the squared targets 1
            _ => task.Coefficient * MedianSquaredTarget((RegressionTask)task, (NumberLabels)labels, scaling!),
        });

    private static long[] Counts(int classCount, ReadOnlySpan<int> classes)
    {
        var counts = new long[classCount];
        foreach (var c in classes)
            if (c >= 0) counts[c]++;
        return counts;
    }

    private static double Entropy(long[] counts)
    {
        double total = counts.Sum();
        return -counts.Where(count => count > 0).Sum(count => count / total * Math.Log(count / total));
    }

    // The median over the images of the mean error of predicting zero, the mean of the scaled targets.
    private static double MedianPixelError(PixelRegressionTask task, MapLabels labels, TargetScaling scaling)
    {
        var errors = new List<double>();
        var map = new float[labels.Size.Height * labels.Size.Width];
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            labels.Read(row, map);
            errors.Add(PixelErrors.Mean(task.Loss, scaling, map, []));
        }
        errors.Sort();
        return errors[errors.Count / 2] is var median and > 1e-3 ? median : Math.Max(1e-3, errors.Average());
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
