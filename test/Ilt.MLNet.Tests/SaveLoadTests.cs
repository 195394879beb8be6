using System.IO.Compression;
using Ilt.Detection;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>A pipeline saved by ML.NET and loaded by us is the pipeline that was saved.</summary>
public sealed class SaveLoadTests
{
    private static readonly IDataView Schema = SharedModel.Context.Data.LoadFromEnumerable(SharedModel.Rows);

    [Test]
    public void LoadModel_InANewContext_GivesEqualPredictionsAndScores()
    {
        var loaded = Reload(SharedModel.Model);
        var transformer = Find(loaded);
        var view = loaded.Transform(Schema);
        foreach (var column in (string[])["number.Score", "flag.Score", "flag.Probability", "number.NoiseScore", "vector.LogVariance"])
            Assert.That(Pipelines.Column<float>(view, column), Is.EqualTo(Pipelines.Column<float>(SharedModel.OnTraining, column)), column);
        Assert.That(Pipelines.Column<float[]>(view, "class.Score"), Is.EqualTo(Pipelines.Column<float[]>(SharedModel.OnTraining, "class.Score")));
        Assert.That(view.Schema.Select(c => $"{c.Name} {c.Type}"), Is.EqualTo(SharedModel.OnTraining.Schema.Select(c => $"{c.Name} {c.Type}")));
        foreach (var column in (string[])["Id", "Task", "GivenLabel", "PredictedLabel"])
            Assert.That(Pipelines.Column<string>(transformer.NoiseScores, column), Is.EqualTo(Pipelines.Column<string>(SharedModel.Model.LastTransformer.NoiseScores, column)), column);
        foreach (var column in (string[])["NoiseScore", "LogVariance", "Loss"])
            Assert.That(Pipelines.Column<float>(transformer.NoiseScores, column), Is.EqualTo(Pipelines.Column<float>(SharedModel.Model.LastTransformer.NoiseScores, column)), column);
    }

    [Test]
    public void LoadModel_KeepsHistoryMetricsAndKeyValues()
    {
        var options = Pipelines.AllTasks with { ValidationFraction = 0.2, Training = Pipelines.AllTasks.Training with { Epochs = 2 } };
        using var model = Pipelines.Fit(SharedModel.Context, SharedModel.Rows, options);
        var loaded = Reload(model);
        var (before, after) = (model.LastTransformer, Find(loaded));
        Assert.That(after.History.Select(h => (h.Epoch, h.Epochs, h.TrainLoss[2], h.Validation![1], h.LogVariances![0])),
            Is.EqualTo(before.History.Select(h => (h.Epoch, h.Epochs, h.TrainLoss[2], h.Validation![1], h.LogVariances![0]))));
        Assert.That(after.ValidationMetrics, Is.EqualTo(before.ValidationMetrics));
        Assert.That((after.IsComplete, after.SkippedRows), Is.EqualTo((true, 0L)));
        var view = loaded.Transform(Schema);
        Assert.That(view.Schema["class.PredictedLabel"].HasKeyValues(), Is.True);
        Assert.That(view.Schema["class.Score"].HasSlotNames(), Is.True);
    }

    [Test]
    public void ReportFormat_EveryNumberOfAnEpochButTimes_ComesBack()
    {
        var report = new EpochReport
        {
            Epoch = 2, Epochs = 5, TrainLoss = [0.25, double.NaN], LogVariances = [new LogVarianceQuantiles(1, 2, 3, 4, 5, 6, 7)],
            Seconds = 9, WaitSeconds = 8, RowsPerSecond = 10,
        };
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        ReportFormat.Write(writer, report);
        stream.Position = 0;
        var read = ReportFormat.ReadEpoch(new BinaryReader(stream));
        Assert.That(read with { TrainLoss = report.TrainLoss, LogVariances = report.LogVariances }, Is.EqualTo(report with { Seconds = double.NaN, WaitSeconds = double.NaN, RowsPerSecond = double.NaN }));
        Assert.That(read.TrainLoss, Is.EqualTo(report.TrainLoss));
        Assert.That(read.LogVariances, Is.EqualTo(report.LogVariances));
        Assert.That(stream.Position, Is.EqualTo(stream.Length));
    }

    [Test]
    public void LoadModel_NestedChainAndScopes_AreKept()
    {
        var ml = SharedModel.Context;
        var inner = new TransformerChain<ITransformer>(SharedModel.Model.LastTransformer);
        var before = Pipelines.Preparation(ml).Fit(Schema);
        var chain = new TransformerChain<ITransformer>(
            [before, inner, ml.Transforms.CopyColumns("Copy", "number.Score").Fit(inner.Transform(before.Transform(Schema)))],
            [TransformerScope.Everything, TransformerScope.Everything, TransformerScope.TrainTest]);
        var loaded = (TransformerChain<ITransformer>)Reload(chain);
        Assert.That(loaded.GetModelFor(TransformerScope.Scoring).Count(), Is.EqualTo(2));
        Assert.That(loaded.GetModelFor(TransformerScope.Testing).Count(), Is.EqualTo(3));
        Assert.That(loaded.Transform(Schema).Schema.GetColumnOrNull("Copy"), Is.Null, "Transform leaves out what is for training and testing only");
        Assert.That(Pipelines.Column<float>(loaded.Transform(Schema, TransformerScope.Testing), "Copy"), Is.EqualTo(Pipelines.Column<float>(SharedModel.OnTraining, "number.Score")));
    }

    [Test]
    public void LoadModel_SingleTransformer_IsRestored()
    {
        var loaded = Reload(SharedModel.Model.LastTransformer);
        Assert.That(Find(loaded).History, Has.Count.EqualTo(12));
    }

