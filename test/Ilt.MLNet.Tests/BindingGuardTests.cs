using System.Text.RegularExpressions;

namespace Ilt.MLNet.Tests;

/// <summary>What differs from one kind of task to the next stands in its binding: no other file asks what a task or a label is.</summary>
public sealed partial class BindingGuardTests
{
    // The one holds the bindings, the other the kinds with what makes a task of each.
    private static readonly string[] Allowed = ["Bindings/", "TaskColumn.cs"];

    [Test]
    public void Source_OutsideTheBindings_NamesNoKind()
    {
        var root = Path.Combine(FindRoot(), "src", "Ilt.MLNet");
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: file, Name: Path.GetRelativePath(root, file).Replace('\\', '/')))
            .Where(file => !Array.Exists(Allowed, allowed => file.Name.StartsWith(allowed, StringComparison.Ordinal)))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToArray();
        Assert.That(files, Has.Length.GreaterThan(50), root);
        var found = files.SelectMany(file => Find(file.Name, File.ReadAllLines(file.Path)));
        Assert.That(found, Is.Empty, "ask the task's TaskBinding instead, or let it do the work");
    }

    [TestCase("if (task.Kind == TaskKind.Derived) return;")]
    [TestCase("case LabelKind.Mask:")]
    [TestCase("if (labels is ClassLabels classes) return;")]
    [TestCase("var store = ((PixelLabels)labels).Pixels;")]
    [TestCase("DerivedTask derived => derived,")]
    [TestCase("if (task is CountTask) return;")]
    [TestCase("rows.Labels.OfType<NumberLabels>()")]
    [TestCase("if (task.Binding is KeyBinding) return;")]
    [TestCase("if (task.Binding is CountBinding) return;")]
    public void Find_PlantedLine_IsNamedWithFileAndLine(string line)
        => Assert.That(Find("Rows/A.cs", ["", line]), Is.EqualTo((string[])[$"Rows/A.cs:2: {line}"]));

    [TestCase("/// <summary>See <see cref=\"TaskKind.Derived\"/>.</summary>")]
    [TestCase("x = 1; // not of ClassLabels")]
    [TestCase("private readonly PixelBinding binding;")]
    [TestCase("TaskKind kind, TaskLabels labels, TaskDefinition task")]
    public void Find_LineThatAsksNothing_IsPassed(string line) => Assert.That(Find("Rows/A.cs", [line]), Is.Empty);

    private static IEnumerable<string> Find(string file, IEnumerable<string> lines)
        => lines.Select((line, i) => (Text: line.Trim(), Number: i + 1))
            .Where(line => Kind().IsMatch(Comment().Replace(line.Text, "")))
            .Select(line => $"{file}:{line.Number}: {line.Text}");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ilt.MLNet.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Ilt.MLNet.sln");
        return folder;
    }

    [GeneratedRegex(@"\b(?:(?:TaskKind|LabelKind)\.|(?:Class|Number|Pixel|Mask|Map|Derived)Labels\b"
        + @"|(?:Pixel)?(?:Classification|Regression)Task\b|(?:Derived|Count)Task\b|(?:Class|Key|Boolean|Numeric|Regression|Number|Count|Vector|Mask|Map|Derived)Binding\b)")]
    private static partial Regex Kind();

    // Not from the // of an address on.
    [GeneratedRegex(@"(?<!:)//.*$")]
    private static partial Regex Comment();
}
