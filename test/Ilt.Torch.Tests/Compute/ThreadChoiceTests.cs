using TorchSharp;

namespace Ilt.Torch.Tests.Compute;

/// <summary>Which number of threads measured times speak for, and what is measured; no test here knows the time.</summary>
public class ThreadChoiceTests
{
    [TestCase(1, new[] { 1 })]
    [TestCase(2, new[] { 1, 2 })]
    [TestCase(6, new[] { 1, 2, 4, 6 })]
    [TestCase(8, new[] { 1, 2, 4, 8 })]
    public void Candidates_AreOneTwoFourAndTheProcessors(int processors, int[] expected) => Assert.That(ThreadChoice.Candidates(processors), Is.EqualTo(expected));

    [TestCase(new[] { 100.0, 60, 40 }, 4, "2.5 times as fast as 1")]
    [TestCase(new[] { 100.0, 60, 80 }, 2, "1.67 times as fast as 1")]
    [TestCase(new[] { 100.0, 60, 58 }, 2, "1.67 times as fast as 1", Description = "4 are less than 5 % faster than 2")]
    [TestCase(new[] { 100.0, 60, 57 }, 4, "1.75 times as fast as 1", Description = "4 are 5 % faster than 2")]
    [TestCase(new[] { 100.0, 96 }, 1, "2 are 1.04 times as fast")]
    [TestCase(new[] { 100.0, 100 }, 1, "2 are 1.0 times as fast")]
    [TestCase(new[] { 100.0, 200, 125 }, 1, "4 are 0.8 times as fast")]
    [TestCase(new[] { 100.0 }, 1, "one processor")]
    [TestCase(new double[0], 1, "too short")]
    public void From_IsTheFewestNearTheFastest(double[] milliseconds, int expected, string reason)
    {
        var choice = ThreadChoice.From([.. milliseconds.Select((time, i) => new ThreadTime(1 << i, TimeSpan.FromMilliseconds(time)))]);
        Assert.That(choice.Threads, Is.EqualTo(expected));
        Assert.That(choice.Note, Does.StartWith($"threads: {expected} (").And.Contains(reason));
    }

    [Test]
    public void From_AnyTimes_IsNeverSlowerThanOne()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            ThreadTime[] measured = [.. Enumerable.Range(0, random.Next(1, 6)).Select(k => new ThreadTime(1 << k, TimeSpan.FromMilliseconds(90 + (20 * random.NextDouble()))))];
            var chosen = ThreadChoice.From(measured).Threads;
            Assert.That(measured.Single(time => time.Threads == chosen).Pass, Is.LessThanOrEqualTo(measured[0].Pass));
        }
    }

    [Test]
    public void Measure_IsTheTypicalTimeOfEachNumber()
    {
        var machine = new Machine { Times = { [1] = 10, [2] = 6, [4] = 5 } };
        machine.Disturbances.UnionWith([3, 7, 12]); // a pass now and then takes ten times as long
        Assert.That(machine.Measure(4, 10_000).Select(time => (time.Threads, time.Pass.TotalMilliseconds)), Is.EqualTo(new[] { (1, 10.0), (2, 6.0), (4, 5.0) }));
    }

    [Test]
    public void Measure_AfterTheThreadsChange_LeavesTheFirstPassOut()
    {
        var machine = new Machine { Times = { [1] = 10, [2] = 6 }, FirstPassMore = 1000 };
        Assert.That(machine.Measure(2, 1_000_000).Select(time => time.Pass.TotalMilliseconds), Is.EqualTo(new[] { 10.0, 6.0 }));
    }

    [TestCase(10, 0)]
    [TestCase(399, 0, Description = "eight passes are more than 2 % of it")]
    [TestCase(401, 1)]
    [TestCase(100_000, 3)]
    public void Measure_TakesAFiftiethOfTheRunAtMost(int steps, int rounds)
    {
        var machine = new Machine { Times = { [1] = 10, [2] = 10 } };
        Assert.That(machine.Measure(2, steps), rounds == 0 ? Is.Empty : Has.Count.EqualTo(2));
        Assert.That(machine.Passes, Is.EqualTo(2 + (8 * rounds)));
    }

    [Test]
    public void Measure_ThreadsInEachOthersWay_TriesNoMore()
    {
        var machine = new Machine { Times = { [1] = 10, [2] = 40 } };
        Assert.That(machine.Measure(16, 100_000).Select(time => time.Threads), Is.EqualTo(new[] { 1, 2 }), "4 would be asked for in vain");
    }

    [Test]
    public void Measure_Cancelled_EndsAtOnce()
    {
        using var cancellation = new CancellationTokenSource();
        var machine = new Machine { Times = { [1] = 10, [2] = 5 }, OnPass = pass => { if (pass == 4) cancellation.Cancel(); } };
        Assert.That(machine.Measure(2, 100_000, cancellation.Token), Is.Empty);
        Assert.That(machine.Passes, Is.EqualTo(4));
    }

    private sealed class Machine
    {
        private double now;
        private int threads, passesSinceChange;

        public Dictionary<int, double> Times { get; } = [];

        public HashSet<int> Disturbances { get; } = [];

        public double FirstPassMore { get; init; }

        public Action<int>? OnPass { get; init; }

        public int Passes { get; private set; }

        public IReadOnlyList<ThreadTime> Measure(int processors, long steps, CancellationToken cancellation = default) =>
            new ThreadMeasuring(processors, () => TimeSpan.FromMilliseconds(now)).Measure(steps, Use, Pass, cancellation);

        private void Use(int number) => (threads, passesSinceChange) = (number, 0);

        private void Pass()
        {
            Passes++;
            now += Times[threads] * (Disturbances.Contains(Passes) ? 10 : 1) + (passesSinceChange++ == 0 ? FirstPassMore : 0);
            OnPass?.Invoke(Passes);
        }
    }
}
