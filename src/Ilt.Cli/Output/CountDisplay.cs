using System.Diagnostics;
using Spectre.Console;

namespace Ilt.Cli.Output;

/// <summary>Shows how far a count has come: a live line for a person, a line every few seconds otherwise.</summary>
internal sealed class CountDisplay
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);

    private readonly string _what;
    private readonly int _total;
    private readonly TimeSpan _interval;
    private readonly Action<string> _show;
    private readonly Stopwatch _all = Stopwatch.StartNew();
    private readonly Stopwatch _sinceShown = Stopwatch.StartNew();
    private int _done;

    private CountDisplay(string what, int total, TimeSpan interval, Action<string> show) => (_what, _total, _interval, _show) = (what, total, interval, show);

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
        return (result, _total / Math.Max(_all.Elapsed.TotalSeconds, 1e-9));
    }

    private void Count()
    {
        lock (_sinceShown)
        {
            _done++;
            if (_sinceShown.Elapsed < _interval)
                return;
            _sinceShown.Restart();
            var perSecond = _done / _all.Elapsed.TotalSeconds;
            _show(FormattableString.Invariant($"{_done} of {_total} {_what}, {perSecond:G3} per second, {Math.Ceiling((_total - _done) / perSecond):F0} s left"));
        }
    }
}
