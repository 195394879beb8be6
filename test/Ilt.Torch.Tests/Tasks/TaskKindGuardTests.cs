using System.Text.RegularExpressions;

namespace Ilt.Torch.Tests;

/// <summary>What a kind of task knows stands in its folder: nothing else in Ilt.Torch asks of what kind a task or its labels are.</summary>
public class TaskKindGuardTests
{
    private static readonly string[] Kinds = ["Classes", "Numbers", "Counts", "Masks", "Maps", "Derived"];

    // File and a part of the line.
    private static readonly (string File, string Part)[] Allowed =
    [
        ("Inputs/Images/ImageDefaults.cs", "bool HasBody("), // a question about bodies
    ];

    private const string Types = "(ClassificationTask|RegressionTask|PixelClassificationTask|PixelRegressionTask|CountTask|DerivedTask|ClassLabels|NumberLabels|MaskLabels|MapLabels|DerivedLabels)";

    // is, as and case, also with not and or; arms of a switch; casts; OfType. A constant such as PixelClassificationTask.Ignored is no type.
    private static readonly Regex TypeTest = new(
        @$"\b(is|as|case|or|and|not)\s+(not\s+)?\(?{Types}\b(?!\.)|^\s*\(?{Types}\b(\s*\{{[^}}]*\}})?[^.;(){{}}]*=>|\({Types}\)\s*[\w(]|\b(OfType|Cast)<{Types}>", RegexOptions.Compiled);

    [Test]
    public void Sources_OutsideTheKindsFolders_DoNotAskForAKind()
    {
        var root = Path.Combine(Checkout(), "src", "Ilt.Torch");
        string[] own = [.. Kinds.Select(kind => $"Tasks/{kind}/"), "Tasks/TaskKinds.cs"];
        Assert.That(Kinds.Select(kind => Path.Combine(root, "Tasks", kind)), Has.All.Exist);
        var found = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace('\\', '/')))
            .Where(file => !own.Any(file.Name.StartsWith) && !file.Name.StartsWith("obj/", StringComparison.Ordinal))
            .SelectMany(file => Find(File.ReadLines(file.Path))
                .Where(line => !Allowed.Any(allowed => file.Name == allowed.File && line.Text.Contains(allowed.Part, StringComparison.Ordinal)))
                .Select(line => $"src/Ilt.Torch/{file.Name}:{line.Number}: {line.Text.Trim()}"));
        Assert.That(found, Is.Empty, "ask the task itself: a member of TaskDefinition or TaskLabels that its kind overrides");
    }

    [TestCase("if (tasks[k] is not ClassificationTask task)"), TestCase("var derived = tasks[k] as DerivedTask;"), TestCase("case RegressionTask regression:")]
    [TestCase("    ClassificationTask => 1,"), TestCase("    RegressionTask { Loss: RegressionLoss.Squared } task => 1,"), TestCase("task is DerivedTask or RegressionTask"), TestCase("task is CountTask count")]
    [TestCase("foreach (var mask in tasks.OfType<PixelClassificationTask>())"), TestCase("((ClassLabels)labels[k]).Classes"), TestCase("source is not (NumberLabels or ClassLabels)")]
    public void Find_TypeTest_SeesIt(string line) => Assert.That(Find([line]), Is.Not.Empty);

    [TestCase("Ignored = PixelClassificationTask.Ignored;"), TestCase("mask[pixel] is PixelClassificationTask.Ignored"), TestCase("new(1, typeof(RegressionTask), RegressionTask.Read),")]
    [TestCase("/// <summary>As of a <see cref=\"RegressionTask\"/>.</summary>"), TestCase("public static void Check(ClassificationTask task) => Check(task.Name);")]
    public void Find_NoTypeTest_SeesNothing(string line) => Assert.That(Find([line]), Is.Empty);

    private static IEnumerable<(int Number, string Text)> Find(IEnumerable<string> lines) =>
        lines.Select((text, i) => (Number: i + 1, Text: text)).Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && TypeTest.IsMatch(line.Text));

    private static string Checkout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ilt.MLNet.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Ilt.MLNet.sln");
        return folder;
    }
}
