using System.Diagnostics;
using Spectre.Console;

namespace Ilt.Cli.Output;

/// <summary>Shows how far a count has come: a live line for a person, a line every few seconds otherwise.</summary>
internal sealed class CountDisplay
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);

    private readonly string what;
    private readonly int total;
    private readonly TimeSpan interval;
    private readonly Action<string> show;
    private readonly Stopwatch all = Stopwatch.StartNew();
    private readonly Stopwatch sinceShown = Stopwatch.StartNew();
    private int done;

    private CountDisplay(string what, int total, TimeSpan interval, Action<string> show) => (this.what, this.total, this.interval, this.show) = (what, total, interval, show);

    /// <summary>Runs <paramref name="work"/>, which calls what it is given after each of <paramref name="total"/> things; from any thread.</summary>
    /// <param name="context">Where to show it.</param>
    /// <param name="what">What is counted, in the plural.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="work">The work.</param>
    /// <returns>What the work returns, and things per second.</returns>
    public static (T Result, double PerSecond) Show<T>(CliContext context, string what, int total, Func<Action, T> work)
    {
        if (!context.Interactive || !context.Console.Profile.Capabilities.Ansi)
            return new CountDisplay(what, total, PlainInterval, context.Out.WriteLine).Run(work);
        return context.Console.Live(new Text("starting ...")).AutoClear(true)
            .Start(live => new CountDisplay(what, total, LiveInterval, line => live.UpdateTarget(new Text(line))).Run(work));
    }

    private (T Result, double PerSecond) Run<T>(Func<Action, T> work)
    {
        var result = work(Count);
        return (result, total / Math.Max(all.Elapsed.TotalSeconds, 1e-9));
    }

    private void Count()
    {
        lock (sinceShown)
        {
            done++;
            if (sinceShown.Elapsed < interval)
                return;
            sinceShown.Restart();
            var perSecond = done / all.Elapsed.TotalSeconds;
            show(FormattableString.Invariant($"{done} of {total} {what}, {perSecond:G3} per second, {Math.Ceiling((total - done) / perSecond):F0} s left"));
        }
    }
}
