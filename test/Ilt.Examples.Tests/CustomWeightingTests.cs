using Ilt.Examples.RobustWeighting;
using Ilt.Weighting;

namespace Ilt.Examples.Tests;

/// <summary>The example of a weighting of one's own runs, keeps the promise of a weighting, and finds what was made wrong.</summary>
public class CustomWeightingTests
{
    [Test]
    public void Main_FlatsWithWrongLabels_RanksWrongOnesFirst()
    {
        var output = Example.Output(() => RobustWeighting.Program.Main([Path.Combine(AppContext.BaseDirectory, "flats.csv")]));
        var wrong = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "flats-wrong.csv")).Skip(1).Select(line => line.Split(','))
            .Where(fields => fields[2] == "1").Select(fields => $"{fields[1]} {fields[0]}").ToHashSet();
        var suspects = output.Where(line => line.Contains(": given ", StringComparison.Ordinal)).Select(line => line.Split(':')[0]).ToList();

        Assert.That(suspects, Has.Count.EqualTo(10));
        Assert.That(suspects.Count(wrong.Contains), Is.EqualTo(10), string.Join(", ", suspects));
    }

    [Test]
    public void Weigh_MissingLabel_EqualsCentralDifferencesOfTheObjective()
    {
        var weighting = new GeneralizedWeighting(new WeightingContext(3, [new("a", 1, 1), new("b", 0.5, 1)], 5), highest: 0.7);
        weighting.BeginEpoch(3);
        float[] losses = [0.5f, 2, 4, float.NaN, 0.25f, 1];
        var weights = new float[losses.Length];
        weighting.Weigh(new LossBatch([0, 1, 2], 2, losses), weights);
        for (var at = 0; at < losses.Length; at++)
        {
            var step = losses[at] / 1024;
            var slope = (Objective(at, step) - Objective(at, -step)) / (2 * step);
            Assert.That(weights[at], Is.EqualTo(float.IsNaN(losses[at]) ? 0 : slope).Within(1e-6), $"cell {at}");
        }

        double Objective(int at, float change)
        {
            var moved = (float[])losses.Clone();
            moved[at] += change;
            return weighting.Objective(new LossBatch([0, 1, 2], 2, moved));
        }
    }
}
