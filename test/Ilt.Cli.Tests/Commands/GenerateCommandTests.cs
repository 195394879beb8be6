using Ilt.Cli.Tests.Support;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

public sealed class GenerateCommandTests
{
    private TempFolder folder = null!;
    private string body = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TempFolder();
        body = BodyFiles.Write(folder);
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Generate_Bodies_MakesAFolderThatListReads()
    {
        var output = Generate("--train", "5", "--val", "3", "--size", "24", "--seed", "3");

        var images = BodyImages.List(folder["people"]);
        Assert.That(images.Select(i => i.Split), Is.EqualTo(new[] { "train", "train", "train", "train", "train", "val", "val", "val" }));
        Assert.That(images[0].ReadImage().Size, Is.EqualTo(new ImageSize(24, 24)));
        Assert.That(images.Select(i => i.Person).Distinct().Count(), Is.EqualTo(8));
        Assert.That(folder.Files, Has.Length.EqualTo(1 + 1 + (3 * 8)), "nothing temporary is left");
        Assert.That(output, Does.Contain("made 8 images of 24 x 24 pixels").And.Contain("next: ilt list bodies"));
    }

    [Test]
    public void Generate_People_OfValAreNotThoseOfTrain()
    {
        var output = Generate("--train", "7", "--val", "5", "--size", "16", "--people", "3");

        var images = BodyImages.List(folder["people"]);
        var (train, val) = (images.Where(i => i.Split == "train").ToArray(), images.Where(i => i.Split == "val").ToArray());
        Assert.That(train.Select(i => i.Person), Is.EqualTo(new[] { 0, 1, 2, 0, 1, 2, 0 }));
        Assert.That(val.Select(i => i.Person), Is.EqualTo(new[] { 3, 4, 5, 3, 4 }));
        Assert.That(images.GroupBy(i => i.Person).All(g => g.All(i => i.Body.Shape.SequenceEqual(g.First().Body.Shape))), Is.True, "one person, one shape");
        Assert.That(images.Select(i => string.Join(' ', i.Body.Shape)).Distinct().Count(), Is.EqualTo(6));
        Assert.That(images.Select(i => string.Join(' ', i.Body.AxisAngles)).Distinct().Count(), Is.EqualTo(12), "each image a pose of its own");
        Assert.That(output, Does.Contain("7 images of 3 people, val: 5 images of 3 other people"));
    }

    [Test]
    public void Generate_SameSeed_MakesTheSameFiles()
    {
        Generate("--train", "3", "--val", "1", "--size", "16");
        CliRun.Done("generate", "bodies", folder["again"], "--body", body, "--train", "3", "--val", "1", "--size", "16");
        CliRun.Done("generate", "bodies", folder["other"], "--body", body, "--train", "3", "--val", "1", "--size", "16", "--seed", "2", "--pose-spread", "0.5");

        foreach (var name in new[] { "info.csv", "rgb/0002.png", "segm/0003.png", "depth/0000.png" })
        {
            Assert.That(File.ReadAllBytes(folder["again/" + name]), Is.EqualTo(File.ReadAllBytes(folder["people/" + name])), name);
            Assert.That(File.ReadAllBytes(folder["other/" + name]), Is.Not.EqualTo(File.ReadAllBytes(folder["people/" + name])), name);
        }
    }

    [Test]
    public void Generate_PoseOptions_SayHowPeopleStand()
    {
        Generate("--train", "4", "--size", "16", "--pose-spread", "0", "--turn", "0");
        CliRun.Done("generate", "bodies", this.folder["turned"], "--body", body, "--train", "4", "--size", "16", "--pose-spread", "0");
        CliRun.Done("generate", "bodies", this.folder["together"], "--body", body, "--train", "4", "--size", "16", "--turn", "0", "--pose-dimensions", "1");
        string[] Poses(string folder, Range numbers) => [.. BodyImages.List(this.folder[folder]).Select(i => string.Join(' ', i.Body.AxisAngles[numbers].Select(angle => angle + 0f))).Distinct()]; // -0 is 0

        Assert.That(Poses("people", 3..), Has.Length.EqualTo(1), "all bend alike");
        Assert.That(Poses("turned", 3..), Is.EqualTo(Poses("people", 3..)));
        Assert.That(Poses("turned", ..3), Is.Not.EqualTo(Poses("people", ..3)));
        Assert.That(Poses("together", 3..), Has.Length.EqualTo(4));
    }

