using Ilt.Corruption;
using Ilt.Parameters;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Labels made wrong on purpose: in the fitted data, and nowhere else.</summary>
public sealed class LabelCorruptionTests
{
    private static readonly MLContext Ml = new(1);

    private static IDataView Load(IEnumerable<Sample> rows)
    {
        var view = Ml.Data.LoadFromEnumerable(rows);
        return Ml.Transforms.Conversion.MapValueToKey("Class").Fit(Ml.Data.LoadFromEnumerable(SharedModel.Rows)).Transform(view);
    }

    [TestCase("Class", LabelCorruptionKind.UniformFlip)]
    [TestCase("Class", LabelCorruptionKind.PermuteClasses)]
    [TestCase("Flag", LabelCorruptionKind.PairFlip)]
    [TestCase("Number", LabelCorruptionKind.GaussianNoise)]
    [TestCase("Vector", LabelCorruptionKind.Swap)]
    public void Transform_FittedData_ChangesExactlyTheMaskedLabels(string column, LabelCorruptionKind kind)
    {
        var before = Load(SharedModel.Rows);
        var transformer = Ml.MultiTask.CorruptLabels(column, kind, 0.4).Fit(before);
        var after = transformer.Transform(Load(SharedModel.Rows)); // other objects, the same data
        var truth = Pipelines.Column<bool>(after, column + "Corrupted");
        Assert.That(truth.Count(m => m), Is.EqualTo(transformer.CorruptedCount).And.EqualTo(120));
        Assert.That(Texts(after, column).Zip(Texts(before, column), (a, b) => a != b), Is.EqualTo(truth));
        Assert.That(after.Schema[column].Type, Is.EqualTo(before.Schema[column].Type));
        Assert.That(after.Schema[column].HasKeyValues(), Is.EqualTo(column == "Class"));
    }

