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

    /// <summary>Classification: share of rows whose most probable class is the label, in [0, 1].</summary>
    public double? Accuracy { get; init; }

    /// <summary>Classification: mean -log of the label's probability, nats.</summary>
    public double? LogLoss { get; init; }

    /// <summary>Regression: mean absolute error over rows and components, the user's units.</summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>Regression: root of the mean squared error over rows and components, the user's units.</summary>
    public double? RootMeanSquaredError { get; init; }

    /// <summary>Regression: 1 - squared error / variance, summed over components; at most 1. NaN where the labels are constant.</summary>
    public double? RSquared { get; init; }

    /// <summary>One figure, the lower the better: 1 - accuracy, or the root mean squared error.</summary>
    public double Error => Accuracy is { } accuracy ? 1 - accuracy : RootMeanSquaredError ?? double.NaN;

    /// <summary>Keeps the logarithm of a probability that was rounded to zero finite.</summary>
    internal const double SmallestProbability = 1e-15;

    internal static TaskMetrics ForClasses(ClassificationTask task, ClassLabels labels, ReadOnlySpan<float> probabilities)
    {
        var (count, correct, logLoss) = (0, 0, 0.0);
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            var p = probabilities.Slice(row * task.ClassCount, task.ClassCount);
            var label = labels.Classes[row];
            count++;
            if (ArgMax(p) == label) correct++;
            logLoss -= Math.Log(Math.Max(p[label], SmallestProbability));
        }
        logLoss /= count;
        return new TaskMetrics
        {
            Task = task.Name,
            Count = count,
            Loss = task.LossScale * logLoss,
            Accuracy = count == 0 ? double.NaN : correct / (double)count,
            LogLoss = logLoss,
        };
    }

    internal static TaskMetrics ForNumbers(RegressionTask task, TargetScaling scaling, NumberLabels labels, ReadOnlySpan<float> predictions)
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
        var (absolute, squared, total, loss) = (0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            var label = labels[row];
            var prediction = predictions.Slice(row * dimensions, dimensions);
            loss += scaling.SquaredError(task.Reduction, label, prediction);
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
            Loss = task.LossScale * loss / count,
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