    [Test]
    public void LoadModel_PipelineWithoutOurs_IsLeftAlone()
    {
        var map = SharedModel.Context.Transforms.Conversion.MapValue("Size", (KeyValuePair<string, float>[])[new("low", 1), new("high", 2)], "Class");
        var loaded = Reload(map.Fit(Schema));
        Assert.That(Pipelines.Column<float>(loaded.Transform(Schema), "Size"), Has.Some.EqualTo(2f));
    }

    [Test]
    public void PlainModelLoad_TellsWhichCallLoadsTheModel()
    {
        using var stream = Saved(SharedModel.Model);
        var plain = new MLContext().Model.Load(stream, out _);
        Assert.That(() => plain.Transform(Schema), Throws.InstanceOf<ArgumentException>().With.Message.Contains("mlContext.MultiTask.LoadModel"));
    }

    [Test]
    public void LoadModel_FromFile_ReadsIt()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid()}.zip");
        try
        {
            SharedModel.Context.Model.Save(SharedModel.Model, Schema.Schema, path);
            var loaded = new MLContext().MultiTask.LoadModel(path, out var inputSchema);
            Assert.That(inputSchema.Select(c => c.Name), Does.Contain("Colour"));
            Assert.That(Find(loaded).Fitted.Schema.IdColumnName, Is.EqualTo("Id"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void LoadModel_NoModelFile_IsAFormatError()
    {
        using var stream = new MemoryStream("id,a,b\n1,2,3\n"u8.ToArray());
        Assert.That(() => new MLContext().MultiTask.LoadModel(stream, out _), Throws.InstanceOf<FormatException>());
    }

    [TestCase("notes.txt")]
    [TestCase("TransformerChain/Model.key")]
    [TestCase("Schema")]
    public void LoadModel_ZipOfSomethingElse_IsAFormatError(string entryName)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(entryName).Open())
            entry.Write("no model"u8);
        stream.Position = 0;
        Assert.That(() => new MLContext().MultiTask.LoadModel(stream, out _), Throws.InstanceOf<FormatException>());
    }

    [TestCase("Schema")]
    [TestCase("TransformerChain/Transform_000/Model.key")]
    public void LoadModel_PartCutShort_IsAFormatErrorWithItsCause(string entryName)
    {
        using var stream = Saved(SharedModel.Model);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        using (var entry = zip.GetEntry(entryName)!.Open())
            entry.SetLength(entry.Length / 2);
        stream.Position = 0;
        Assert.That(
            () => new MLContext().MultiTask.LoadModel(stream, out _),
            Throws.InstanceOf<FormatException>().With.Message.Contains("no model file").And.InnerException.Not.Null);
    }

    [Test]
    public void LoadModel_ClosedStream_IsTheCallersError()
    {
        var stream = Saved(SharedModel.Model);
        stream.Dispose();
        Assert.That(() => new MLContext().MultiTask.LoadModel(stream, out _), Throws.ArgumentException.With.Message.Contains("cannot be read"));
    }

    [Test]
    public void Read_NewerVersion_SaysWhatToDo()
    {
        var state = Bytes(FittedModelFormat.Write(SharedModel.Model.LastTransformer.Fitted));
        BitConverter.TryWriteBytes(state.AsSpan(8), FittedModelFormat.Version + 1);
        Assert.That(() => FittedModelFormat.Read(new MemoryStream(state)), Throws.InstanceOf<FormatException>().With.Message.Contains($"format version {FittedModelFormat.Version + 1}; this version of Ilt.MLNet reads version {FittedModelFormat.Version}. Update"));
    }

    [Test]
    public void Read_CutOrDamagedAnywhere_IsAFormatError()
    {
        var state = Bytes(FittedModelFormat.Write(SharedModel.Model.LastTransformer.Fitted));
        for (var length = 0; length < state.Length; length += Math.Max(1, state.Length / 60))
            Assert.That(() => FittedModelFormat.Read(new MemoryStream(state[..length])), Throws.InstanceOf<FormatException>().With.Message.Contains("broken"), $"cut at {length}");
        for (var position = 0; position < state.Length; position += Math.Max(1, state.Length / 60))
        {
            state[position] ^= 1;
            Assert.That(() => FittedModelFormat.Read(new MemoryStream(state)), Throws.InstanceOf<FormatException>(), $"damaged at {position}");
            state[position] ^= 1;
        }
        Assert.That(() => FittedModelFormat.Read(new MemoryStream(state)).Model.Dispose(), Throws.Nothing);
    }

    [Test]
    public void Count_MoreThanTheFileHolds_IsRefusedBeforeMemoryIsTaken()
    {
        using var reader = new BinaryReader(new MemoryStream([0xff, 0xff, 0xff, 0x7f, 1, 2, 3]));
        Assert.That(() => reader.ReadArray<float>(), Throws.InstanceOf<FormatException>().With.Message.Contains("names 2147483647 entries where 3 bytes are left"));
    }

    private static byte[] Bytes(StateBuffer state)
        => [.. Enumerable.Range(0, state.BlockCount).SelectMany(i => state.Block(i).ToArray())];

    private static ITransformer Reload(ITransformer model)
    {
        using var stream = Saved(model);
        return new MLContext().MultiTask.LoadModel(stream, out _);
    }

    private static MemoryStream Saved(ITransformer model)
    {
        var stream = new MemoryStream();
        SharedModel.Context.Model.Save(model, Schema.Schema, stream);
        stream.Position = 0;
        return stream;
    }

    private static MultiTaskTransformer Find(ITransformer model)
        => model as MultiTaskTransformer ?? ((IEnumerable<ITransformer>)model).OfType<MultiTaskTransformer>().Single();
}
