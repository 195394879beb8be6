using Ilt.Detection;
using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Where in a mask or map the label does not fit.</summary>
public sealed class LabelImageExaminationTests
{
    private const int Side = SceneFiles.Side;
    private static readonly MLContext Ml = new(1);

    private SceneFiles scenes = null!;
    private IDataView prepared = null!;
    private MultiTaskTransformer model = null!;

    [OneTimeSetUp]
    public void Train()
    {
        scenes = new SceneFiles(48);
        scenes.Rows[4].MaskPath = "";
        // In one mask a block is called a car, in one map a block lies far too near.
        var mask = LabelPng.ReadMask(scenes.File(scenes.Rows[9].MaskPath));
        Fill(mask.Pixels, (byte)7);
        PngWriter.Write(scenes.File(scenes.Rows[9].MaskPath), mask);
        var map = Array.ConvertAll(LabelPng.ReadMap(scenes.File(scenes.Rows[6].MapPath)).Values, v => (ushort)v);
        Fill(map, (ushort)3000);
        PngWriter.WriteGray16(scenes.File(scenes.Rows[6].MapPath), Side, Side, map);

        prepared = scenes.Preparation(Ml).Fit(scenes.Data(Ml)).Transform(scenes.Data(Ml));
        model = Ml.MultiTask.Train(SceneFiles.Options with { Training = SceneFiles.Options.Training with { Epochs = 25 } }).Fit(prepared);
    }

    [OneTimeTearDown]
    public void RemoveScenes()
    {
        model.Dispose();
        scenes.Dispose();
    }

    [Test]
    public void ExamineLabelImages_Count_GivesTheHighestScoresInOrder()
    {
        var found = model.ExamineLabelImages(prepared, "seg", 5).ToArray();
        var scores = Pipelines.Column<string>(model.NoiseScores, "Task").Zip(Pipelines.Column<string>(model.NoiseScores, "Id")).Where(s => s.First == "seg").Select(s => s.Second);
        Assert.That(found.Select(f => f.Id), Is.EqualTo(scores.Take(5)));
        Assert.That(found.Select(f => f.NoiseScore), Is.Ordered.Descending);
        Assert.That(found, Has.All.Matches<LabelImageExamination>(f => f is { Size: (Side, Side), Heat.Length: Side * Side, SuggestedMask.Length: Side * Side, SuggestedMap: null }));
    }

    [Test]
    public void ExamineLabelImages_RenamedBlock_IsTheFirstRegion()
    {
        var found = model.ExamineLabelImages(prepared, "seg", ["s9"]).Single();
        var region = found.Regions[0];
        Assert.That(region.Given, Is.EqualTo(7));
        Assert.That(InBlock(region.Box), Is.True, region.ToString());
    }

    [Test]
    public void ExamineLabelImages_WrongBlockOfAMap_IsTheFirstRegion()
    {
        var found = model.ExamineLabelImages(prepared, "depth", ["s6"]).Single();
        Assert.That(found.SuggestedMap, Has.Length.EqualTo(Side * Side));
        Assert.That(found.Regions[0].Given, Is.EqualTo(3).Within(0.2));
        Assert.That(InBlock(found.Regions[0].Box), Is.True, found.Regions[0].ToString());
        var elsewhere = found.Heat.Where((_, pixel) => !InBlock(new RegionBox(pixel / Side, pixel % Side, 1, 1))).Order().ToArray();
        Assert.That(elsewhere[elsewhere.Length / 2], Is.InRange(0.1f, 3f), "the usual error is about one robust standard deviation");
    }

    [Test]
    public void ExamineLabelImages_RowWithoutLabel_IsLeftOut()
        => Assert.That(model.ExamineLabelImages(prepared, "seg", ["s4", "s9"]).Select(f => f.Id), Is.EqualTo((string[])["s9"]));

    [Test]
    public void ExamineLabelImages_WrongArguments_SaySo()
    {
        Assert.That(() => model.ExamineLabelImages(prepared, "Mask"), Throws.ArgumentException.With.Message.Contains("'Mask' is no task with label images; those are 'seg', 'depth'"));
        Assert.That(() => model.ExamineLabelImages(prepared, "seg", ["nobody"]), Throws.ArgumentException.With.Message.Contains("No training row has the id 'nobody'"));
        Assert.That(() => model.ExamineLabelImages(scenes.Data(Ml), "seg"), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Could not find image column 'Image'"));
        Assert.That(() => model.ExamineLabelImages(prepared, "seg", 5, new RegionOptions { MinimumPixels = 0 }), Throws.ArgumentException);
    }

    [Test]
    public void ExamineLabelImages_OfALoadedModel_SaysWhoCan()
    {
        using var stream = new MemoryStream();
        Ml.Model.Save(model, prepared.Schema, stream);
        using var loaded = (IDisposable)new MLContext().MultiTask.LoadModel(stream, out _);
        Assert.That(() => ((MultiTaskTransformer)loaded).ExamineLabelImages(prepared, "seg"), Throws.InvalidOperationException.With.Message.Contains("the transformer that Fit returned"));
    }

    private static void Fill<T>(T[] pixels, T value)
    {
        for (var y = 4; y < 14; y++) pixels.AsSpan((y * Side) + 12, 10).Fill(value);
    }

    private static bool InBlock(RegionBox box) => box is { Top: >= 3, Left: >= 11 } && box.Top + box.Height <= 15 && box.Left + box.Width <= 23;
}
