using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Output;

/// <summary>The files of a run go and come together, whenever the process is killed.</summary>
[NonParallelizable]
public sealed class ResultSetTests
{
    private static readonly string[] OldFiles = ["run.json", "noise-scores.csv", "model.zip", "regions.csv", "heatmaps/seg/0001-a.png"];
    private static readonly string[] NewFiles = ["run.json", "noise-scores.csv", "model.zip", "pictures/seg/0001-b.png"];

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder()
    {
        ResultSet.OnStep = null;
        folder.Dispose();
    }

    [Test]
    public void Write_KilledAtAnyMoment_ShowsOldOrNewFilesAndIsFinishedByTheNext()
    {
        var kills = 0;
        for (var ended = false; !ended; kills++)
        {
            var output = folder[$"out{kills}"];
            Fill(output, "old", OldFiles);
            Fill(output, "user", ["notes.txt", "heatmaps/seg/mine.png", "heatmaps/readme"]);
            var left = kills;
            ResultSet.OnStep = _ =>
            {
                if (left-- == 0) throw new TimeoutException("killed");
            };
            try
            {
                ResultSet.Write(output, target => Fill(target, "new", NewFiles));
                ended = true;
            }
            catch (TimeoutException)
            {
            }

            ResultSet.OnStep = null;
            var visible = Visible(output).Where(file => file.Content != "user").Select(file => file.Content).Distinct().ToArray();
            Assert.That(visible, Has.Length.LessThanOrEqualTo(1), $"after {kills} steps: {string.Join(", ", visible)}");
            ResultSet.Settle(output);
            Assert.That(Visible(output).Where(file => file.Content != "user").Select(file => file.Name), Is.EquivalentTo(NewFiles), $"after {kills} steps");
            Assert.That(Visible(output).Where(file => file.Content == "user").Select(file => file.Name), Is.EquivalentTo(new[] { "notes.txt", "heatmaps/seg/mine.png", "heatmaps/readme" }));
            Assert.That(Directory.GetFileSystemEntries(output, ".ilt*"), Is.Empty);
        }

        Assert.That(kills, Is.GreaterThan(8));
    }

    [Test]
    public void Write_FailsWhileWriting_LeavesTheOldOnes()
    {
        Fill(folder["out"], "old", OldFiles);
        Assert.Throws<UserErrorException>(() => ResultSet.Write<int>(folder["out"], target =>
        {
            Fill(target, "new", NewFiles);
            throw new IOException("No space left on device");
        }));
        Assert.That(Visible(folder["out"]).Select(file => file.Name), Is.EquivalentTo(OldFiles));
        Assert.That(Directory.GetFileSystemEntries(folder["out"], ".ilt*"), Is.Empty);
    }

    [Test]
    public void Write_FilesOfEqualNamesThatAreNoRun_StayUnlessReplaced()
    {
        Fill(folder["out"], "user", ["regions.csv", "model.zip"]);
        ResultSet.Write(folder["out"], target => Fill(target, "new", NewFiles));
        Assert.That(File.ReadAllText(Path.Combine(folder["out"], "regions.csv")), Is.EqualTo("user"));
        Assert.That(File.ReadAllText(Path.Combine(folder["out"], "model.zip")), Is.EqualTo("new"));
    }

    [Test]
    public void SettleAround_TheFileOfAKilledSwap_IsThereWhenItIsRead()
    {
        Fill(folder["out"], "old", OldFiles);
        ResultSet.OnStep = to =>
        {
            if (to.EndsWith("model.zip", StringComparison.Ordinal)) throw new TimeoutException();
        };
        Assert.Throws<TimeoutException>(() => ResultSet.Write(folder["out"], target => Fill(target, "new", NewFiles)));
        ResultSet.OnStep = null;
        ResultSet.SettleAround(Path.Combine(folder["out"], "noise-scores.csv"));
        Assert.That(File.ReadAllText(Path.Combine(folder["out"], "noise-scores.csv")), Is.EqualTo("new"));
    }

    [TestCase("{\"complete\": true}", true), TestCase("{\"complete\": false}", false), TestCase("{\"comp", false), TestCase("[]", false)]
    public void PlaceOf_AnIncompleteResult_IsBesideACompleteOne(string record, bool isComplete)
    {
        folder.Write("run.json", record);
        Assert.That(ResultSet.PlaceOf(folder.Root, isComplete: false), Is.EqualTo(isComplete ? folder["incomplete"] : folder.Root));
        Assert.That(ResultSet.PlaceOf(folder.Root, isComplete: true), Is.EqualTo(folder.Root));
    }

    private static int Fill(string root, string content, string[] names)
    {
        foreach (var path in names.Select(name => Path.Combine(root, name)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }

        return names.Length;
    }

    private static (string Name, string Content)[] Visible(string root) =>
    [
        .. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(path => (Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(file => !file.Item1.StartsWith(".ilt", StringComparison.Ordinal)),
    ];
}
