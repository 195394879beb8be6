using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors.Tests;

public class AreaUnderMarginTests
{
    [Test]
    public void Draw_BothRuns_HaveDisjointSamplesOfTheRightNumber()
    {
        var labels = (ClassLabels)NoisyTable.Make(110, 1).Data.Labels[0]; // 10 rows have no label
        var runs = Enumerable.Range(0, 2).Select(run => ThresholdSamples.Draw(labels, 3, run, 9)).ToArray();

        foreach (var (classes, isSample) in runs)
        {
            Assert.That(isSample.Count(row => row), Is.EqualTo(100 / 4));
            for (var row = 0; row < 110; row++)
            {
                Assert.That(classes[row], Is.EqualTo(isSample[row] ? 3 : labels.Classes[row]));
                Assert.That(isSample[row] && !labels.IsLabelled(row), Is.False);
            }
        }
        Assert.That(runs[0].IsSample.Zip(runs[1].IsSample).Any(both => both.First && both.Second), Is.False);
    }

    [Test]
    public void Add_ThresholdIsThe99thPercentileOfTheSamples()
    {
        var areas = Enumerable.Range(0, 101).Select(i => (float)i).Append(float.NaN).ToArray();
        var isSample = Enumerable.Range(0, 102).Select(row => row <= 50).ToArray(); // areas 0 .. 50: 49.5
        var (sums, counts) = (new double[102], new int[102]);

        AreaUnderMargin.Add(areas, isSample, sums, counts);

        Assert.That((sums[51], sums[100], counts[100]), Is.EqualTo((-1.5, -50.5, 1)));
        Assert.That((counts[50], counts[101]), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Detect_EqualsTheDefinition()
    {
        var table = NoisyTable.Make(90, 4);
        var found = new AreaUnderMargin().Detect(table.Input());

        var labels = (ClassLabels)table.Data.Labels[0];
        var expected = Enumerable.Range(0, 90).Select(_ => new List<double>()).ToArray();
        for (var run = 0; run < 2; run++)
        {
            var (classes, isSample) = ThresholdSamples.Draw(labels, 3, run, RunSeeds.Derive(5, "threshold samples"));
            var result = MultiTaskTraining.Train(
                [new ClassificationTask("class", 4), table.Tasks[1]], new TableData(table.Data.Features, 3, [new ClassLabels(classes), table.Data.Labels[1]]), null,
                NoisyTable.Quick with { Weighting = LossWeightingKind.Equal });
            result.Model.Dispose();
            var samples = Enumerable.Range(0, 90).Where(row => isSample[row]).Select(row => (double)result.Scores.MeanMargin(row, 0)).Order().ToArray();
            var place = 0.99 * (samples.Length - 1);
            var threshold = samples[(int)place] + ((place - (int)place) * (samples[(int)place + 1] - samples[(int)place]));
            for (var row = 0; row < 90; row++)
                if (!isSample[row] && labels.IsLabelled(row)) expected[row].Add(threshold - result.Scores.MeanMargin(row, 0));
        }
        for (var row = 0; row < 90; row++)
            Assert.That(found.Scores[0]![row], labels.IsLabelled(row) ? Is.EqualTo(expected[row].Average()).Within(1e-5) : Is.NaN);
        Assert.That(found.Scores[1], Is.Null);
        Assert.That(found.Reasons![0], Is.EqualTo($"{expected.Count(of => of.Count > 0 && of.Average() > 0)} of 82 rows are flagged (above 0)"));
    }
}
