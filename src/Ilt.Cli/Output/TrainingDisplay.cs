using System.Diagnostics;
using Ilt.Torch;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ilt.Cli.Output;

/// <summary>Shows how training goes: a live table for a person, a line every few seconds otherwise.</summary>
internal sealed class TrainingDisplay
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<string> _tasks;
    private readonly Stopwatch _sinceShown = new();
    private EpochReport? _epoch;
    private BatchProgress _batch;
    private int _read;

    private readonly int _images;

    private TrainingDisplay(IReadOnlyList<string> tasks, int images) => (_tasks, _images) = (tasks, images);

    /// <summary>
    /// Runs <paramref name="train"/> with the callbacks it shall call, and shows what they tell: after an epoch, after a batch, after each of
    /// <paramref name="images"/> images that are read beforehand.
    /// </summary>
    public static T Show<T>(CliContext context, IReadOnlyList<string> tasks, int images, Func<Action<EpochReport>, Action<BatchProgress>, Action, T> train)
    {
        var display = new TrainingDisplay(tasks, images);
        if (!context.Interactive || !context.Console.Profile.Capabilities.Ansi)
            return train(report => display.PlainEpoch(context.Out, report), batch => display._batch = batch, () => display.PlainImage(context.Out));
        return context.Console.Live(new Text("starting ...")).AutoClear(true).Start(live => train(
            report => display.LiveEpoch(live, report),
            batch => display.LiveBatch(live, batch),
            () => display.LiveImage(live)));
    }

    // ML.NET may decode on threads of its own, so what counts images must bear several of them.
    private void PlainImage(TextWriter output)
    {
        lock (_sinceShown)
            CountPlainImage(output);
    }

    private void CountPlainImage(TextWriter output)
    {
        if (!_sinceShown.IsRunning)
            _sinceShown.Start();
        _read++;
        if (_sinceShown.Elapsed < PlainInterval && _read != _images)
            return;
        _sinceShown.Restart();
        output.WriteLine(ImagesRead());
        if (_read == _images)
            _sinceShown.Reset(); // so that the first epoch is shown, however soon it ends
    }

    private void LiveImage(LiveDisplayContext live)
    {
        lock (_sinceShown)
            CountLiveImage(live);
    }

    private void CountLiveImage(LiveDisplayContext live)
    {
        _read++;
        if (_sinceShown.IsRunning && _sinceShown.Elapsed < LiveInterval && _read != _images)
            return;
        _sinceShown.Restart();
        live.UpdateTarget(new Text(ImagesRead()));
    }

    private string ImagesRead() => FormattableString.Invariant($"read {_read} of {_images} images");

    private void PlainEpoch(TextWriter output, EpochReport report)
    {
        _epoch = report;
        if (_sinceShown.IsRunning && _sinceShown.Elapsed < PlainInterval && report.Epoch != report.Epochs)
            return;
        _sinceShown.Restart();
        var losses = string.Join(", ", _tasks.Select((task, k) => $"{task} {Loss(report, k)}"));
        output.WriteLine(FormattableString.Invariant(
            $"{Fit(report.Fit, report.Fits)}epoch {report.Epoch}/{report.Epochs}  loss: {losses}  {report.RowsPerSecond:F0} rows/s, {Duration(_batch.Remaining)} left"));
    }

    private void LiveEpoch(LiveDisplayContext live, EpochReport report)
    {
        _epoch = report;
        Refresh(live);
    }

    private void LiveBatch(LiveDisplayContext live, BatchProgress batch)
    {
        _batch = batch;
        if (!_sinceShown.IsRunning || _sinceShown.Elapsed >= LiveInterval)
            Refresh(live);
    }

    private void Refresh(LiveDisplayContext live)
    {
        _sinceShown.Restart();
        live.UpdateTarget(Render());
    }

    private IRenderable Render()
    {
        var done = _batch.Rows == 0 ? 0 : (_batch.Epoch - 1 + (_batch.RowsDone / (double)_batch.Rows)) / _batch.Epochs;
        var bar = new string('█', (int)(done * 30)).PadRight(30, '░');
        var speed = _epoch is null ? "" : FormattableString.Invariant($"  {_epoch.RowsPerSecond:F0} rows/s");
        var head = FormattableString.Invariant($"{bar} {Fit(_batch.Fit, _batch.Fits)}epoch {_batch.Epoch}/{_batch.Epochs}{speed}  {Duration(_batch.Remaining)} left");
        var table = new Spectre.Console.Table().Border(TableBorder.Rounded).AddColumn("task").AddColumn(new TableColumn("loss").RightAligned());
        for (var k = 0; k < _tasks.Count && _epoch is not null; k++)
            table.AddRow(Markup.Escape(_tasks[k]), Loss(_epoch, k));
        return new Rows(new Text(head), table);
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

    private static string Duration(TimeSpan time) => time.TotalSeconds < 90
        ? FormattableString.Invariant($"{Math.Ceiling(time.TotalSeconds):F0} s")
        : FormattableString.Invariant($"{Math.Ceiling(time.TotalMinutes):F0} min");
}
