namespace Ilt.Torch;

/// <summary>How well one task is predicted on a set of rows; over the whole set, never an average of batches.</summary>
public sealed record TaskMetrics
{
    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>Rows that have a label.</summary>
    public required int Count { get; init; }

    /// <summary>Mean per-row loss (nats for a classification, squared standard deviations for a regression); NaN without labels.</summary>
    public required double Loss { get; init; }

    /// <summary>Classification: share of rows (of a mask task: valid pixels of all masks) whose most probable class is the label, in [0, 1].</summary>
    public double? Accuracy { get; init; }

    /// <summary>Classification: mean over the classes that occur of 2 TP / (2 TP + FP + FN), in [0, 1].</summary>
    public double? F1 { get; init; }

    /// <summary>Masks: mean over the classes that occur of intersection over union, counted over the pixels of all masks, in [0, 1].</summary>
    public double? MeanIoU { get; init; }

    /// <summary>Classification: mean -log of the label's probability, nats.</summary>
    public double? LogLoss { get; init; }

    /// <summary>Regression: mean absolute error over rows and components, or valid pixels of all maps, the user's units.</summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>Maps: mean of |error| / |label| over the valid pixels whose label is not zero.</summary>
    public double? MeanRelativeError { get; init; }

    /// <summary>Regression: root of the mean squared error over rows and components, or valid pixels of all maps, the user's units.</summary>
    public double? RootMeanSquaredError { get; init; }

    /// <summary>Regression: 1 - squared error / variance, summed over components; at most 1. NaN where the labels are constant.</summary>
    public double? RSquared { get; init; }

    /// <summary>Bodies (<see cref="BodySurface"/>): mean distance of the predicted from the given vertices, mm.</summary>
    public double? SurfaceError { get; init; }

    /// <summary>Bodies: mean distance of the predicted from the given joints once their roots are in one place (MPJPE), mm.</summary>
    public double? JointError { get; init; }

    /// <summary>Bodies: mean distance of the joints once the predicted ones are moved, turned and scaled to fit best (PA-MPJPE), mm.</summary>
    public double? AlignedJointError { get; init; }

    /// <summary>One figure, the lower the better: 1 - mean IoU for masks, 1 - accuracy for classes, the surface error in mm for bodies, else the root mean squared error.</summary>
    public double Error => (MeanIoU ?? Accuracy) is { } right ? 1 - right : SurfaceError ?? RootMeanSquaredError ?? double.NaN;

    /// <summary>Keeps the logarithm of a probability that was rounded to zero finite.</summary>
    internal const double SmallestProbability = 1e-15;

    internal static TaskMetrics ForClasses(ClassificationTask task, ClassLabels labels, ReadOnlySpan<float> probabilities)
    {
        var (count, correct, logLoss) = (0, 0, 0.0);
        var (hits, occurrences) = (new int[task.ClassCount], new int[task.ClassCount]); // occurrences: given plus predicted
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            var p = probabilities.Slice(row * task.ClassCount, task.ClassCount);
            var label = labels.Classes[row];
            count++;
            logLoss -= Math.Log(Math.Max(p[label], SmallestProbability));
            var predicted = ArgMax(p);
            occurrences[label]++;
            occurrences[predicted]++;
            if (predicted != label) continue;
            hits[label]++;
            correct++;
        }
        logLoss /= count;
        return new TaskMetrics
        {
            Task = task.Name,
            Count = count,
            Loss = task.LossScale * logLoss,
            Accuracy = count == 0 ? double.NaN : correct / (double)count,
            F1 = Enumerable.Range(0, task.ClassCount).Where(c => occurrences[c] > 0).Select(c => 2.0 * hits[c] / occurrences[c]).DefaultIfEmpty(double.NaN).Average(),
            LogLoss = logLoss,
        };
    }

    internal static TaskMetrics ForNumbers(RegressionTask task, double loss, NumberLabels labels, ReadOnlySpan<float> predictions)
    {
        var dimensions = task.Dimensions;
        var mean = new double[dimensions];
        var count = 0;
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            count++;
            for (var d = 0; d < dimensions; d++) mean[d] += labels[row][d];
        }
        for (var d = 0; d < dimensions; d++) mean[d] /= count;
        var (absolute, squared, total) = (0.0, 0.0, 0.0);
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            var label = labels[row];
            var prediction = predictions.Slice(row * dimensions, dimensions);
            for (var d = 0; d < dimensions; d++)
            {
                double error = prediction[d] - label[d];
                absolute += Math.Abs(error);
                squared += error * error;
                total += (label[d] - mean[d]) * (label[d] - mean[d]);
            }
        }
        var cells = count * dimensions;
        return new TaskMetrics
        {
            Task = task.Name,
            Count = count,
            Loss = loss,
            MeanAbsoluteError = absolute / cells,
            RootMeanSquaredError = Math.Sqrt(squared / cells),
            RSquared = total > 0 ? 1 - squared / total : double.NaN,
        };
    }

    internal static int ArgMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var c = 1; c < values.Length; c++)
            if (values[c] > values[best]) best = c;
        return best;
    }
}
