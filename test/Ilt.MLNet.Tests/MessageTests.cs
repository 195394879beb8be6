using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ilt.MLNet.Tests;

/// <summary>Messages, progress and cancellation.</summary>
public sealed class MessageTests
{
    [Test]
    public void Fit_WritesStartEpochsWarningsAndEndToTheLog()
    {
        var ml = new MLContext(1);
        var messages = new List<(ChannelMessageKind Kind, string Text)>();
        ml.Log += (_, e) =>
        {
            if (e.Source.Contains("MultiTaskTrainer") && e.Kind != ChannelMessageKind.Trace) messages.Add((e.Kind, e.RawMessage));
        };
        var rows = Sample.Rows(60);
        rows[3].Class = "{lonely}"; // braces are no format
        using var model = Pipelines.Fit(ml, rows, Pipelines.AllTasks with { Training = new() { Epochs = 2, Seed = 1 } });
        var infos = messages.Where(m => m.Kind == ChannelMessageKind.Info).Select(m => m.Text).ToList();
        Assert.That(LibTorch.Notes, Is.SubsetOf(infos), "what this machine needed is said");
        infos.RemoveAll(LibTorch.Notes.Contains);
        Assert.That(infos, Has.Count.EqualTo(4));
        Assert.That(infos[0], Is.EqualTo("Training 4 task(s) on 60 rows of 5 features; 0 validation rows"));
        Assert.That(infos[1], Does.StartWith("Epoch 1 of 2: class loss ").And.Contain(", vector loss "));
        Assert.That(infos[2], Does.StartWith("Epoch 2 of 2: "));
        Assert.That(infos[3], Is.EqualTo("Training finished after 2 epoch(s)"));
        var warnings = messages.Where(m => m.Kind == ChannelMessageKind.Warning).Select(m => m.Text).ToList();
        Assert.That(warnings, Is.EqualTo(model.LastTransformer.Warnings));
        Assert.That(warnings, Has.Some.Contains("class '{lonely}' has one row only"));
    }

    [Test]
    public void Progress_IsCalledOncePerEpoch()
    {
        var epochs = new List<int>();
        var inner = 0;
        var options = Pipelines.AllTasks with { Progress = report => epochs.Add(report.Epoch), Training = new() { Epochs = 3, OnEpoch = _ => inner++ } };
        using var model = Pipelines.Fit(new MLContext(1), Sample.Rows(60), options);
        Assert.That(epochs, Is.EqualTo((int[])[1, 2, 3]));
        Assert.That(inner, Is.EqualTo(3), "the training options' own callback");
        Assert.That(model.LastTransformer.History.Select(h => h.Epoch), Is.EqualTo(epochs));
    }

    [Test]
    public void Fit_Cancelled_ThrowsWithTheToken()
    {
        using var source = new CancellationTokenSource();
        var options = Cancelling(source, keep: false);
        Assert.That(() => Pipelines.Fit(new MLContext(1), Sample.Rows(60), options),
            Throws.InstanceOf<OperationCanceledException>().With.Property(nameof(OperationCanceledException.CancellationToken)).EqualTo(source.Token));
    }

    [Test]
    public void Fit_CancelledAndKept_ReturnsWhatWasLearned()
    {
        using var source = new CancellationTokenSource();
        using var model = Pipelines.Fit(new MLContext(1), Sample.Rows(60), Cancelling(source, keep: true));
        Assert.That(model.LastTransformer.IsComplete, Is.False);
        Assert.That(model.LastTransformer.History, Has.Count.EqualTo(2));
        Assert.That(model.LastTransformer.Warnings, Has.Some.Contains("cancelled"));
        Assert.That(Pipelines.Column<float>(model.LastTransformer.NoiseScores, "NoiseScore"), Has.None.NaN.And.Length.EqualTo(240));
    }

    [Test]
    public void Fit_CancelledBeforeItBegan_ReadsNothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var options = Cancelling(source, keep: true);
        Assert.That(() => Pipelines.Fit(new MLContext(1), Sample.Rows(60), options), Throws.InstanceOf<OperationCanceledException>());
    }

    private static MultiTaskTrainer.Options Cancelling(CancellationTokenSource source, bool keep) => Pipelines.AllTasks with
    {
        Training = new() { Epochs = 50 },
        CancellationToken = source.Token,
        KeepPartialModelOnCancel = keep,
        Progress = report =>
        {
            if (report.Epoch == 2) source.Cancel();
        },
    };
}
