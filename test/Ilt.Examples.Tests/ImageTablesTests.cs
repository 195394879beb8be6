using System.Reflection;

namespace Ilt.Examples.Tests;

/// <summary>Keeps the image tables alive: one run with few images and epochs, from the data to the printed table.</summary>
public class ImageTablesTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("image-tables").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Program_Scenes_WritesFiguresPrintsThemAndResumes()
    {
        string[] arguments = ["scenes", "--out", folder, "--rows", "16", "--seeds", "1", "--corruptions", "permuted-masks", "--weightings", "ilt,equal", "--epochs", "1"];
        var printed = Example.Output(() => Assert.That(Run(arguments), Is.Zero));
        Assert.That(printed, Has.Some.EqualTo("### scenes, permuted-masks, 40 %"));
        Assert.That(printed, Has.Some.EqualTo("| | equal | ilt |"));
        var lines = File.ReadAllLines(Path.Combine(folder, "runs.csv"));
        Assert.That(lines, Has.Length.GreaterThan(10));
        Assert.That(Example.Output(() => Run(arguments)), Has.None.Contain(" epoch 1/1"), "a finished run is not repeated");
        Assert.That(File.ReadAllLines(Path.Combine(folder, "runs.csv")), Is.EqualTo(lines));
    }

    // What a process that was killed in the middle of its last write, or of a run's, may leave behind.
    [TestCase(-4, TestName = "Program_HalfALastLine_RunsItAgain")]
    [TestCase(-200, TestName = "Program_LinesMissing_RunsItAgain")]
    public void Program_InterruptedWrite_RunsItAgain(int end)
    {
        string[] arguments = ["scenes", "--out", folder, "--rows", "16", "--seeds", "1", "--corruptions", "permuted-masks", "--weightings", "ilt,equal", "--epochs", "1"];
        Example.Output(() => Run(arguments));
        var runs = Path.Combine(folder, "runs.csv");
        var whole = File.ReadAllText(runs);
        File.WriteAllText(runs, whole[..^-end]);

        var summary = Example.Output(() => Assert.That(Run([.. arguments, "--summary"]), Is.Zero));
        Assert.That(summary, Has.Some.EqualTo("| | ilt |"), "the interrupted run takes no part");
        var again = Example.Output(() => Assert.That(Run(arguments), Is.Zero));
        Assert.That(again.Count(line => line.Contains(" epoch 1/1")), Is.EqualTo(1));
        Assert.That(File.ReadAllLines(runs).Select(Figure), Is.EqualTo(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Figure)));

        static string Figure(string line) => line[..line.LastIndexOf(',')];
    }

    [TestCase("pairs", "digit-flips")]
    [TestCase("nuclei", "permuted-masks")]
    [TestCase("streets", "swapped-masks")]
    public void Program_RealImages_GiveATable(string set, string corruption)
    {
        if (Environment.GetEnvironmentVariable("ILT_DATA") is not { } data || !Directory.Exists(data))
            Assert.Ignore("needs the real images: set ILT_DATA to the folder that holds mnist20k/, fashion-mnist12k/, dsb2018-nuclei/ and camvid/");
        else
        {
            string[] arguments = [set, "--data", data, "--out", folder, "--rows", "32", "--seeds", "1", "--corruptions", corruption, "--weightings", "ilt", "--epochs", "1"];
            var printed = Example.Output(() => Assert.That(Run(arguments), Is.Zero));
            Assert.That(printed, Has.Some.EqualTo($"### {set}, {corruption}, 40 %"));
        }
    }

    [Test]
    public void Program_UnknownSet_ShowsItsUsage() => Assert.That(Run(["cats"]), Is.EqualTo(1));

    private static int Run(string[] arguments) =>
        (int)Assembly.Load("ImageTables").EntryPoint!.Invoke(null, [arguments])!;
}
