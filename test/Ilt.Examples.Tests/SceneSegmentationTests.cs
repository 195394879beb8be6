using System.Globalization;
using System.Text.RegularExpressions;
using Ilt.Imaging;
using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Ilt.Examples.Tests;

/// <summary>The image example of the documentation runs on small scenes, finds the wrong masks and says where.</summary>
public class SceneSegmentationTests
{
    private const int Size = 32;

    private string folder = null!;
    private List<string> output = null!;

    [OneTimeSetUp]
    public void RunIt()
    {
        folder = Directory.CreateTempSubdirectory("scene-segmentation").FullName;
        output = Example.Output(() => SceneSegmentation.Program.Main(["--scenes", "60", "--size", $"{Size}", "--epochs", "12", "--out", folder]));
    }

    [OneTimeTearDown]
    public void RemoveFiles() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Main_MasksWithPermutedClasses_AreFound()
        => Assert.That(Number(@"of 24 wrong masks, ([\d.]+) % are among the 24 highest scores of 60"), Is.GreaterThanOrEqualTo(85));

    [Test]
    public void Main_WorstMask_IsExplainedInWordsAndPictures()
    {
        Assert.That(output, Has.Some.Match(@"^scene\d{4}: \d+ % of the image is called [a-z]+ and looks like [a-z]+$"));
        Assert.That(PngImage.ReadImage(Path.Combine(folder, "heat.png")).Size, Is.EqualTo(new ImageSize(Size, Size)));
        Assert.That(PngImage.ReadImage(Path.Combine(folder, "worst.png")).Size, Is.EqualTo(new ImageSize(256, 4 * 256 + 3 * 8)));
    }

    [Test]
    public void Main_LoadedModel_PredictsAsTheTrainedOne()
        => Assert.That(Number(@"the loaded model, unseen scenes: mean IoU ([\d.]+)"), Is.EqualTo(Number(@"^unseen scenes: mean IoU ([\d.]+)")).Within(0.0011));

    [TestCase("--size", "33")]
    [TestCase("--scenes")]
    [TestCase("--sizes", "64")]
    public void Main_ArgumentsItDoesNotKnow_AreRefused(params string[] arguments)
        => Assert.That(SceneSegmentation.Program.Main(arguments), Is.EqualTo(1));

    [Test]
    public void Fit_OwnNetwork_TrainsAndIsLoadedAgain()
    {
        var ml = new MLContext(seed: 1);
        var scenes = ml.Data.LoadFromTextFile<SceneSegmentation.SceneRow>(Path.Combine(folder, "unseen.csv"), separatorChar: ',', hasHeader: true);
        var load = ml.Transforms.LoadImages("Image", folder, "ImagePath").Append(ml.MultiTask.LoadMasks("Mask", folder, Size, Size, "MaskPath"));
        var modelFile = Path.Combine(folder, "own.zip");

        // <readme>
        var network = CustomNetworkDefinition.FromBackbone("three convolutions", (input, seed) =>
        {
            torch.random.manual_seed(seed);
            return Sequential(
                Conv2d(input.Channels, 16, 3, 2, 1), ReLU(),
                Conv2d(16, 32, 3, 1, 1), ReLU(),
                Conv2d(32, 32, 3, 1, 1), ReLU());
        });
        var trainer = ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.PixelClassification("Mask", classCount: 8)],
            ImageColumnName = "Image",
            Training = new TrainingOptions { Network = network, Epochs = 3 },
        });
        // </readme>

        using var model = load.Append(ml.Transforms.ResizeImages("Image", Size, Size)).Append(trainer).Fit(scenes);
        ml.Model.Save(model, scenes.Schema, modelFile);
        var loaded = ml.MultiTask.LoadModel(modelFile, out _, network);
        var (before, after) = (Predicted(model), Predicted(loaded));
        Assert.That(after, Is.EqualTo(before));
        Assert.That(before.SelectMany(mask => mask).Distinct().Count(), Is.GreaterThan(1));

        byte[][] Predicted(ITransformer by)
            => [.. ml.Data.CreateEnumerable<SceneSegmentation.SceneMasks>(by.Transform(scenes), reuseRowObject: false).Select(row => row.Predicted)];
    }

    private double Number(string pattern)
    {
        var match = output.Select(line => Regex.Match(line, pattern)).FirstOrDefault(match => match.Success);
        Assert.That(match, Is.Not.Null, $"no line like '{pattern}' in\n{string.Join("\n", output)}");
        return double.Parse(match!.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
