using Ilt.Cli.Pipeline;
using Ilt.Cli.Tests.Support;
using Ilt.Experiments;

namespace Ilt.Cli.Tests.Pipeline;

/// <summary>Tables as experiments read them.</summary>
public sealed class ExperimentDataTests
{
    [Test]
    public void Read_FewerRows_KeepsTheSameOnesForEverySeed_AndTheShareOfTestRows()
    {
        using var folder = new TempFolder();
        var path = folder.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 1000).Select(row => $"{row * 37 % 1009},{row}.5\n")));
        var set = ExperimentFile.Parse($"{{ \"title\": \"t\", \"data\": [{{ \"table\": \"{path}\", \"rows\": 400, \"tasks\": [\"y=regression:y\"] }}], \"corruptions\": [\"clean\"], \"weightings\": [\"equal\"] }}",
            "e.json", folder.Root, ExperimentSize.Usual).DataSets.Single();

        var read = Enumerable.Range(1, 5).Select(seed => new ExperimentData().Read(set, path, seed)).ToArray();

        var kept = read.Select(data => Labels(data.Train).Concat(Labels(data.Test)).Order().ToArray()).ToArray();
        Assert.That(kept, Has.All.Length.EqualTo(400).And.All.EqualTo(kept[0]));
        Assert.That(read.Select(data => data.Test.RowCount), Has.All.InRange(75, 125), "a quarter, whatever the seed");

        static IEnumerable<float> Labels(Torch.TrainingData data) => ((Torch.NumberLabels)data.Labels[0]).Values.ToArray();
    }
}
