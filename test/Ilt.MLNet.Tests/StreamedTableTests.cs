using Ilt.Detectors;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet.Tests;

/// <summary>Features beyond the memory go to a scratch file; fewer rows than are read at once give what they give in memory.</summary>
public sealed class StreamedTableTests
{
    private const int RowCount = 90;

    [TestCase(0)]
    [TestCase(40 * 2 * sizeof(float))] // the first 40 rows or so
    public void Fit_BeyondTheMemory_GivesTheSameModelAndSaysSo(long memory)
    {
        var (expected, _) = Fit(null, isFiltered: false, null);
        foreach (var isFiltered in (bool[])[false, true]) // a filtered view does not tell how many rows it has
        {
            var (found, messages) = Fit(memory, isFiltered, null);
            Assert.That(found, Is.EqualTo(expected));
            Assert.That(messages, Has.Some.Contains("they are in a scratch file"));
        }
    }

    [Test]
    public void Fit_UnknownNumberOfRowsInMemory_GivesTheSameModel()
    {
        var (found, messages) = Fit(null, isFiltered: true, null);
        Assert.That(found, Is.EqualTo(Fit(null, isFiltered: false, null).Scores));
        Assert.That(messages, Has.None.Contains("scratch file"));
    }

    [Test]
    public void Fit_DetectorNeedsRowsInMemory_GivesTheSameScoresAndSaysSo()
    {
        var detector = DetectorCatalog.Find("linear");
        var (found, messages) = Fit(0, isFiltered: false, detector);
        Assert.That(found, Is.EqualTo(Fit(null, isFiltered: false, detector).Scores));
        Assert.That(messages, Has.Some.Contains("models beside the network hold all rows in memory"));
    }

    private static (float[] Scores, List<string> Messages) Fit(long? memory, bool isFiltered, IDetector? detector)
    {
        var ml = new MLContext(1);
        var messages = new List<string>();
        ml.Log += (_, e) => messages.Add(e.RawMessage);
        var view = ml.Data.LoadFromEnumerable(Sample.Rows(RowCount));
        if (isFiltered) view = ml.Data.FilterRowsByMissingValues(view, "A");
        using var model = ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Regression("number", "Number")],
            FeatureColumnNames = ["A", "B"],
            Detector = detector,
            Training = new TrainingOptions { Epochs = 3, Seed = 1, Memory = memory },
        }).Fit(view);
        return (Pipelines.Column<float>(model.NoiseScores, "NoiseScore").ToArray(), messages);
    }
}
