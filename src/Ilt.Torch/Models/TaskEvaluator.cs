using Ilt.Metrics;

namespace Ilt.Torch;

/// <summary>Gathers one task's losses and metrics, part by part of the rows; over the whole set, never an average of batches.</summary>
internal abstract class TaskEvaluator
{
    private readonly MultiTaskModel model;

    private protected TaskEvaluator(MultiTaskModel model, int index, TaskLabels labels)
    {
        (this.model, Index, Labels) = (model, index, labels);
        Losses = new float[labels.Count];
        Array.Fill(Losses, float.NaN);
    }

    public static TaskEvaluator Create(MultiTaskModel model, int index, TaskLabels labels) => model.Tasks[index] switch
    {
        PixelClassificationTask task => new MaskEvaluator(model, index, task, (MaskLabels)labels),
        PixelRegressionTask task => new MapEvaluator(model, index, task, (MapLabels)labels),
        DerivedTask task => new DerivedEvaluator(model, index, task, (DerivedLabels)labels),
        ClassificationTask task => new ClassEvaluator(model, index, task, (ClassLabels)labels),
        var task => new NumberEvaluator(model, index, (RegressionTask)task, (NumberLabels)labels),
    };

    /// <summary>The losses of the rows that were added, with the task's loss scale; NaN where there is no label.</summary>
    public float[] Losses { get; }

    /// <summary>Labelled rows that were added.</summary>
    protected int Count { get; private set; }

    protected int Index { get; }

    protected TaskLabels Labels { get; }

    protected TargetScaling? Scaling => model.ScalingOf(Index);

    /// <summary>The mean of the losses.</summary>
    protected double MeanLoss => lossSum / Count;

    private double lossSum;

    /// <summary>Adds rows.</summary>
    /// <param name="first">The first of them, from 0.</param>
    /// <param name="predictions">The model's predictions of these rows, per task.</param>
    public virtual void AddPart(int first, IReadOnlyList<float[]> predictions)
    {
        var size = model.Tasks[Index].OutputSize(model.Input);
        for (var i = 0; i < predictions[Index].Length / size; i++)
            if (Labels.IsLabelled(first + i)) Record(first + i, Add(first + i, predictions[Index].AsSpan(i * size, size)));
    }

    /// <summary>The metrics of the rows that were added.</summary>
    public abstract TaskMetrics Result();

    /// <summary>Adds a labelled row and says its loss, without the task's loss scale.</summary>
    protected abstract double Add(int row, ReadOnlySpan<float> prediction);

    protected void Record(int row, double loss)
    {
        loss *= model.Tasks[Index].LossScale;
        Losses[row] = (float)loss;
        lossSum += loss;
        Count++;
    }

    private sealed class ClassEvaluator(MultiTaskModel model, int index, ClassificationTask task, ClassLabels labels) : TaskEvaluator(model, index, labels)
    {
        private readonly float[] probabilities = new float[labels.Count * task.ClassCount];

        protected override double Add(int row, ReadOnlySpan<float> prediction)
        {
            prediction.CopyTo(probabilities.AsSpan(row * task.ClassCount));
            return -Math.Log(Math.Max(prediction[labels.Classes[row]], TaskMetrics.SmallestProbability));
        }

        public override TaskMetrics Result() => TaskMetrics.ForClasses(task, labels, probabilities);
    }

    private sealed class NumberEvaluator(MultiTaskModel model, int index, RegressionTask task, NumberLabels labels) : TaskEvaluator(model, index, labels)
    {
        private readonly float[] predictions = new float[labels.Count * task.Dimensions];

        protected override double Add(int row, ReadOnlySpan<float> prediction)
        {
            prediction.CopyTo(predictions.AsSpan(row * task.Dimensions));
            return Scaling!.SquaredError(task, labels[row], prediction);
        }

        public override TaskMetrics Result() => TaskMetrics.ForNumbers(task, MeanLoss, labels, predictions);
    }

    private sealed class MaskEvaluator(MultiTaskModel model, int index, PixelClassificationTask task, MaskLabels labels) : TaskEvaluator(model, index, labels)
    {
        private readonly ConfusionMatrix confusion = new(task.ClassCount);
        private readonly byte[] given = new byte[labels.Size.Height * labels.Size.Width];
        private readonly byte[] predicted = new byte[labels.Size.Height * labels.Size.Width];

        protected override double Add(int row, ReadOnlySpan<float> prediction)
        {
            labels.Read(row, given);
            PixelClasses.MostProbable(prediction, task.ClassCount, predicted);
            confusion.Add(given, predicted);
            return CrossEntropy(given, prediction);
        }

        public override TaskMetrics Result() => new()
        {
            Task = task.Name,
            Count = Count,
            Loss = MeanLoss,
            LogLoss = MeanLoss / task.LossScale,
            Accuracy = confusion.PixelAccuracy,
            MeanIoU = confusion.MeanIntersectionOverUnion,
            F1 = confusion.MeanF1,
        };

        private static double CrossEntropy(ReadOnlySpan<byte> mask, ReadOnlySpan<float> probabilities)
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
    }

    private sealed class MapEvaluator(MultiTaskModel model, int index, PixelRegressionTask task, MapLabels labels) : TaskEvaluator(model, index, labels)
    {
        private readonly MapErrors errors = new();
        private readonly float[] given = new float[labels.Size.Height * labels.Size.Width];

        protected override double Add(int row, ReadOnlySpan<float> prediction)
        {
            labels.Read(row, given);
            errors.Add(given, prediction);
            return PixelErrors.Mean(task.Loss, Scaling!, given, prediction);
        }

        public override TaskMetrics Result() => new()
        {
            Task = task.Name,
            Count = Count,
            Loss = MeanLoss,
            MeanAbsoluteError = errors.MeanAbsolute,
            MeanRelativeError = errors.MeanRelative,
            RootMeanSquaredError = errors.RootMeanSquare,
        };
    }
}
