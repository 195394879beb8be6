using Ilt.Detection;

namespace Ilt.Torch;

/// <summary>What one epoch brought.</summary>
public sealed record EpochReport
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs planned.</summary>
    public required int Epochs { get; init; }

    /// <summary>Which fit this is an epoch of, from 1: where no number of epochs is named, two fits on half of the rows find it before the last one.</summary>
    public int Fit { get; init; } = 1;

    /// <summary>Fits altogether.</summary>
    public int Fits { get; init; } = 1;

    /// <summary>Per task: mean per-row loss over the epoch's labelled rows, before weighting (nats, or squared standard deviations); NaN without labels.</summary>
    public required IReadOnlyList<double> TrainLoss { get; init; }

    /// <summary>Per task: quantiles of the log-variances of labelled rows after the epoch; null unless they are learned.</summary>
    public IReadOnlyList<LogVarianceQuantiles>? LogVariances { get; init; }

    /// <summary>Per task: metrics on the validation set; null without one.</summary>
    public IReadOnlyList<TaskMetrics>? Validation { get; init; }

    /// <summary>Seconds the epoch took, validation included; NaN, as the next two, in the history of a loaded model: files hold no times, so that equal trainings write equal files.</summary>
    public required double Seconds { get; init; }

    /// <summary>Of these, seconds in which the training waited for images to be decoded, augmented and put into batches; 0 for tables.</summary>
    public double WaitSeconds { get; init; }

    /// <summary>Training rows per second.</summary>
    public required double RowsPerSecond { get; init; }
}

/// <summary>How far training has come.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Epochs">Epochs planned.</param>
/// <param name="RowsDone">Rows seen in this epoch.</param>
/// <param name="Rows">Rows per epoch.</param>
/// <param name="Elapsed">Time since training began.</param>
public readonly record struct BatchProgress(int Epoch, int Epochs, int RowsDone, int Rows, TimeSpan Elapsed)
{
    /// <summary>Which fit is under way, from 1.</summary>
    public int Fit { get; init; }

    /// <summary>Fits altogether: 1, or 3 where two fits on half of the rows find the number of epochs before the last one.</summary>
    public int Fits { get; init; }

    /// <summary>Time left of this fit at the present speed, early stopping aside.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var done = (Epoch - 1 + RowsDone / (double)Rows) / Epochs;
            return done > 0 ? Elapsed * ((1 - done) / done) : TimeSpan.Zero;
        }
    }
}
