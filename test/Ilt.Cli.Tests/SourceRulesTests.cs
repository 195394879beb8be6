using System.Text.RegularExpressions;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests;

/// <summary>Rules of the command line's sources that the compiler does not know.</summary>
public sealed partial class SourceRulesTests
{
    private const string Type = "((Class|Number|Count|File|Surface)Label|(Class|Regression|Count|Pixel|Mask|Map|Vertices)Syntax)";

    [Test]
    public void KindsOfTasks_AreAskedForInTasksOnly() => Assert.That(
        Lines(folder => folder != "Tasks", KindOfTask()), Is.Empty,
        "what differs between kinds of tasks is a member of TaskSyntax or TaskLabel; people's tasks are found by PersonTasks");

    [Test]
    public void Rooms_BelowTheCommands_KnowNone() => Assert.That(
        Lines(folder => folder is "Output" or "Reports" or "Pipeline" or "Tasks" or "Tables" or "Images", Command()), Is.Empty,
        "move what is used to the room below");

    [Test]
    public void Tables_AtTheBottom_KnowNoOtherRoom() => Assert.That(
        Lines(folder => folder == "Tables", OtherRoom()), Is.Empty, "a table is read without knowing what for");

    [TestCase("if (label is not ClassLabel known)")]
    [TestCase("labels.OfType<FileLabel>()")]
    [TestCase("        SurfaceLabel surface => 1,")]
    [TestCase("((NumberLabel)label).Components")]
    [TestCase("task.Syntax is VerticesSyntax")]
    [TestCase("task.Syntax is CountSyntax")]
    [TestCase("spec.Kind == TaskKind.Mask")]
    public void KindOfTask_AskedForInAnyWay_IsFound(string line) => Assert.That(KindOfTask().IsMatch(line));

    private static string[] Lines(Func<string, bool> folder, Regex forbidden)
    {
        var sources = Path.Combine(Checkout.Root, "src", "Ilt.Cli");
        var files = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(sources, file).Replace('\\', '/')).Order(StringComparer.Ordinal)
            .Where(file => folder(file.Contains('/') ? file[..file.IndexOf('/')] : "")).ToArray();
        Assert.That(files, Is.Not.Empty);
        return
        [
            .. files.SelectMany(file => File.ReadLines(Path.Combine(sources, file)).Select((line, i) => (Text: line, At: $"{file}({i + 1})"))
                .Where(line => forbidden.IsMatch(line.Text))).Select(line => $"{line.At}: {line.Text.Trim()}"),
        ];
    }

    // Tests of a type, filters and casts by one, and arms of a switch.
    [GeneratedRegex(@"\bTaskKind\b|\b(is|as)\s+(not\s+)?" + Type + @"\b|(OfType|Cast)<" + Type + @">|\(" + Type + @"\)|"
        + @"^\s*" + Type + @"(\s+\w+)?\s+=>")]
    private static partial Regex KindOfTask();

    [GeneratedRegex(@"using Ilt\.Cli\.Commands\b|\bCommands\.")]
    private static partial Regex Command();

    [GeneratedRegex(@"using Ilt\.Cli\.(Commands|Images|Output|Pipeline|Reports|Tasks)\b")]
    private static partial Regex OtherRoom();
}
