using Ilt.Cli.Pipeline;
using Ilt.Detectors;
using Ilt.Torch;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ilt.Cli.Output;

/// <summary>Shows how training goes: a live table for a person, a line every few seconds otherwise.</summary>
internal sealed class TrainingDisplay
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WithinEpochInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<string> tasks;
    private readonly Pace sinceShown;
    private EpochReport? epoch;
    private BatchProgress batch;
    private readonly List<string> notes = [];
    private int read;

    private readonly int images;
    private readonly TimeProvider clock;
    private (long Since, int Done, int All) scoring;

    private TrainingDisplay(IReadOnlyList<string> tasks, int images, TimeProvider clock) =>
        (this.tasks, this.images, this.clock, sinceShown) = (tasks, images, clock, new Pace(clock));

    /// <summary>
    /// Runs <paramref name="train"/> with the callbacks it shall call, and shows what they tell; <paramref name="images"/> images are read beforehand.
    /// </summary>
    public static T Show<T>(CliContext context, IReadOnlyList<string> tasks, int images, Func<TrainingCallbacks, T> train, TimeProvider? clock = null)
    {
        var display = new TrainingDisplay(tasks, images, clock ?? TimeProvider.System);
        if (!context.Interactive || !context.Console.Profile.Capabilities.Ansi)
            return train(new(report => display.PlainEpoch(context.Out, report), batch => display.PlainBatch(context.Out, batch), () => display.PlainImage(context.Out), progress => display.PlainScored(context.Out, progress), note => context.Out.WriteLine($"note: {note}")));
        try
        {
            return context.Console.Live(new Text("starting ...")).AutoClear(true).Start(live => train(new(
                report => display.LiveEpoch(live, report),
                batch => display.LiveBatch(live, batch),
                () => display.LiveImage(live),
                progress => live.UpdateTarget(new Text(display.Scored(progress))),
                note => display.LiveNote(live, note))));
        }
        finally
        {
            foreach (var note in display.notes)
                context.Out.WriteLine($"note: {note}"); // the live display is gone, and they with it
        }
    }

    private void LiveNote(LiveDisplayContext live, string note)
    {
        notes.Add(note);
        Refresh(live);
    }

    // ML.NET may decode on threads of its own, so what counts images must bear several of them.
    private void PlainImage(TextWriter output)
    {
        lock (sinceShown)
            CountPlainImage(output);
    }

    private void CountPlainImage(TextWriter output)
    {
        if (!sinceShown.IsRunning)
            sinceShown.Start();
        read++;
        if (sinceShown.Elapsed < PlainInterval && read != images)
            return;
        sinceShown.Restart();
        output.WriteLine(ImagesRead());
        if (read == images)
            sinceShown.Reset(); // so that the first epoch is shown, however soon it ends
    }

    private void LiveImage(LiveDisplayContext live)
    {
        lock (sinceShown)
            CountLiveImage(live);
    }

    private void CountLiveImage(LiveDisplayContext live)
    {
        read++;
        if (sinceShown.IsRunning && sinceShown.Elapsed < LiveInterval && read != images)
            return;
        sinceShown.Restart();
        live.UpdateTarget(new Text(ImagesRead()));
    }

    private string ImagesRead() => FormattableString.Invariant($"read {read} of {images} images");

    private void PlainEpoch(TextWriter output, EpochReport report)
    {
        epoch = report;
        if (sinceShown.HasShown && sinceShown.Elapsed < PlainInterval && report.Epoch != report.Epochs)
            return;
        sinceShown.Restart();
        var losses = string.Join(", ", tasks.Select((task, k) => $"{task} {Loss(report, k)}"));
        output.WriteLine(FormattableString.Invariant(
            $"{Fit(report.Fit, report.Fits)}epoch {report.Epoch}/{report.Epochs}  loss: {losses}  {report.RowsPerSecond:F0} rows/s, {Duration(batch.Remaining)} left"));
    }

    // Epochs of large tables and of images take minutes; nobody should wonder whether the program has stopped.
    private void PlainBatch(TextWriter output, BatchProgress now)
    {
        batch = now;
        if (!sinceShown.IsRunning)
            sinceShown.StartUnshown();
        if (sinceShown.Elapsed < WithinEpochInterval || now.RowsDone >= now.Rows)
            return;
        sinceShown.Restart();
        output.WriteLine(FormattableString.Invariant($"{Fit(now.Fit, now.Fits)}epoch {now.Epoch}/{now.Epochs}, {now.RowsDone} of {now.Rows} rows, {Duration(now.Remaining)} left"));
    }

    private void LiveEpoch(LiveDisplayContext live, EpochReport report)
    {
        epoch = report;
        Refresh(live);
    }

    private void LiveBatch(LiveDisplayContext live, BatchProgress batch)
    {
        this.batch = batch;
        if (!sinceShown.IsRunning || sinceShown.Elapsed >= LiveInterval)
            Refresh(live);
    }

    private void Refresh(LiveDisplayContext live)
    {
        sinceShown.Restart();
        live.UpdateTarget(Render());
    }

    private IRenderable Render()
    {
        var done = batch.Rows == 0 ? 0 : (batch.Epoch - 1 + (batch.RowsDone / (double)batch.Rows)) / batch.Epochs;
        var bar = new string('█', (int)(done * 30)).PadRight(30, '░');
        var speed = epoch is null ? "" : FormattableString.Invariant($"  {epoch.RowsPerSecond:F0} rows/s");
        var head = FormattableString.Invariant($"{bar} {Fit(batch.Fit, batch.Fits)}epoch {batch.Epoch}/{batch.Epochs}{speed}  {Duration(batch.Remaining)} left");
        var table = new Spectre.Console.Table().Border(TableBorder.Rounded).AddColumn("task").AddColumn(new TableColumn("loss").RightAligned());
        for (var k = 0; k < tasks.Count && epoch is not null; k++)
            table.AddRow(Markup.Escape(tasks[k]), Loss(epoch, k));
        return new Spectre.Console.Rows([new Text(head), table, .. notes.Select(note => new Text($"note: {note}"))]);
    }

    private static string Loss(EpochReport report, int task)
    {
        var train = FormattableString.Invariant($"{report.TrainLoss[task]:F4}");
        return report.Validation is { } metrics
            ? FormattableString.Invariant($"{train} (validation {metrics[task].Loss:F4})")
            : train;
    }

    // The first two find the number of epochs, and end when it is found.
    private static string Fit(int fit, int fits) => fits > 1 ? FormattableString.Invariant($"fit {fit}/{fits}, ") : "";

    private void PlainScored(TextWriter output, DetectorProgress progress)
    {
        var text = Scored(progress);
        if (scoring.Done != progress.Done && sinceShown.Elapsed < PlainInterval && progress.Done != progress.All)
            return;
        sinceShown.Restart();
        output.WriteLine(text);
    }

    // By the pace of the fits so far; the first one tells when they began.
    private string Scored(DetectorProgress progress)
    {
        var now = clock.GetTimestamp();
        if (progress.Done <= scoring.Done || scoring.All != progress.All)
            scoring = (now, progress.Done, progress.All);
        var done = progress.Done - scoring.Done;
        var left = done == 0 ? "" : $", {Duration(clock.GetElapsedTime(scoring.Since, now) / done * (progress.All - progress.Done))} left";
        return FormattableString.Invariant($"scores, fit {progress.Done}/{progress.All}: {progress.Stage}{left}");
    }

    private static string Duration(TimeSpan time) => time.TotalSeconds < 90
        ? FormattableString.Invariant($"{Math.Ceiling(time.TotalSeconds):F0} s")
        : FormattableString.Invariant($"{Math.Ceiling(time.TotalMinutes):F0} min");
}
