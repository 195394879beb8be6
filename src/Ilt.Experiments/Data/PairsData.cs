using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Pairs of a digit and a garment from the idx files of MNIST and Fashion-MNIST.</summary>
internal sealed class PairsData : BuiltInData
{
    private const int Rows = 10_000, Tests = 2_000;

    /// <inheritdoc/>
    public override string Name => "pairs";

    /// <inheritdoc/>
    public override bool NeedsPath => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TaskOutline> Tasks { get; } = [new("digit", LabelForm.Classes), new("garment", LabelForm.Classes)];

    /// <inheritdoc/>
    public override TrainingOptions Training => new() { Epochs = 20 };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Folders(DataSet set, string path)
    {
        var (digits, garments) = Options(OptionsOf(set));
        return [Path.Combine(path, digits), Path.Combine(path, garments)];
    }

    /// <inheritdoc/>
    public override LoadedData Load(DataSet set, string? path, int seed)
    {
        var folders = Folders(set, path!);
        var (train, test) = PairsFiles.Load(folders[0], folders[1], set.Rows ?? Rows, set.TestRows ?? Tests);
        return new LoadedData([new ClassificationTask("digit", 10), new ClassificationTask("garment", 10)], ToImages(train), ToImages(test));

        static ImageData ToImages(PairsSet set) => new(ImageSets.Store(set.Images, set.Count), set.Size, 1, [new ClassLabels(set.Digits), new ClassLabels(set.Garments)]);
    }

    /// <inheritdoc/>
    protected override void Check(JsonPlace options) => Options(options);

    private static (string Digits, string Garments) Options(JsonPlace options) => (options.Text("digits") ?? "mnist20k", options.Text("garments") ?? "fashion-mnist12k");
}
