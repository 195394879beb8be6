using Ilt.Torch.Tests.Compute;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Ten thousand predictions leave no tensor behind, nor does the memory of the process grow; in Ilt.Torch.Tests the same of the layer below.</summary>
public sealed class LeakTests
{
    // What native allocators and the runtime keep for themselves comes and goes by a few MB; predictions that lost 10 KB each would come to 100 MB.
    private const long Tolerance = 20 << 20;

    private static MLContext Ml => SharedModel.Context;

    [Test]
    public void PredictionEngine_TenThousandPredictions_KeepTensorsAndMemory()
    {
        using var engine = Ml.Model.CreatePredictionEngine<Sample, Prediction>(SharedModel.Model, new PredictionEngineOptions { OwnsTransformer = false });
        var (row, result) = (SharedModel.Unseen[0], new Prediction());
        Check(10_000, () => engine.Predict(row, ref result));
        Assert.That(result.Number, Is.Not.Zero);
    }

    [Test]
    public void Transform_TenThousandRows_KeepsTensorsAndMemory()
    {
        var view = Ml.Data.LoadFromEnumerable(Sample.Rows(1000, seed: 3, prefix: "leak"));
        Check(10, () => Assert.That(Pipelines.Column<float[]>(SharedModel.Model.Transform(view), "class.Score"), Has.Length.EqualTo(1000)));
    }

    [Test]
    public void Transform_RowsThatAreNotReadToTheEnd_KeepTensorsAndMemory()
    {
        var view = SharedModel.Model.Transform(Ml.Data.LoadFromEnumerable(SharedModel.Unseen));
        Check(300, () =>
        {
            using var cursor = view.GetRowCursor([view.Schema["number.Score"]]);
            var getter = cursor.GetGetter<float>(view.Schema["number.Score"]);
            var value = 0f;
            for (var i = 0; i < 3 && cursor.MoveNext(); i++) getter(ref value);
        });
    }

    [Test]
    public void Fit_AndDispose_LeavesNoTensorBehind()
    {
        var data = Ml.Data.LoadFromEnumerable(SharedModel.Rows);
        var before = LiveTensors.Settled();
        using (Pipelines.Preparation(Ml).Append(Ml.MultiTask.Train(Pipelines.AllTasks)).Fit(data))
        {
        }
        Assert.That(LiveTensors.Now.Thread, Is.EqualTo(before.Thread));
    }

    private static void Check(int times, Action use)
    {
        Repeat(Math.Max(1, times / 10)); // whatever is made once is there
        var (tensors, memory) = (LiveTensors.Settled(), Memory.AfterCollection());
        Repeat(times);
        Assert.That(LiveTensors.Now, Is.EqualTo(tensors));
        Assert.That(Memory.AfterCollection() - memory, Is.LessThan(Tolerance));

        void Repeat(int count)
        {
            for (var i = 0; i < count; i++) use();
        }
    }

    private sealed class Prediction
    {
        [ColumnName("number.Score")]
        public float Number { get; set; }

        [ColumnName("class.Score")]
        public float[] Class { get; set; } = [];
    }
}
