using Ilt.Corruption;
using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>CorruptLabels on masks and maps.</summary>
public sealed class MaskCorruptionTests
{
    private static readonly MLContext Ml = new(1);

    private SceneFiles scenes = null!;

    [OneTimeSetUp]
    public void MakeScenes() => scenes = new SceneFiles(20);

    [OneTimeTearDown]
    public void RemoveScenes() => scenes.Dispose();

    [Test]
    public void CorruptLabels_Masks_ChangesTheMarkedRowsOnly()
    {
        var (before, after) = Corrupted(Ml.MultiTask.CorruptLabels("Mask", MaskCorruptionKind.PermuteClasses, 0.4));
        var (masks, wrong) = (Pipelines.Column<byte[]>(after, "Mask"), Pipelines.Column<bool>(after, "MaskCorrupted"));
        Assert.That(wrong.Count(w => w), Is.EqualTo(8));
        Assert.That(masks.Zip(Pipelines.Column<byte[]>(before, "Mask"), (a, b) => !a.SequenceEqual(b)), Is.EqualTo(wrong));
        // A permutation keeps the partition: pixels of one class keep one class.
        var row = Array.IndexOf(wrong, true);
        var pairs = masks[row].Zip(Pipelines.Column<byte[]>(before, "Mask")[row]).Distinct().ToArray();
        Assert.That(pairs.Select(p => p.First), Is.Unique);
        Assert.That(pairs.Select(p => p.Second), Is.Unique);
    }

    [Test]
    public void CorruptLabels_Maps_ChangesTheMarkedRowsOnly()
    {
        var (before, after) = Corrupted(Ml.MultiTask.CorruptLabels("Map", MapCorruptionKind.UniformValues, 0.25, seed: 3, truthColumnName: "Wrong"));
        var (maps, wrong) = (Pipelines.Column<float[]>(after, "Map"), Pipelines.Column<bool>(after, "Wrong"));
        Assert.That(wrong.Count(w => w), Is.EqualTo(5));
        Assert.That(maps.Zip(Pipelines.Column<float[]>(before, "Map"), (a, b) => !a.SequenceEqual(b)), Is.EqualTo(wrong));
    }

    [Test]
    public void CorruptLabels_ById_KnowsRowsInAnyView()
    {
        var step = Ml.MultiTask.CorruptLabels("Mask", MaskCorruptionKind.Swap, 0.5, idColumnName: "Id");
        var (_, after) = Corrupted(step);
        var marked = Pipelines.Column<string>(after, "Id").Zip(Pipelines.Column<bool>(after, "MaskCorrupted")).Where(r => r.Second).Select(r => r.First).ToHashSet();
        var fitted = step.Fit(Prepared(scenes.Rows));
        Assert.That(fitted.CorruptedCount, Is.EqualTo(marked.Count));
        var part = fitted.Transform(Prepared(scenes.Rows.AsEnumerable().Reverse().Take(7)));
        Assert.That(Pipelines.Column<bool>(part, "MaskCorrupted"), Is.EqualTo(Pipelines.Column<string>(part, "Id").Select(marked.Contains)));
    }

    [Test]
    public void CorruptLabels_OtherData_PassesUnchanged()
    {
        var fitted = Ml.MultiTask.CorruptLabels("Mask", MaskCorruptionKind.Shift, 1).Fit(Prepared(scenes.Rows));
        var other = Prepared(scenes.Rows.Take(10));
        var view = fitted.Transform(other);
        Assert.That(Pipelines.Column<bool>(view, "MaskCorrupted"), Has.None.True);
        Assert.That(Pipelines.Column<byte[]>(view, "Mask"), Is.EqualTo(Pipelines.Column<byte[]>(other, "Mask")));
        Assert.That(fitted.Transform(scenes.Data(Ml)).Schema.GetColumnOrNull("MaskCorrupted"), Is.Null);
    }

    [Test]
    public void CorruptLabels_OneSeed_OneResult()
    {
        var step = Ml.MultiTask.CorruptLabels("Mask", MaskCorruptionKind.RenameRegion, 0.3, seed: 5);
        var (first, second) = (Corrupted(step).After, Corrupted(step).After);
        Assert.That(Pipelines.Column<byte[]>(first, "Mask"), Is.EqualTo(Pipelines.Column<byte[]>(second, "Mask")));
    }

    [Test]
    public void CorruptLabels_ColumnThatIsNoMask_IsRefused()
    {
        Assert.That(() => Ml.MultiTask.CorruptLabels("Map", MaskCorruptionKind.Swap, 0.1).Fit(Prepared(scenes.Rows)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("label column 'Map': expected Vector<Byte> with the dimensions [height, width], got Vector<Single>"));
        Assert.That(() => Ml.MultiTask.CorruptLabels("Mask", LabelCorruptionKind.Swap, 0.1).Fit(Prepared(scenes.Rows)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("got Vector<Byte>"));
    }

    [Test]
    public void CorruptLabels_NoOrTwoRecipes_AreRefused()
    {
        Assert.That(() => Ml.MultiTask.CorruptLabels(new LabelCorruptionEstimator.Options { LabelColumnName = "Mask" }), Throws.ArgumentException.With.Message.Contains("Set one of Corruption, MaskCorruption and MapCorruption"));
        var both = new LabelCorruptionEstimator.Options
        {
            LabelColumnName = "Mask",
            MaskCorruption = new MaskCorruption { Kind = MaskCorruptionKind.Swap, Fraction = 0.1 },
            MapCorruption = new MapCorruption { Kind = MapCorruptionKind.Swap, Fraction = 0.1 },
        };
        Assert.That(() => Ml.MultiTask.CorruptLabels(both), Throws.ArgumentException.With.Message.Contains("Set one of"));
        Assert.That(() => Ml.MultiTask.CorruptLabels(both with { MapCorruption = null, ClassCount = 1 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ClassCount must be 2 to 255"));
    }

    private (IDataView Before, IDataView After) Corrupted(LabelCorruptionEstimator step)
    {
        var before = Prepared(scenes.Rows);
        return (before, step.Fit(before).Transform(before));
    }

    private IDataView Prepared(IEnumerable<SceneRow> rows)
    {
        var data = Ml.Data.LoadFromEnumerable(rows.ToArray());
        return scenes.Preparation(Ml).Fit(data).Transform(data);
    }
}