    [Test]
    public void CorruptLabels_RangeOfTheNoise_IsKept()
    {
        var before = Load(SharedModel.Rows);
        var after = Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.UniformNoise, 0.5, low: 10, high: 11).Fit(before).Transform(before);
        var noise = Pipelines.Column<float>(after, "Number").Zip(Pipelines.Column<float>(before, "Number"), (a, b) => a - b).Where(difference => difference != 0).ToArray();
        Assert.That(noise, Has.Length.EqualTo(150).And.All.InRange(9.99, 11.01));
    }

    [Test]
    public void Transform_WithoutIds_OtherDataPassesUnchanged()
    {
        var transformer = Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.Swap, 0.4).Fit(Load(SharedModel.Rows));
        Unchanged(SharedModel.Unseen);
        Unchanged(SharedModel.Rows.Take(299));
        Unchanged(SharedModel.Rows.Reverse());

        void Unchanged(IEnumerable<Sample> rows)
        {
            var view = transformer.Transform(Load(rows));
            Assert.That(Pipelines.Column<float>(view, "Number"), Is.EqualTo(rows.Select(r => r.Number)));
            Assert.That(Pipelines.Column<bool>(view, "NumberCorrupted"), Has.None.True);
        }
    }

    [Test]
    public void Transform_WithIds_FollowsTheRowsInAnyOrder()
    {
        var transformer = Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.Swap, 0.4, seed: 3, truthColumnName: "Wrong", idColumnName: "Id").Fit(Load(SharedModel.Rows));
        var forwards = transformer.Transform(Load(SharedModel.Rows));
        var backwards = transformer.Transform(Load(SharedModel.Rows.Reverse()));
        Assert.That(Pipelines.Column<float>(backwards, "Number").Reverse(), Is.EqualTo(Pipelines.Column<float>(forwards, "Number")));
        Assert.That(Pipelines.Column<bool>(backwards, "Wrong").Count(w => w), Is.EqualTo(120));
        Assert.That(Pipelines.Column<bool>(transformer.Transform(Load(SharedModel.Unseen)), "Wrong"), Has.None.True);
    }

    [Test]
    public void Transform_ShufflingConsumer_GetsTheFittedOrder()
    {
        var cached = Ml.Data.Cache(Load(SharedModel.Rows));
        var view = Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.Swap, 0.4).Fit(cached).Transform(cached);
        Assert.That(cached.CanShuffle, Is.True);
        Assert.That(view.CanShuffle, Is.False, "a shuffled row cannot be recognised by its position");
    }

    [Test]
    public void Fit_SameSeed_MakesTheSameLabelsWrong()
    {
        float[] Wrong(int seed) => Pipelines.Column<float>(Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.GaussianNoise, 0.2, seed).Fit(Load(SharedModel.Rows)).Transform(Load(SharedModel.Rows)), "Number");
        var first = Wrong(4);
        Assert.That(Wrong(4), Is.EqualTo(first));
        Assert.That(Wrong(5), Is.Not.EqualTo(first));
    }

    [Test]
    public void Fit_MissingLabels_StayMissing()
    {
        var rows = Sample.Rows(50);
        for (var i = 0; i < 50; i += 2) (rows[i].Number, rows[i].Class) = (float.NaN, "");
        var numbers = Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.Swap, 1).Fit(Load(rows)).Transform(Load(rows));
        Assert.That(Pipelines.Column<float>(numbers, "Number").Select(float.IsNaN), Is.EqualTo(rows.Select(r => float.IsNaN(r.Number))));
        var classes = Ml.MultiTask.CorruptLabels("Class", LabelCorruptionKind.UniformFlip, 1).Fit(Load(rows)).Transform(Load(rows));
        Assert.That(Pipelines.Column<uint>(classes, "Class").Select(k => k == 0), Is.EqualTo(rows.Select(r => r.Class == "")));
        Assert.That(Pipelines.Column<bool>(classes, "ClassCorrupted").Count(c => c), Is.EqualTo(25));
    }

    [Test]
    public void Fit_DuplicateIds_AreRefused()
    {
        var rows = Sample.Rows(10);
        rows[5].Id = "r2";
        Assert.That(() => Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.Swap, 0.5, idColumnName: "Id").Fit(Load(rows)),
            Throws.InstanceOf<DuplicateIdException>().With.Message.Contains("row 2 and again to row 6"));
    }

    [Test]
    public void Pipeline_CorruptTrainDetect_IsOneChain()
    {
        var data = Ml.Data.LoadFromEnumerable(SharedModel.Rows);
        using var model = Pipelines.Preparation(Ml)
            .Append(Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.Swap, 0.2, truthColumnName: "Wrong"))
            .Append(Ml.MultiTask.Train(Pipelines.AllTasks))
            .Fit(data);
        var view = model.Transform(data);
        var found = Ml.MultiTask.EvaluateDetection(view, "number.NoiseScore", "Wrong");
        Assert.That((found.Rows, found.Corrupted), Is.EqualTo((300, 60)));
        Assert.That(found.RocAuc, Is.GreaterThan(0.85));
        Assert.That(found.AveragePrecision, Is.GreaterThan(0.6));
        Assert.That(found.PrecisionAtTrueCount, Is.GreaterThan(0.6));
        Assert.That(Ml.MultiTask.EvaluateDetection(view, "flag.NoiseScore", "Wrong").RocAuc, Is.EqualTo(0.5).Within(0.1));
    }

    [Test]
    public void EvaluateDetection_ByHand_LeavesOutRowsWithoutScore()
    {
        // Scores 4 3 2 1 with the truth yes no yes no: precision at 2 is 1/2, average precision (1 + 2/3) / 2, 3 of 4 pairs in order.
        var rows = new[] { (4f, true), (3f, false), (float.NaN, true), (2f, true), (1f, false) }.Select(r => new Sample { Number = r.Item1, Flag = r.Item2 });
        var found = Ml.MultiTask.EvaluateDetection(Ml.Data.LoadFromEnumerable(rows), "Number", "Flag");
        Assert.That((found.Rows, found.Corrupted), Is.EqualTo((4, 2)));
        Assert.That(found.PrecisionAtTrueCount, Is.EqualTo(0.5));
        Assert.That(found.AveragePrecision, Is.EqualTo(5 / 6.0).Within(1e-9));
        Assert.That(found.RocAuc, Is.EqualTo(0.75));
        Assert.That(() => Ml.MultiTask.EvaluateDetection(Ml.Data.LoadFromEnumerable(rows), "Flag", "Number"),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Schema mismatch for score column 'Flag': expected Single, got Boolean"));
    }

    [Test]
    public void Save_InAPipeline_LeavesTheCorruptionOut()
    {
        var data = Ml.Data.LoadFromEnumerable(SharedModel.Rows);
        var model = new EstimatorChain<ITransformer>()
            .Append(Ml.MultiTask.CorruptLabels("Number", LabelCorruptionKind.Swap, 0.5))
            .Append(Ml.Transforms.CopyColumns("Copy", "Number"))
            .Fit(data);
        Assert.That(Pipelines.Column<float>(model.Transform(data), "Copy"), Is.Not.EqualTo(SharedModel.Rows.Select(r => r.Number)));
        using var stream = new MemoryStream();
        Ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().MultiTask.LoadModel(stream, out _);
        Assert.That(Pipelines.Column<float>(loaded.Transform(data), "Copy"), Is.EqualTo(SharedModel.Rows.Select(r => r.Number)));
    }

    private static string[] Texts(IDataView view, string column) => column switch
    {
        "Class" => [.. Pipelines.Column<uint>(view, column).Select(v => $"{v}")],
        "Flag" => [.. Pipelines.Column<bool>(view, column).Select(v => $"{v}")],
        "Number" => [.. Pipelines.Column<float>(view, column).Select(v => $"{v}")],
        _ => [.. Pipelines.Column<float[]>(view, column).Select(v => string.Join(' ', v))],
    };
}
