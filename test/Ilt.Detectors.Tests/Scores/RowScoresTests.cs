using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors.Tests;

public class RowScoresTests
{
    [Test]
    public void All_Names_AreUniqueAndFound()
    {
        Assert.That(RowScores.All.Select(score => score.Name), Is.Unique);
        foreach (var score in RowScores.All)
        {
            Assert.That(RowScores.Find(score.Name.ToUpperInvariant()), Is.SameAs(score));
            Assert.That(score.Summary, Has.Length.GreaterThan(20).And.Not.EndsWith("."));
        }
    }

    [Test]
    public void Find_UnknownName_ListsTheNames() => Assert.That(
        () => RowScores.Find("loss"),
        Throws.ArgumentException.With.Message.StartsWith("There is no score 'loss'; expected one of noise-score, log-variance, last-loss, mean-loss, margin, forgetting, temperature."));

    [Test]
    public void Of_EveryScore_IsWhatTheTrainingHas_NaNWithoutLabel()
    {
        var table = NoisyTable.Make(60, 1);
        var result = MultiTaskTraining.Train(table.Tasks, table.Data, null, NoisyTable.Quick);
        using var model = result.Model;
        var expected = new Dictionary<string, Func<int, int, float>>
        {
            ["noise-score"] = result.Scores.NoiseScore, ["log-variance"] = result.Scores.LogVariance, ["last-loss"] = result.Scores.LastLoss,
            ["mean-loss"] = result.Scores.MeanLoss, ["margin"] = (row, task) => -result.Scores.MeanMargin(row, task), ["forgetting"] = result.Scores.ForgettingEvents,
        };
        foreach (var score in RowScores.All.Where(score => score.OnlyUnder is null or LossWeightingKind.InstanceLevel))
            for (var task = 0; task < 2; task++)
                for (var row = 0; row < 60; row++)
                {
                    var found = score.Of(result.Scores, row, task);
                    Assert.That(found, Is.EqualTo(expected[score.Name](row, task)), score.Name);
                    Assert.That(float.IsNaN(found), Is.EqualTo(!score.AppliesTo(table.Tasks[task]) || !table.Data.Labels[task].IsLabelled(row)), $"{score.Name}, task {task}, row {row}");
                }
    }
}