    [Test]
    public void Generate_FolderInUse_IsLeftAloneUnlessToldOtherwise()
    {
        Generate("--train", "4", "--size", "16");
        File.WriteAllText(folder["people/notes.txt"], "mine");

        var error = CliRun.Refused("generate", "bodies", folder["people"], "--body", body, "--train", "2", "--size", "16");
        Assert.That(error, Does.Contain("people: is not empty").And.Contain("--overwrite"));
        Assert.That(BodyImages.List(folder["people"]), Has.Count.EqualTo(4));

        Generate("--train", "2", "--size", "16", "--overwrite");
        Assert.That(BodyImages.List(folder["people"]), Has.Count.EqualTo(2));
        Assert.That(Directory.GetFiles(folder["people/rgb"]), Has.Length.EqualTo(2), "the old images are gone");
        Assert.That(File.ReadAllText(folder["people/notes.txt"]), Is.EqualTo("mine"));
    }

    [Test]
    public void Generate_Cancelled_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        var run = CliRun.Of(source.Token, "generate", "bodies", folder["people"], "--body", body, "--train", "4", "--size", "16");

        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(Directory.Exists(folder["people"]), Is.False);
    }

    [Test]
    public void Generate_BadModel_NamesFileAndArray()
    {
        var noWeights = BodyFiles.Write(folder, "thin.npz", arrays => arrays.Remove("weights"));
        var pickle = folder.Write("model.pkl", [0x80, 2, 0]);

        Assert.That(Refused("--body", noWeights), Does.Contain($"--body {noWeights}: ").And.Contain("'weights'"));
        Assert.That(Refused("--body", pickle), Does.Contain($"--body {pickle}: ").And.Contain("np.savez"));
        Assert.That(Refused("--body", folder["absent.npz"]), Does.Contain("--body").And.Contain("absent.npz"));
        Assert.That(Directory.Exists(folder["people"]), Is.False);
    }

    [TestCase("--train", "0", "--train 0: expected a whole number of at least 1")]
    [TestCase("--size", "8", "--size 8: expected a whole number of at least 16")]
    [TestCase("--size", "2000", "expected 16 to 1024")]
    [TestCase("--people", "0", "--people 0")]
    [TestCase("--pose-spread", "3", "--pose-spread 3: expected a number from 0 to 2")]
    [TestCase("--turn", "200", "--turn 200: expected a number from 0 to 180")]
    [TestCase("--turn", "-1", "--turn -1")]
    [TestCase("--pose-dimensions", "65", "--pose-dimensions 65: expected a whole number from 0 to 64")]
    public void Generate_BadOption_SaysWhatIsExpected(string option, string value, string expected) =>
        Assert.That(Refused(option, value), Does.Contain(expected));

    [Test]
    public void Generate_WrongWords_AreNamed()
    {
        Assert.That(CliRun.Refused("generate", "dogs", folder["people"], "--body", body, "--train", "1"), Does.Contain("KIND dogs: expected bodies"));
        Assert.That(CliRun.Refused("generate", "bodies", folder["people"], "--train", "1"), Does.Contain("--body"));
        Assert.That(CliRun.Refused("generate", "bodies", body, "--body", body, "--train", "1"), Does.Contain("is a file"));
    }

    private string Generate(params string[] options) => CliRun.Done(["generate", "bodies", folder["people"], "--body", body, .. options]);

    private string Refused(string option, string value)
    {
        var options = new Dictionary<string, string> { ["--body"] = body, ["--train"] = "2", ["--size"] = "16", [option] = value };
        return CliRun.Refused(["generate", "bodies", folder["people"], .. options.SelectMany(o => new[] { o.Key, o.Value })]);
    }
}
