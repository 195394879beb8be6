namespace Ilt.Cli.Output;

/// <summary>The time since something was last shown.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private long start;

    /// <summary>Whether the time runs.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether it runs since something was shown, not since work began.</summary>
    public bool HasShown { get; private set; }

    /// <summary>The time; zero where it does not run.</summary>
    public TimeSpan Elapsed => IsRunning ? clock.GetElapsedTime(start) : TimeSpan.Zero;

    /// <summary>Something is shown.</summary>
    public void Restart() => (start, IsRunning, HasShown) = (clock.GetTimestamp(), true, true);

    /// <summary>Work begins, and nothing is shown yet.</summary>
    public void StartUnshown() => (start, IsRunning) = (clock.GetTimestamp(), true);

    /// <summary>Lets the time run where it does not.</summary>
    public void Start()
    {
        if (!IsRunning) Restart();
    }

    /// <summary>Stops.</summary>
    public void Reset() => (IsRunning, HasShown) = (false, false);
}
