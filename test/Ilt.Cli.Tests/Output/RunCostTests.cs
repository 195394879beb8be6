using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tests.Support;
using Ilt.Torch;

namespace Ilt.Cli.Tests.Output;

/// <summary>What a run says of its cost.</summary>
public sealed class RunCostTests
{
    [Test]
    public void Clock_TrainingEndsWithItsLastStep()
    {
        var hand = new HandClock();
        var clock = new PhaseClock(hand);
        var callbacks = clock.Watch(new TrainingCallbacks(_ => { }, _ => { }, () => { }, _ => { }, _ => { }));
        Pass(3);
        clock.Enter(RunPhase.Preparing);
        Pass(5);
        callbacks.OnBatch(default);
        Pass(10);
        callbacks.OnBatch(default);
        Pass(20);
        clock.Enter(RunPhase.Writing);
        Pass(4);

        Assert.That(Enum.GetValues<RunPhase>().Select(clock.Seconds), Is.EqualTo(new double[] { 3, 5, 10, 20, 4 }));
        Assert.That(clock.Total, Is.EqualTo(42));

        void Pass(int seconds) => hand.Now += TimeSpan.FromSeconds(seconds);
    }

    [Test]
    public void Clock_GoesForwardOnly()
    {
        var hand = new HandClock();
        var clock = new PhaseClock(hand);
        clock.Enter(RunPhase.Writing);
        clock.Enter(RunPhase.Training);
        hand.Now = TimeSpan.FromSeconds(5);
        Assert.That(clock.Seconds(RunPhase.Writing), Is.EqualTo(5));
    }

    [TestCase(0, 10, 5, "")]
    [TestCase(0, 30, 60, "--fast ranks by the one training, without the 60 further fits, which took 67 % of the time")]
    [TestCase(0, 90, 10, "--epochs N trains once; without it two fits on halves of the rows find the number first|--threads auto measures whether several of the 4 processors are faster than one")]
    [TestCase(90, 5, 5, "the table as Parquet, which is read faster than text")]
    public void Advice_IsOfWhatTookTheTime(double reading, double training, double scoring, string advice) =>
        Assert.That(string.Join('|', RunCost.Advice(new RunShape(reading, training, scoring) { OtherFits = 60, FindsEpochs = true, Processors = 4 })), Is.EqualTo(advice));

    [Test]
    public void Advice_NamesNothingThatIsSoAlready() =>
        Assert.That(RunCost.Advice(new RunShape(90, 100, 100) { Threads = 2, Processors = 4, IsParquet = true }), Is.Empty);

    [Test]
    public void Advice_OfImagesThatCameLate_NamesTheirSize() =>
        Assert.That(RunCost.Advice(new RunShape(1, 100, 0) { IsOfImages = true, WaitShare = 0.3, Threads = 2 }),
            Is.EqualTo(new[] { "pictures stored in the size of the training (--size), for it waited 30 % of its time for them" }));

    [Test]
    public void Flag_SaysWhatItCost_OnTheScreenAndInItsRecord()
    {
        using var folder = new TempFolder();
        var data = folder.Write("t.csv", SmallTable.Csv());
        var output = CliRun.Done("flag", data, "--id", "id", "--task", SmallTable.SizeTask, "--epochs", "2", "--out", folder["out"]);

        Assert.That(output, Does.Match(@"(?m)^cost: [0-9.]+ s \(reading \d+ %, preparing \d+ %, training \d+ %, scores \d+ %, writing \d+ %\), [0-9,]+ rows/s in training, [0-9,]+ MiB of memory at most$"));
        var record = RunRecord.Read(folder["out"]);
        var cost = record.Cost!;
        Assert.That(cost.ReadingSeconds + cost.PreparingSeconds + cost.TrainingSeconds + cost.ScoringSeconds, Is.InRange(0, record.ElapsedSeconds + 0.01));
        Assert.That(cost.TrainingSeconds, Is.GreaterThan(0));
        Assert.That(cost.RowsPerSecond, Is.GreaterThan(0));
        Assert.That(cost.PeakMemoryMiB, Is.GreaterThan(20));
        Assert.That(cost.Faster, Is.Empty, "a short run");
    }
}
