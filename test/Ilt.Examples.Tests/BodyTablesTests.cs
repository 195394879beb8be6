using System.Reflection;
using Ilt.Bodies;
using Ilt.Datasets;

namespace Ilt.Examples.Tests;

/// <summary>Keeps the tables of people alive: few small runs from the data to the printed tables, and tables of figures that are known.</summary>
public class BodyTablesTests
{
    private static readonly string[] Quick = ["--rows", "24", "--test", "8", "--seeds", "1", "--fractions", "0.4", "--epochs", "1", "--width", "4", "--surface", "50"];

    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("body-tables").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Program_Bodies_MeasuresAllTasksAndComparesWithCleanLabels()
    {
        var printed = Example.Output(() => Assert.That(Run(["bodies", "--out", folder, "--corruptions", "clean,body", "--weightings", "ilt,equal", .. Quick]), Is.Zero));
        Assert.That(printed, Has.Some.EqualTo("### bodies, clean labels").And.Some.EqualTo("### bodies, body, 40 %"));
        Assert.That(printed, Has.Exactly(1).Match(@"^\| ilt / its own on clean labels(?: \| \d+\.\d\d){5} \| \|$"));
        Assert.That(printed, Has.Exactly(1).Match(@"^\| ilt / the best of the others(?: \| \d+\.\d\d){5} \| \|$"));
        Assert.That(printed, Has.Exactly(2).Match(@"^\| (?:parts \(its labels are right\)|surface) \| ilt, s \| \d+\.\d \| [01]\.\d{3} \| [01]\.\d{3} \|$"));
        var lines = File.ReadAllLines(Path.Combine(folder, "runs.csv")).Select(line => line.Split(',')).ToList();
        foreach (var figure in (string[])["surface error", "MPJPE", "PA-MPJPE"])
            Assert.That(lines.Count(line => line[5] == "surface" && line[6] == figure), Is.EqualTo(4), figure);
        // A surface off by 5 to 2000 mm: neither metres nor something else in the place of millimetres.
        Assert.That(lines.Where(line => line[6] == "surface error").Select(line => double.Parse(line[7])), Is.All.InRange(5, 2000));
    }

    [Test]
    public void Program_BodyFiles_ReadsAFolder()
    {
        var model = BodyModel.Read(Path.Combine(AppContext.BaseDirectory, "makehuman-cc0.npz"));
        BodyImages.Write(Path.Combine(folder, "body-like-surreal"), new BodyGenerator(model, new BodySceneOptions { Height = 32, Width = 32 }), 24, 8);
        string[] arguments = ["body-files", "--data", folder, "--out", Path.Combine(folder, "out"), "--corruptions", "parts", "--weightings", "ilt", "--pose-loss", "matrices", "--augment", "1", .. Quick];
        var printed = Example.Output(() => Assert.That(Run(arguments), Is.Zero));
        Assert.That(printed, Has.Some.EqualTo("### body-files, parts, 40 %"));
        Assert.That(Example.Output(() => Run(arguments)), Has.None.Contain(" epoch 1/1"), "a finished run is not repeated");
    }

    [Test]
    public void Summary_SeveralFolders_GivesMeansDeviationsAndRatios()
    {
        Write("one", "clean,0,1,ilt,surface,surface error,50", "body,0.4,1,ilt,surface,surface error,59", "body,0.4,1,equal,surface,surface error,100", "body,0.4,1,gls,surface,surface error,200",
            "body,0.4,1,ilt,pose,found by s,0.98");
        Write("two", "body,0.4,2,ilt,surface,surface error,61", "body,0.4,1,ilt,surface,surface error,59"); // the last one is in both folders
        var printed = Example.Output(() => Assert.That(Run(["bodies", "--summary", "--out", $"{folder}/one,{folder}/two"]), Is.Zero));
        Assert.That(printed, Has.Some.EqualTo("| ilt | 60.0 ± 1.4 |  |  |  |  | 2 |"));
        Assert.That(printed, Has.Some.EqualTo("| ilt / its own on clean labels | 1.20 |  |  |  |  | |"));
        Assert.That(printed, Has.Some.EqualTo("| ilt / the best of the others | 0.60 |  |  |  |  | |"));
        Assert.That(printed, Has.Some.EqualTo("| pose | ilt, s | 98.0 |  |  |"));

        void Write(string name, params string[] lines)
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            // Only a run with its last figure is a finished one.
            var ends = lines.Select(line => string.Join(',', line.Split(',')[..4])).Distinct().Select(run => $"{run},,share waited,0");
            lines = [.. lines, .. ends];
            File.WriteAllLines(Path.Combine(folder, name, "runs.csv"), ["set,corruption,fraction,seed,weighting,task,measure,value", .. lines.Select(line => $"bodies,{line}")]);
        }
    }

    [TestCase("--epochs", "many", "--epochs many: expected a whole number")]
    [TestCase("--pose-loss", "angles", "expected squared or matrices")]
    [TestCase("--corruptions", "faces", "it has clean, parts, body")]
    [TestCase("--loss-scales", "1,2", "one for each of parts, shape, pose, surface; found 2")]
    [TestCase("--body", "nobody.npz", "nobody.npz")]
    [TestCase("--out", "one,two", "add --summary")]
    public void Program_ValueThatDoesNotFit_IsRefused(string option, string value, string message)
    {
        var before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            Assert.That(Run(["bodies", "--rows", "8", "--test", "8", "--out", folder, option, value]), Is.EqualTo(1));
        }
        finally
        {
            Console.SetError(before);
        }
        Assert.That(errors.ToString(), Does.Contain(message));
    }

    private static int Run(string[] arguments) => (int)Assembly.Load("ImageTables").EntryPoint!.Invoke(null, [arguments])!;
}
