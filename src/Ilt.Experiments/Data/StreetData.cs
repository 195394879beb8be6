using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Real street scenes (CamVid): a mask, and per pixel the distance to the next thing.</summary>
internal sealed class StreetData : BuiltInData
{
    /// <inheritdoc/>
    public override string Name => "streets";

    /// <inheritdoc/>
    public override bool NeedsPath => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TaskOutline> Tasks { get; } = [new("mask", LabelForm.Mask), new("distance", LabelForm.Map)];

    /// <inheritdoc/>
    public override TrainingOptions Training => ImageSets.SmallUNet(20);

    /// <inheritdoc/>
    public override LoadedData Load(DataSet set, string? path, int seed)
    {
        var (train, test) = CamVidFiles.Load(path!);
        return new LoadedData([new PixelClassificationTask("mask", CamVidSet.ClassNames.Length), new PixelRegressionTask("distance")],
            ToImages(train).First(set.Rows), ToImages(test).First(set.TestRows));
    }

    /// <inheritdoc/>
    protected override void Check(JsonPlace options)
    {
    }

    private static TrainingData ToImages(CamVidSet set)
    {
        var half = ImageSets.Half(set.Size);
        return new ImageData(ImageSets.Store(ImageSets.HalfImages(set.Images, set.Size), set.Count), half, 3,
        [
            new MaskLabels(ImageSets.Store(ImageSets.HalfMasks(set.Masks, set.Size), set.Count), half),
            new MapLabels(ImageSets.Store(ImageSets.HalfMaps(set.Distances, set.Size), set.Count), half),
        ]);
    }
}
