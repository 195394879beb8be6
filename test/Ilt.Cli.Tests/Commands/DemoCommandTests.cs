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
        Assert.That(folder.Files.Select(f => Path.GetFileName(f)), Is.SupersetOf(new[] { "flats.csv", "flats-wrong.csv", "mask-condition.csv", "mask-rent.csv", "noise-scores.csv", "run.json", "model.zip" }));
    }
}
