using System.Globalization;
using System.Text.RegularExpressions;
using Ilt.Imaging;

namespace Ilt.Examples.Tests;

/// <summary>The example of people runs on small pictures, finds wrong masks and bodies, measures in millimetres and draws.</summary>
public class HumanShapeAndPoseTests
{
    private const int Size = 32;

    private string folder = null!;
    private List<string> output = null!;

    [OneTimeSetUp]
    public void RunIt()
    {
        folder = Directory.CreateTempSubdirectory("human-shape-and-pose").FullName;
        output = Example.Output(() => HumanShapeAndPose.Program.Main(["--people", "100", "--size", $"{Size}", "--epochs", "12", "--out", folder]));
    }

    [OneTimeTearDown]
    public void RemoveFiles() => Directory.Delete(folder, recursive: true);

    // The shape of a person cannot be told from so few small pictures, so noise of its size is not found in all of them.
    [TestCase("Parts", 80)]
    [TestCase("Shape", 50)]
    [TestCase("Pose", 95)]
    [TestCase("Surface", 75)]
    public void Main_WrongLabels_AreFound(string task, double atLeast)
        => Assert.That(Number($@"^{task}: of 20 wrong labels, ([\d.]+) % are among the 20 highest scores of 100"), Is.GreaterThanOrEqualTo(atLeast));

    [Test]
    public void Main_OtherPeople_AreMeasuredInMillimetresAndShares()
    {
        var line = @"^the other people: surface error ([\d.]+) mm, MPJPE ([\d.]+) mm, pixel accuracy ([\d.]+) %";
        // People of 1.5 to 2 m who stand upright, more or less: a body that is no better than the mean one is off by less than half a metre.
        Assert.That(Number(line), Is.InRange(10, 500));
        Assert.That(Number(line, group: 2), Is.InRange(10, 500));
        Assert.That(Number(line, group: 3), Is.InRange(60, 100));
    }

    [Test]
    public void Main_Pictures_ShowSixPeopleInFivePanels()
        => Assert.That(PngImage.ReadImage(Path.Combine(folder, "pictures.png")).Size, Is.EqualTo(new ImageSize(6 * 4 * Size, (5 * 4 * Size) + (4 * 2))));

    [Test]
    public void Main_FolderOfPeople_IsReadInstead()
    {
        var other = Directory.CreateDirectory(Path.Combine(folder, "other")).FullName;
        var printed = Example.Output(() => HumanShapeAndPose.Program.Main(["--data", folder, "--epochs", "1", "--out", other]));
        Assert.That(printed[0], Is.EqualTo($"100 people to train on and 25 others are in {folder}; 1 epochs"));
        Assert.That(Directory.EnumerateFileSystemEntries(other).Select(Path.GetFileName), Is.EqualTo(new[] { "pictures.png" }));
    }

    [TestCase("--size", "33")]
    [TestCase("--people")]
    [TestCase("--peoples", "64")]
    public void Main_ArgumentsItDoesNotKnow_AreRefused(params string[] arguments)
        => Assert.That(HumanShapeAndPose.Program.Main(arguments), Is.EqualTo(1));

    private double Number(string pattern, int group = 1)
    {
        var match = output.Select(line => Regex.Match(line, pattern)).FirstOrDefault(match => match.Success);
        Assert.That(match, Is.Not.Null, $"no line like '{pattern}' in\n{string.Join("\n", output)}");
        return double.Parse(match!.Groups[group].Value, CultureInfo.InvariantCulture);
    }
}
