using System.Diagnostics;

namespace Ilt.Torch;

/// <summary>Measures how long a pass takes by the number of threads.</summary>
/// <param name="Processors">The most threads to try.</param>
/// <param name="Now">A clock.</param>
internal sealed record ThreadMeasuring(int Processors, Func<TimeSpan> Now)
{
    // Numbers take turns, so that whatever else slows the machine for a while slows all of them.
    private const int Rounds = 3, TimedPasses = 3;

    // Where so many threads are in each other's way, still more will be.
    private const double Hopeless = 1.5;

    /// <summary>How much of the run's time with one thread measuring may take: where nothing is won, next to nothing is lost.</summary>
    public double ShareOfRun { get; init; } = 0.02;

    /// <summary>By the processors of the process and the system's clock.</summary>
    public static ThreadMeasuring Real { get; } = new(Environment.ProcessorCount, () => Stopwatch.GetElapsedTime(0));

    /// <summary>Measures.</summary>
    /// <param name="steps">Steps of the run at most.</param>
    /// <param name="use">Sets the number of threads.</param>
    /// <param name="pass">The work: one pass.</param>
    /// <param name="cancellation">Ends the measuring.</param>
    /// <returns>The median times, the number of threads rising from 1; empty where the run is too short for it, or cancelled.</returns>
    public IReadOnlyList<ThreadTime> Measure(long steps, Action<int> use, Action pass, CancellationToken cancellation)
    {
        var candidates = ThreadChoice.Candidates(Processors).ToList();
        use(1);
        pass(); // the first one takes memory and prepares kernels
        var one = Time(pass);
        var (begin, budget, round) = (Now(), one * (steps * ShareOfRun), one * ((1 + TimedPasses) * candidates.Count));
        var times = candidates.Select(_ => new List<TimeSpan>()).ToArray();
        for (var i = 0; i < Rounds && Now() - begin + round <= budget; i++)
        {
            var start = Now();
            for (var c = 0; c < candidates.Count; c++)
            {
                use(candidates[c]);
                pass(); // makes or ends threads
                for (var left = TimedPasses; left > 0; left--)
                {
                    if (cancellation.IsCancellationRequested) return [];
                    times[c].Add(Time(pass));
                }
                if (Median(times[c]) > Hopeless * times.Take(c + 1).Min(Median)) candidates.RemoveRange(c + 1, candidates.Count - c - 1);
            }
            round = Now() - start;
        }
        return times[0].Count == 0 ? [] : [.. candidates.Select((threads, c) => new ThreadTime(threads, Median(times[c])))];
    }

    private TimeSpan Time(Action pass)
    {
        var start = Now();
        pass();
        return Now() - start;
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
