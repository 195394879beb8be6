using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

public sealed class VersionTests
{
    [Test]
    public void Version_TellsProductAndPackages()
    {
        var output = CliRun.Done("--version");

        Assert.That(output, Does.StartWith("ilt ").And.Contain("Microsoft.ML ").And.Contain("TorchSharp "));
    }

    [Test]
    public void Help_ListsTheCommands() =>
        Assert.That(CliRun.Done("--help"), Does.Contain("flag").And.Contain("corrupt").And.Contain("evaluate").And.Contain("predict").And.Contain("demo"));
}
