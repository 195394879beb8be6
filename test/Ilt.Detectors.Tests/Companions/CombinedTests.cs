using Ilt.Detection;
using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Detectors.Tests;

/// <summary>The score that ranks tables where nothing else is asked for.</summary>
public class CombinedTests
{
    private static readonly NoisyTable Table = NoisyTable.Make(160, 2);

    [Test]
    public void Default_OfTablesIsCombined_OfImagesTheNoiseScore()
    {
        Assert.That(DetectorCatalog.Default(Table.Data.Input).Name, Is.EqualTo("combined"));
        Assert.That(DetectorCatalog.Default(new InputShape(3, 8, 8)).Name, Is.EqualTo("noise-score"));
    }

    [TestCase(TreeLibrary.LightGbm, 4), TestCase(TreeLibrary.FastTree, 4), TestCase(TreeLibrary.None, 1)]
    public void Detect_EveryLibrary_FindsWrongLabels_AndSaysWhatItAsked(object library, int models)
    {
        var notes = new List<string>();
        var found = new Combined((TreeLibrary)library).Detect(Table.Input() with { Wanted = [0], OnNote = notes.Add });

        Assert.That(DetectionMetrics.RocAuc(found.Scores[0]!, Table.Wrong[0]), Is.GreaterThan(0.85));
        Assert.That(found.Fits, Is.EqualTo(1 + 3 * 5 * models));
        Assert.That(found.Reasons![0], Does.StartWith("the network and, out of fold, "));
        Assert.That(notes, (TreeLibrary)library == TreeLibrary.LightGbm ? Is.Empty : Has.One.Contains("load"));
    }

    [Test]
    public void Detect_OutOfFoldPredictions_AreRightWhereTheLabelIsWrong()
    {
        var right = NoisyTable.Make(160, 2, missing: false);
        var found = new Combined().Detect(right.Input());
        var classes = ((ClassLabels)right.Data.Labels[0]).Classes.ToArray();
        var given = Enumerable.Range(0, 160).Count(row => right.Wrong[0][row] && Best(found.OutOfFold![0]!, row) == classes[row]);
        Assert.That(given, Is.LessThan(0.2 * right.Wrong[0].Count(wrong => wrong)), "predictions that had seen the row would repeat wrong labels");
        Assert.That(found.OutOfFold![1]!.Average(), Is.EqualTo(100).Within(4));

        static int Best(float[] probabilities, int row) => Enumerable.Range(0, NoisyTable.Classes).MaxBy(c => probabilities[row * NoisyTable.Classes + c]);
    }

    [Test]
    public void Detect_Images_AsksFourNetworksThatHaveNotSeenTheRow()
    {
        const int count = 120, side = 8;
        using var store = new PixelStore(side * side);
        var (classes, wrong) = (new int[count], new bool[count]);
        for (var row = 0; row < count; row++)
        {
            var isBright = row % 2 == 0;
            wrong[row] = row % 12 == 5;
            classes[row] = isBright != wrong[row] ? 1 : 0;
            store.Append([.. Enumerable.Range(0, side * side).Select(i => (byte)((isBright ? 180 : 40) + ((row * 31 + i * 17) % 40)))]);
        }
        var images = new ImageData(store, new ImageSize(side, side), 1, [new ClassLabels(classes)]);

        var found = new Combined().Detect(new DetectorInput([new ClassificationTask("bright", 2)], images, new TrainingOptions { Epochs = 6, BatchSize = 16 }));

        Assert.That(found.Fits, Is.EqualTo(5), "the training, and four");
        Assert.That(found.Reasons![0], Is.EqualTo("the network and, out of fold, 4 networks"));
        Assert.That(DetectionMetrics.RocAuc(found.Scores[0]!, wrong), Is.GreaterThan(0.95));
        Assert.That(Enumerable.Range(0, count).Count(row => wrong[row] && found.OutOfFold![0]![(2 * row) + classes[row]] < 0.5f), Is.GreaterThan(7), "right where the label is wrong");
        Assert.That(found.OutOfFoldLosses![0]![7], Is.EqualTo(-MathF.Log(found.OutOfFold![0]![(2 * 7) + classes[7]])).Within(1e-3));
    }

    [Test]
    public void Detect_FewImages_LeavesThemToTheNetwork()
    {
        using var store = new PixelStore(64);
        for (var row = 0; row < 30; row++) store.Append([.. Enumerable.Range(0, 64).Select(i => (byte)(row * 8 % 200 + i))]);
        var images = new ImageData(store, new ImageSize(8, 8), 1, [new ClassLabels([.. Enumerable.Range(0, 30).Select(row => row % 2)])]);

        var found = new Combined().Detect(new DetectorInput([new ClassificationTask("even", 2)], images, new TrainingOptions { Epochs = 1 }));

        Assert.That((found.Fits, found.OutOfFold), Is.EqualTo((1, (IReadOnlyList<float[]?>?)null)));
        Assert.That(found.Reasons![0], Does.StartWith("the network alone: fewer than 40 labels"));
    }

    [Test]
    public void Models_OtherTasksLabels_AreNoFeatures()
    {
        var changed = ((NumberLabels)Table.Data.Labels[1]).Values.ToArray().Select(value => value * 3 + 1).ToArray();
        var other = new TableData(Table.Data.Features, 3, [Table.Data.Labels[0], new NumberLabels(changed)]);
        var detector = DetectorCatalog.Find("boosted-trees");

        Assert.That(detector.Detect(Table.Input() with { Train = other }).Scores[0], Is.EqualTo(detector.Detect(Table.Input()).Scores[0]));
    }

    [Test]
    public void Detect_TooFewLabels_LeavesTheTaskToTheNetwork_AndSaysIt()
    {
        var classes = ((ClassLabels)Table.Data.Labels[0]).Classes.ToArray().Select((c, row) => row < 30 ? c : -1).ToArray();
        var few = new TableData(Table.Data.Features, 3, [new ClassLabels(classes), Table.Data.Labels[1]]);
        var result = MultiTaskTraining.Train(Table.Tasks, few, null, NoisyTable.Quick);
        using var model = result.Model;

        var found = new Combined().Detect(Table.Input() with { Train = few, Finished = result.Scores });

        Assert.That(found.Scores[0], Is.EqualTo(result.Scores.NoiseScores(0)));
        Assert.That(found.Reasons![0], Does.Match("the network alone: \\d+ labels are too few"));
        Assert.That(found.Reasons[1], Does.StartWith("the network and"));
    }

    [Test]
    public void Weights_FallWithTheLoss()
    {
        Assert.That(Companions.Weights([1, 1, 1, 4, 400, float.NaN], isClasses: false), Is.EqualTo(new[] { 0.8f, 0.8f, 0.8f, 0.5f, 0.01f, 0 }).Within(1e-5));
        Assert.That(Companions.Weights([0, 1, 9], isClasses: true), Is.EqualTo(new[] { 1, MathF.Exp(-1), 0.02f }).Within(1e-6));
    }
}
