using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>From a pipeline to its multi-task transformer.</summary>
public sealed class TransformerSearchTests
{
    private static readonly IDataView Data = SharedModel.Context.Data.LoadFromEnumerable(SharedModel.Rows);

    private static MultiTaskTransformer Ours => SharedModel.Model.LastTransformer;

    [Test]
    public void GetMultiTaskTransformer_InAnyPipeline_FindsIt()
    {
        Assert.That(Ours.GetMultiTaskTransformer(), Is.SameAs(Ours));
        Assert.That(SharedModel.Model.GetMultiTaskTransformer(), Is.SameAs(Ours));
        var nested = new TransformerChain<ITransformer>(Copy(), new TransformerChain<ITransformer>(SharedModel.Model, Copy()));
        Assert.That(nested.GetMultiTaskTransformer(), Is.SameAs(Ours));
        Assert.That(new TransformerChain<ITransformer>(Ours, Ours).GetMultiTaskTransformer(), Is.SameAs(Ours));
    }

    [Test]
    public void GetMultiTaskTransformer_OfALoadedPipeline_HasTheNoiseScores()
    {
        using var stream = Saved(SharedModel.Model);
        var loaded = new MLContext().MultiTask.LoadModel(stream, out _);
        Assert.That(Pipelines.Column<float>(loaded.GetMultiTaskTransformer().NoiseScores, "NoiseScore"), Is.EqualTo(Pipelines.Column<float>(Ours.NoiseScores, "NoiseScore")));
    }

    [Test]
    public void GetMultiTaskTransformer_None_SaysSo()
        => Assert.That(() => Copy().GetMultiTaskTransformer(), Throws.InvalidOperationException.With.Message.Contains("holds no multi-task transformer"));

    [Test]
    public void GetMultiTaskTransformer_OfAPlainLoad_NamesTheCallThatLoadsIt()
    {
        using var stream = Saved(SharedModel.Model);
        var plain = new MLContext().Model.Load(stream, out _);
        Assert.That(() => plain.GetMultiTaskTransformer(), Throws.InvalidOperationException.With.Message.Contains("load it with mlContext.MultiTask.LoadModel"));
    }

    [Test]
    public void GetMultiTaskTransformer_Several_NamesTheirTasks()
    {
        var ml = SharedModel.Context;
        using var other = ml.MultiTask.Train([TaskColumn.Regression("other", "Number")], "A", epochs: 1).Fit(Data);
        var both = new TransformerChain<ITransformer>(other, SharedModel.Model);
        Assert.That(() => both.GetMultiTaskTransformer(), Throws.InvalidOperationException
            .With.Message.Contains("holds 2 multi-task transformers, expected one: 'other'; 'class', 'flag', 'number', 'vector'"));
    }

    private static ITransformer Copy() => SharedModel.Context.Transforms.CopyColumns("Copy", "A").Fit(Data);

    private static MemoryStream Saved(ITransformer model)
    {
        var stream = new MemoryStream();
        SharedModel.Context.Model.Save(model, Data.Schema, stream);
        stream.Position = 0;
        return stream;
    }
}
