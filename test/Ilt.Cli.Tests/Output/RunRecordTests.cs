using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Output;

public sealed class RunRecordTests
{
    [Test]
    public void Write_NumbersThatAreNotFinite_BecomeNull()
    {
        using var folder = new TempFolder();
        var quantiles = new RunQuantiles(double.NaN, 0, 1, 2, 3, 4, double.PositiveInfinity);
        var record = new RunRecord
        {
            Complete = true,
            Started = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            ElapsedSeconds = 1.5,
            Versions = new RunVersions("1", "5", "6", "10"),
            Data = new RunData("t.csv", "00", 2, 2, 3, "csv", null),
            Validation = null,
            Options = new RunOptions([], [], [], "ilt", null, null, null, null, 1, 1, "out"),
            Effective = new RunEffective("ilt", 1, 1, 0.1, 0, null, [4], 0, 0.4, 0, null, -4, 4, 1, 1, 1),
            Scoring = new RunScoring("noise-score", 0, 0, new Dictionary<string, string>(), []),
            Features = new RunFeatures([], [], [], []),
            Tasks = [],
            Epochs = [new RunEpoch(1, 0.1, 10, new Dictionary<string, double> { ["t"] = double.NaN }, null, new Dictionary<string, RunQuantiles> { ["t"] = quantiles })],
            ValidationMetrics = null,
            Notes = [],
            Warnings = [],
        };

        record.Write(folder["run.json"]);

        using var json = JsonDocument.Parse(File.ReadAllText(folder["run.json"]));
        var epoch = json.RootElement.GetProperty("epochs")[0];
        Assert.That(epoch.GetProperty("trainLoss").GetProperty("t").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(epoch.GetProperty("logVariance").GetProperty("t").GetProperty("maximum").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(epoch.GetProperty("logVariance").GetProperty("t").GetProperty("p95").GetDouble(), Is.EqualTo(4));
        Assert.That(json.RootElement.GetProperty("versions").GetProperty("torchSharp").GetString(), Is.EqualTo("6"));
    }
}
