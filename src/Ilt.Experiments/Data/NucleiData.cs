using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Microscope images of nuclei with their first masks: a mask, the logarithm of the count, and the type of image.</summary>
internal sealed class NucleiData : BuiltInData
{
    /// <inheritdoc/>
    public override string Name => "nuclei";

    /// <inheritdoc/>
    public override bool NeedsPath => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TaskOutline> Tasks { get; } = [new("mask", LabelForm.Mask), new("log count", LabelForm.Numbers), new("type", LabelForm.Classes)];

    /// <summary>Masks that were corrected, or taken out, after the first release; the first ones are trained on.</summary>
    public override IReadOnlyList<KnownColumn> Known { get; } = [new("corrected", "mask", ""), new("removed", "mask", "")];

    /// <inheritdoc/>
    public override TrainingOptions Training => ImageSets.SmallUNet(20);

    /// <inheritdoc/>
    public override LoadedData Load(DataSet set, string? path, int seed)
    {
        var everything = All(OptionsOf(set));
        var (trainSet, testSet) = NucleiFiles.Load(path!);
        var (train, test) = (ToImages(everything ? Join(trainSet, testSet) : trainSet).First(set.Rows), ToImages(testSet).First(set.TestRows));
        NucleiSet known = everything ? Join(trainSet, testSet) : trainSet;
        bool[] corrected = [.. known.CorrectedMasks.Take(train.RowCount).Select(mask => mask is not null)];
        bool[] removed = [.. known.Removed.Take(train.RowCount)];
        return new LoadedData([new PixelClassificationTask("mask", 2), new RegressionTask("log count"), new ClassificationTask("type", NucleiSet.TypeNames.Length)], train, test)
        {
            Known = new Dictionary<string, KnownLabels> { ["corrected"] = new(0, train.Labels[0], corrected), ["removed"] = new(0, train.Labels[0], removed) },
        };
    }

    /// <inheritdoc/>
    protected override void Check(JsonPlace options) => All(options);

    // Where the masks that were corrected later rank is asked of every image, so all may be trained on.
    private static bool All(JsonPlace options) => options.Flag("trainOnAll") ?? false;

    private static NucleiSet Join(NucleiSet a, NucleiSet b) => new(a.Size, [.. a.Ids, .. b.Ids], [.. a.Images, .. b.Images], [.. a.Masks, .. b.Masks], [.. a.Distances, .. b.Distances],
        [.. a.LogCounts, .. b.LogCounts], [.. a.Types, .. b.Types], [.. a.CorrectedMasks, .. b.CorrectedMasks], [.. a.Removed, .. b.Removed]);

    private static TrainingData ToImages(NucleiSet set)
    {
        var half = ImageSets.Half(set.Size);
        return new ImageData(ImageSets.Store(ImageSets.HalfImages(set.Images, set.Size), set.Count), half, 3,
            [new MaskLabels(ImageSets.Store(ImageSets.HalfMasks(set.Masks, set.Size), set.Count), half), new NumberLabels(set.LogCounts), new ClassLabels(set.Types)]);
    }
}
