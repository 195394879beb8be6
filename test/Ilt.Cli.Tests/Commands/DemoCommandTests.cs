using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

public sealed class DemoCommandTests
{
    [Test]
    public void Demo_FewEpochs_RunsEveryStepAndSaysHowToRepeatIt()
    {
        using var folder = new TempFolder();

        var output = CliRun.Done("demo", "--out", folder["demo"], "--epochs", "3");

        Assert.That(output, Does.Contain("$ ilt corrupt").And.Contain("$ ilt flag").And.Contain("$ ilt evaluate").And.Contain("average precision"));
        Assert.That(folder.Files.Select(f => Path.GetFileName(f)), Is.SupersetOf(new[]
        {
            "flats.csv", "flats-wrong.csv", "truth-condition.csv", "truth-rent.csv", "noise-scores.csv", "run.json", "model.zip",
        }));
    }

    [Test]
    public void DemoScenes_FewEpochs_RunsEveryStepAndKeepsTheFilesWhenAsked()
    {
        using var folder = new TempFolder();

        var output = CliRun.Done("demo", "--scenes", "--keep", folder["demo"], "--epochs", "1");

        Assert.That(output, Does.Contain("$ ilt list").And.Contain("$ ilt corrupt").And.Contain("$ ilt flag").And.Contain("$ ilt evaluate").And.Contain("average precision").And.Contain("heatmaps"));
        Assert.That(folder.Files.Select(f => Path.GetFileName(f)), Is.SupersetOf(new[] { "scenes.csv", "scenes-wrong.csv", "truth-seg.csv", "noise-scores.csv", "regions.csv", "run.json", "model.zip" }));
        Assert.That(CliRun.Refused("demo", "--scenes", "--out", folder["x"]), Does.Contain("--keep"));
        Assert.That(CliRun.Refused("demo", "--keep", folder["x"]), Does.Contain("--scenes"));
    }
}
