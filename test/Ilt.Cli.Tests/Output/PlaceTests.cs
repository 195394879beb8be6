using System.Diagnostics;
using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Output;

public sealed class PlaceTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("links are made as on Linux");
        folder = new TempFolder();
    }

    [TearDown]
    public void RemoveFolder() => folder?.Dispose();

    [Test]
    public void AreSame_ByEveryPath()
    {
        var file = folder.Write("a.csv", "1");
        Directory.CreateDirectory(folder["real"]);
        File.CreateSymbolicLink(folder["link.csv"], file);
        File.CreateSymbolicLink(folder["twice.csv"], "link.csv");
        Directory.CreateSymbolicLink(folder["linked"], folder["real"]);
        Process.Start("ln", [file, folder["hard.csv"]]).WaitForExit();
        foreach (var same in (string[])["link.csv", "twice.csv", "hard.csv", "real/../a.csv", "linked/../a.csv"])
            Assert.That(Place.AreSame(file, folder[same]), Is.True, same);
        Assert.That(Place.AreSame(folder["linked/new.csv"], folder["real/new.csv"]), Is.True, "what is not there yet");
        Assert.That(Place.AreSame(folder["real"], folder["linked"] + "/"), Is.True);
        folder.Write("b.csv", "1");
        Assert.That(Place.AreSame(file, folder["b.csv"]), Is.False);
        Assert.That(Place.AreSame(file, folder["c.csv"]), Is.False);
    }

    [Test]
    public void AreSame_LinksInACircle_EndsAndSaysNo()
    {
        File.CreateSymbolicLink(folder["x"], folder["y"]);
        File.CreateSymbolicLink(folder["y"], folder["x"]);
        Assert.That(Place.AreSame(folder["x"], folder["z"]), Is.False);
    }

    [Test]
    public void IsWithin_ThroughLinks()
    {
        Directory.CreateDirectory(folder["out/heatmaps"]);
        Directory.CreateSymbolicLink(folder["maps"], folder["out/heatmaps"]);
        Assert.That(Place.IsWithin(folder["maps/a.png"], folder["out/heatmaps"]), Is.True);
        Assert.That(Place.IsWithin(folder["out/heatmaps2"], folder["out/heatmaps"]), Is.False);
    }

    [Test]
    public void IsDevice_DevicesPipesAndLinksToThem()
    {
        Process.Start("mkfifo", [folder["pipe"]]).WaitForExit();
        File.CreateSymbolicLink(folder["null"], "/dev/null");
        foreach (var device in (string[])["/dev/null", "/dev/full", "/dev/stdout", "/proc/self/mem", folder["pipe"], folder["null"]])
            Assert.That(Place.IsDevice(device), Is.True, device);
        Assert.That(Place.IsDevice(folder.Write("f", "")), Is.False);
        Assert.That(Place.IsDevice(folder.Root), Is.False);
        Assert.That(Place.IsDevice(folder["none"]), Is.False);
    }
}
