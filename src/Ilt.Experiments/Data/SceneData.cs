using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Generated street scenes: a mask and inverse depth.</summary>
internal sealed class SceneData : BuiltInData
{
    private const int DefaultRows = 1000, DefaultTests = 200;

    /// <inheritdoc/>
    public override string Name => "scenes";

    /// <inheritdoc/>
    public override IReadOnlyList<TaskOutline> Tasks { get; } = [new("mask", LabelForm.Mask), new("depth", LabelForm.Map)];

    /// <inheritdoc/>
    public override TrainingOptions Training => ImageSets.SmallUNet(30);

    /// <inheritdoc/>
    public override LoadedData Load(DataSet set, string? path, int seed)
    {
        var generator = new SceneGenerator(Options(OptionsOf(set)));
        var rows = set.Rows ?? DefaultRows;
        var scenes = new Scene[rows + (set.TestRows ?? DefaultTests)]; // the last ones are the test scenes
        Parallel.For(0, scenes.Length, index => scenes[index] = generator.Generate(index));
        return new LoadedData([new PixelClassificationTask("mask", SceneGenerator.ClassNames.Count), new PixelRegressionTask("depth")], ToImages(scenes[..rows]), ToImages(scenes[rows..]));
    }

    /// <inheritdoc/>
    protected override void Check(JsonPlace options) => Options(options);

    private static SceneOptions Options(JsonPlace options) => new()
    {
        Difficulty = options.Number("difficulty", 0, 1) ?? 0.5,
        Height = options.Whole("height", 16) ?? 64,
        Width = options.Whole("width", 16) ?? 64,
    };

    private static ImageData ToImages(Scene[] scenes)
    {
        var size = new ImageSize(scenes[0].Image.Height, scenes[0].Image.Width);
        return new ImageData(ImageSets.Store([.. scenes.SelectMany(s => s.Image.Pixels)], scenes.Length), size, 3,
        [
            new MaskLabels(ImageSets.Store([.. scenes.SelectMany(s => s.Mask.Pixels)], scenes.Length), size),
            new MapLabels(ImageSets.Store([.. scenes.SelectMany(s => s.InverseDepth.Values)], scenes.Length), size),
        ]);
    }
}
