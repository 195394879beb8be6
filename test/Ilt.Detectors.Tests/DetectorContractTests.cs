using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.Detectors.Tests;

/// <summary>What every detector of the catalog keeps to.</summary>
public class DetectorContractTests
{
    private static readonly NoisyTable Table = NoisyTable.Make(120, 8);

    private static readonly Dictionary<string, DetectorResult> Results = [];

    // The temperature is there under another weighting than the run's.
    private static IEnumerable<string> Names =>
        [.. DetectorCatalog.All.Where(detector => detector.Problem(new TrainingOptions()) is null).Select(detector => detector.Name), "dp/temperature"];

    [TestCaseSource(nameof(Names))]
    public void Detect_Scores_AreThereWhereALabelIs_AndFindWrongOnes(string name)
    {
        var detector = DetectorCatalog.Find(name);
        var found = Whole(name);

        for (var k = 0; k < 2; k++)
        {
            Assert.That(found.Scores[k] is not null, Is.EqualTo(detector.AppliesTo(Table.Tasks[k], Table.Data.Input)), $"task {k}");
            if (found.Scores[k] is not { } scores) continue;
            Assert.That(scores, Has.Length.EqualTo(120));
            for (var row = 0; row < 120; row++) Assert.That(float.IsNaN(scores[row]), Is.EqualTo(!Table.Data.Labels[k].IsLabelled(row)), $"task {k}, row {row}");
            Assert.That(DetectionMetrics.RocAuc(scores, Table.Wrong[k]), Is.GreaterThan(0.7), $"task {k}");
        }
        for (var k = 0; found.OutOfFold is not null && k < 2; k++)
            if (found.OutOfFold[k] is { } predictions) Assert.That(predictions, Has.Length.EqualTo(120 * Table.Tasks[k].Channels).And.None.NaN);
    }

    [TestCaseSource(nameof(Names))]
    public void Detect_SameInput_GivesTheSame_AndCountsItsFits(string name)
    {
        var progress = new List<DetectorProgress>();
        var detector = DetectorCatalog.Find(name);
        var first = Whole(name);
        var second = detector.Detect(Table.Input() with { OnProgress = progress.Add });

        for (var k = 0; k < 2; k++)
        {
            Assert.That(second.Scores[k], Is.EqualTo(first.Scores[k]));
            Assert.That(second.OutOfFold?[k], Is.EqualTo(first.OutOfFold?[k]));
        }
        Assert.That(first.Fits, Is.EqualTo(second.Fits).And.Positive);
        Assert.That(progress.Select(step => step.All), Is.All.EqualTo(first.Fits));
        Assert.That(progress[^1].Done, Is.EqualTo(first.Fits));
        Assert.That(progress.Select(step => step.Done), Is.Ordered.Ascending.And.Unique);
    }

    [TestCaseSource(nameof(Names))]
    public void Detect_OneTaskWanted_LeavesTheOtherOut(string name)
    {
        var detector = DetectorCatalog.Find(name);
        var whole = Whole(name);
        for (var wanted = 0; wanted < 2; wanted++)
        {
            var part = detector.Detect(Table.Input() with { Wanted = [wanted] });
            Assert.That(part.Scores[1 - wanted], Is.Null);
            Assert.That(part.Scores[wanted], Is.EqualTo(whole.Scores[wanted]));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Detect_Cancelled_Throws(string name) => Assert.That(
        () => DetectorCatalog.Find(name).Detect(Table.Input(), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    [TestCaseSource(nameof(Names))]
    public void Detect_WatchedOptions_AreLeftAlone(string name)
    {
        var options = NoisyTable.Quick with
        {
            Epochs = 2, WatchedRows = [119], OnEpoch = _ => Assert.Fail("the epochs of a detector are not the user's"), OnBatch = _ => Assert.Fail("nor its batches"),
        };
        Assert.That(() => DetectorCatalog.Find(name).Detect(Table.Input(options)), Throws.Nothing);
    }

    // What several tests look at.
    private static DetectorResult Whole(string name) => Results.TryGetValue(name, out var found) ? found : Results[name] = DetectorCatalog.Find(name).Detect(Table.Input());

    [TestCase("noise-score", 1, 0), TestCase("equal/last-loss", 1, 1), TestCase("out-of-fold", 5, 5), TestCase("equal/confident-learning", 5, 5)]
    [TestCase("out-of-fold-residual", 5, 5), TestCase("aum", 2, 2), TestCase("co-teaching", 2, 2), TestCase("loss-mixture", 1, 1)]
    public void Fits_WithAndWithoutAFinishedTraining(string name, int alone, int after)
    {
        var options = NoisyTable.Quick with { Epochs = 2 };
        var result = MultiTaskTraining.Train(Table.Tasks, Table.Data, null, options);
        using var model = result.Model;
        var detector = DetectorCatalog.Find(name);

        var (first, second) = (detector.Detect(Table.Input(options)), detector.Detect(Table.Input(options) with { Finished = result.Scores }));

        Assert.That((first.Fits, second.Fits), Is.EqualTo((alone, after)));
        Assert.That(second.Scores[0], Is.EqualTo(first.Scores[0]));
        Assert.That(second.Scores[1], Is.EqualTo(first.Scores[1]));
    }
}
