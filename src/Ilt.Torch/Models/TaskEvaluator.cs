using Ilt.Metrics;

namespace Ilt.Torch;

/// <summary>Gathers one task's metrics row by row; over the whole set, never an average of batches.</summary>
internal abstract class TaskEvaluator
{
    public static TaskEvaluator Create(TaskDefinition task, TargetScaling? scaling, TaskLabels labels) => (task, labels) switch
    {
        (PixelClassificationTask masks, MaskLabels given) => new MaskEvaluator(masks, given),
        (PixelRegressionTask maps, MapLabels given) => new MapEvaluator(maps, given, scaling!),
        _ => new RowEvaluator(task, labels, scaling),
    };

    /// <summary>Adds a labelled row.</summary>
    public abstract void Add(int row, ReadOnlySpan<float> prediction);

    public abstract TaskMetrics Result();

    /// <summary>The loss of one labelled row, from its prediction, without the task's loss scale.</summary>
    public static double Loss(TaskDefinition task, TargetScaling? scaling, TaskLabels labels, int row, ReadOnlySpan<float> prediction)
    {
        switch (task)
        {
            case RegressionTask regression:
                return scaling!.SquaredError(regression.Reduction, ((NumberLabels)labels)[row], prediction);
            case PixelRegressionTask maps:
                var map = new float[prediction.Length];
                ((MapLabels)labels).Read(row, map);
                return PixelErrors.Mean(maps.Loss, scaling!, map, prediction);
            case PixelClassificationTask:
                var mask = new byte[prediction.Length / task.Channels];
                ((MaskLabels)labels).Read(row, mask);
                return MaskEvaluator.CrossEntropy(mask, prediction);
            default:
                return -Math.Log(Math.Max(prediction[((ClassLabels)labels).Classes[row]], TaskMetrics.SmallestProbability));
        }
    }

    private sealed class RowEvaluator(TaskDefinition task, TaskLabels labels, TargetScaling? scaling) : TaskEvaluator
    {
        private readonly float[] predictions = new float[labels.Count * task.Channels];

        public override void Add(int row, ReadOnlySpan<float> prediction) => prediction.CopyTo(predictions.AsSpan(row * task.Channels));

        public override TaskMetrics Result() => task is ClassificationTask classification
            ? TaskMetrics.ForClasses(classification, (ClassLabels)labels, predictions)
            : TaskMetrics.ForNumbers((RegressionTask)task, scaling!, (NumberLabels)labels, predictions);
    }

    private sealed class MaskEvaluator(PixelClassificationTask task, MaskLabels labels) : TaskEvaluator
    {
        private readonly ConfusionMatrix confusion = new(task.ClassCount);
        private readonly byte[] given = new byte[labels.Size.Height * labels.Size.Width];
        private readonly byte[] predicted = new byte[labels.Size.Height * labels.Size.Width];
        private double loss;
        private int count;

        public static double CrossEntropy(ReadOnlySpan<byte> mask, ReadOnlySpan<float> probabilities)
        {
            var (sum, valid) = (0.0, 0);
            for (var pixel = 0; pixel < mask.Length; pixel++)
            {
                if (mask[pixel] == PixelClassificationTask.Ignored) continue;
                sum -= Math.Log(Math.Max(probabilities[(mask[pixel] * mask.Length) + pixel], TaskMetrics.SmallestProbability));
                valid++;
            }
            return sum / valid;
        }

        public override void Add(int row, ReadOnlySpan<float> prediction)
        {
            labels.Read(row, given);
            PixelClasses.MostProbable(prediction, task.ClassCount, predicted);
            confusion.Add(given, predicted);
            loss += CrossEntropy(given, prediction);
            count++;
        }

        public override TaskMetrics Result() => new()
        {
            Task = task.Name,
            Count = count,
            Loss = task.LossScale * loss / count,
            LogLoss = loss / count,
            Accuracy = confusion.PixelAccuracy,
            MeanIoU = confusion.MeanIntersectionOverUnion,
            F1 = confusion.MeanF1,
        };
    }

    private sealed class MapEvaluator(PixelRegressionTask task, MapLabels labels, TargetScaling scaling) : TaskEvaluator
    {
        private readonly MapErrors errors = new();
        private readonly float[] given = new float[labels.Size.Height * labels.Size.Width];
        private double loss;
        private int count;

        public override void Add(int row, ReadOnlySpan<float> prediction)
        {
            labels.Read(row, given);
            errors.Add(given, prediction);
            loss += PixelErrors.Mean(task.Loss, scaling, given, prediction);
            count++;
        }

        public override TaskMetrics Result() => new()
        {
            Task = task.Name,
            Count = count,
            Loss = task.LossScale * loss / count,
            MeanAbsoluteError = errors.MeanAbsolute,
            MeanRelativeError = errors.MeanRelative,
            RootMeanSquaredError = errors.RootMeanSquare,
        };
    }
}
