namespace Ilt.Cli.Pipeline;

/// <summary>What a run does, in this order.</summary>
internal enum RunPhase
{
    /// <summary>The table.</summary>
    Reading,

    /// <summary>Columns become features, images are decoded, libraries are loaded.</summary>
    Preparing,

    /// <summary>Steps of the network that is kept, and of those that find the number of epochs.</summary>
    Training,

    /// <summary>Fits of other models, and what is found out from them.</summary>
    Scoring,

    /// <summary>Files.</summary>
    Writing,
}

/// <summary>Measures what a run spends its time on.</summary>
internal sealed class PhaseClock
{
    private readonly TimeSpan[] spent = new TimeSpan[Enum.GetValues<RunPhase>().Length];
    private readonly TimeProvider time;
    private long since, lastStep;
    private RunPhase phase = RunPhase.Reading;

    /// <summary>Starts with reading.</summary>
    public PhaseClock(TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        since = this.time.GetTimestamp();
    }

    /// <summary>Seconds of a phase so far.</summary>
    public double Seconds(RunPhase of) => (spent[(int)of] + (of == phase ? time.GetElapsedTime(since) : default)).TotalSeconds;

    /// <summary>Seconds of all so far.</summary>
    public double Total => Enum.GetValues<RunPhase>().Sum(Seconds);

    /// <summary>The same callbacks, which also tell this clock when training begins and ends.</summary>
    public TrainingCallbacks Watch(TrainingCallbacks callbacks) => callbacks with
    {
        OnBatch = batch =>
        {
            Step();
            callbacks.OnBatch(batch);
        },
        OnEpoch = report =>
        {
            Step();
            callbacks.OnEpoch(report);
        },
    };

    /// <summary>A later phase begins; an earlier one is over.</summary>
    public void Enter(RunPhase next)
    {
        if (next <= phase) return;
        // Nobody tells when the last step was the last: what comes after it is no training.
        if (phase == RunPhase.Training) Move(RunPhase.Scoring, lastStep);
        if (next > phase) Move(next, time.GetTimestamp());
    }

    private void Step()
    {
        Enter(RunPhase.Training);
        lastStep = time.GetTimestamp();
    }

    private void Move(RunPhase next, long at)
    {
        spent[(int)phase] += time.GetElapsedTime(since, at);
        (phase, since) = (next, at);
    }
}
