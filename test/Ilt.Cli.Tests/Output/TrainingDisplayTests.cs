using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;
using Ilt.Torch;

namespace Ilt.Cli.Tests.Output;

public sealed class TrainingDisplayTests
{
    [Test]
    public void Show_OffATerminal_TellsOfALongEpochEverySomeSeconds()
    {
        var (output, clock) = (new StringWriter(), new HandClock());
        var context = new CliContext(output, TextWriter.Null, interactive: false, default);
        TrainingDisplay.Show(context, ["seg"], 0, callbacks =>
        {
            for (var step = 1; step <= 100; step++)
            {
                clock.Now += TimeSpan.FromSeconds(1);
                callbacks.OnBatch(new BatchProgress(1, 3, 8 * step, 800, TimeSpan.FromSeconds(step)) { Fit = 1, Fits = 1 });
            }

            return 0;
        }, clock);
        var lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.InRange(8, 10), "one in ten seconds");
        Assert.That(lines[0], Does.Match(@"^epoch 1/3, \d+ of 800 rows, \d+ (s|min) left$"));
    }

    [Test]
    public void Show_ShortEpochs_TellsOfNoneWithin()
    {
        var (output, clock) = (new StringWriter(), new HandClock());
        TrainingDisplay.Show(new CliContext(output, TextWriter.Null, interactive: false, default), ["seg"], 0, callbacks =>
        {
            for (var step = 1; step <= 4; step++)
            {
                clock.Now += TimeSpan.FromSeconds(1);
                callbacks.OnBatch(new BatchProgress(1, 3, 8 * step, 800, TimeSpan.FromSeconds(step)) { Fit = 1, Fits = 1 });
            }

            return 0;
        }, clock);
        Assert.That(output.ToString(), Is.Empty);
    }
}
