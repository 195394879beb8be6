using Ilt.Corruption;

namespace Ilt.Auditing.Tests.Findings;

/// <summary>Of clean data nothing is found.</summary>
public class CleanDataTests
{
    // Each finding has a chance of at most one in a hundred; there are about a dozen of them per set.
    [TestCase(60, 3), TestCase(300, 2), TestCase(300, 20), TestCase(1500, 5)]
    public void Find_NormalData_IsSilentInNearlyAllSets(int rows, int features)
    {
        var found = Enumerable.Range(1, 20).SelectMany(seed => new Planted(rows, features, seed).Find()).Select(finding => $"{finding.Kind} {finding.Task}: {finding.Title}").ToArray();
        Assert.That(found, Has.Length.LessThanOrEqualTo(1), string.Join("\n", found));
    }

    [TestCase("heavy tails"), TestCase("uniform"), TestCase("clusters"), TestCase("whole numbers"), TestCase("classes and one number"), TestCase("features that say the same")]
    public void Find_OtherShapes_NoOutliersAndNoNearDuplicates(string shape)
    {
        var features = shape == "features that say the same" ? 20 : 5;
        var found = new List<string>();
        for (var seed = 1; seed <= 20; seed++)
        {
            var (random, data) = (new SeededGenerator(seed), new Planted(400, features, seed) { Embedding = null });
            for (var i = 0; i < data.Features.Length; i++)
            {
                var cluster = i / features % 4;
                data.Features[i] = shape switch
                {
                    "heavy tails" => MathF.Exp(data.Features[i]),
                    "uniform" => (float)random.NextDouble(),
                    "clusters" => (6 * cluster) + ((0.2f + cluster) * data.Features[i]),
                    "whole numbers" => random.NextInt(6),
                    "classes and one number" => i % features == 0 ? data.Features[i] : random.NextInt(5),
                    _ => (0.3f * data.Features[i]) + data.Numbers[i / features],
                };
            }
            found.AddRange(data.Find().Where(finding => finding.Kind is "outliers" or "near-duplicates").Select(finding => $"{seed}: {finding.Title}"));
        }
        Assert.That(found, Has.Count.LessThanOrEqualTo(1), string.Join("\n", found));
    }
}
