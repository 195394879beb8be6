namespace Ilt.Torch;

/// <summary>How well one task is predicted on a set of rows; over the whole set, never an average of batches.</summary>
public sealed record TaskMetrics
{
    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>Rows that have a label.</summary>
    public required int Count { get; init; }

    /// <summary>Mean per-row loss (nats for a classification, squared standard deviations for a regression, half deviance by the dispersion for counts); NaN without labels.</summary>
    public required double Loss { get; init; }

    /// <summary>The metrics of the task's kind.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>The value of a metric; null where the task has none of this name.</summary>
    /// <param name="name">A <see cref="Metric.Name"/>.</param>
    public double? this[string name] => Find(name)?.Value;

    /// <summary>A metric; null where the task has none of this name.</summary>
    /// <param name="name">A <see cref="Metric.Name"/>.</param>
    public Metric? Find(string name) => Metrics.FirstOrDefault(metric => metric.Name == name);

    /// <summary>Classification: share of rows (of a mask task: valid pixels of all masks) whose most probable class is the label, in [0, 1].</summary>
    public double? Accuracy => this[MetricNames.Accuracy];

    /// <summary>Classification: mean over the classes that occur of 2 TP / (2 TP + FP + FN), in [0, 1].</summary>
    public double? F1 => this[MetricNames.F1];

    /// <summary>Masks: mean over the classes that occur of intersection over union, counted over the pixels of all masks, in [0, 1].</summary>
    public double? MeanIoU => this[MetricNames.MeanIoU];

    /// <summary>Classification: mean -log of the label's probability, nats.</summary>
    public double? LogLoss => this[MetricNames.LogLoss];

    /// <summary>Regressions and counts: mean absolute error over rows and components, or valid pixels of all maps, the user's units.</summary>
    public double? MeanAbsoluteError => this[MetricNames.MeanAbsoluteError];

    /// <summary>Maps: mean of |error| / |label| over the valid pixels whose label is not zero.</summary>
    public double? MeanRelativeError => this[MetricNames.MeanRelativeError];

    /// <summary>Regressions and counts: root of the mean squared error over rows and components, or valid pixels of all maps, the user's units.</summary>
    public double? RootMeanSquaredError => this[MetricNames.RootMeanSquaredError];

    /// <summary>Regression: 1 - squared error / variance, summed over components; at most 1. NaN where the labels are constant.</summary>
    public double? RSquared => this[MetricNames.RSquared];

    /// <summary>Bodies (<see cref="BodySurface"/>): mean distance of the predicted from the given vertices, mm.</summary>
    public double? SurfaceError => this[MetricNames.SurfaceError];

    /// <summary>Bodies: mean distance of the predicted from the given joints once their roots are in one place (MPJPE), mm.</summary>
    public double? JointError => this[MetricNames.JointError];

    /// <summary>Bodies: mean distance of the joints once the predicted ones are moved, turned and scaled to fit best (PA-MPJPE), mm.</summary>
    public double? AlignedJointError => this[MetricNames.AlignedJointError];

    /// <summary>One figure, the lower the better: 1 - mean IoU for masks, 1 - accuracy for classes, the surface error in mm for bodies, else the root mean squared error.</summary>
    public double Error => (MeanIoU ?? Accuracy) is { } right ? 1 - right : SurfaceError ?? RootMeanSquaredError ?? double.NaN;

    /// <summary>Whether task, count, loss and all metrics are the same.</summary>
    public bool Equals(TaskMetrics? other) =>
        other is not null && Task == other.Task && Count == other.Count && Loss.Equals(other.Loss) && Metrics.SequenceEqual(other.Metrics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Task, Count, Loss, Metrics.Count);
}
