using System.Text.RegularExpressions;

namespace Ilt.Torch.Tests.Inputs;

/// <summary>What a kind of input knows stands in its folder: nothing else in Ilt.Torch asks whether rows are images or a table.</summary>
public class InputModalityGuardTests
{
    // The two folders, and where a shape says it to users.
    private static readonly string[] Own = ["Inputs/Images/", "Inputs/Tables/", "Inputs/InputShape.cs"];

    private const string Types = "(ImageData|TableData|StreamedTable|ImageModality|TableModality|ImageBatches|TableBatches|StreamedBatches)";

    // The property; is, as and case, also with not and or; arms of a switch; casts; OfType.
    private static readonly Regex Question = new(
        @$"\bIsImage\b|\b(is|as|case|or|and|not)\s+(not\s+)?\(?{Types}\b(?!\.)|^\s*\(?{Types}\b(\s*\{{[^}}]*\}})?[^.;(){{}}]*=>|\({Types}\)\s*[\w(]|\b(OfType|Cast)<{Types}>",
        RegexOptions.Compiled);

    [Test]
    public void Sources_OutsideTheInputsFolders_DoNotAskForAKind()
    {
        var root = Path.Combine(Checkout(), "src", "Ilt.Torch");
        Assert.That(Own.Select(own => Path.Combine(root, own)), Has.All.Exist);
        var found = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace('\\', '/')))
            .Where(file => !Own.Any(own => file.Name.StartsWith(own, StringComparison.Ordinal)) && !file.Name.StartsWith("obj/", StringComparison.Ordinal))
            .SelectMany(file => Find(File.ReadLines(file.Path)).Select(line => $"src/Ilt.Torch/{file.Name}:{line.Number}: {line.Text.Trim()}"));
        Assert.That(found, Is.Empty, "ask the input itself: a member of InputModality that its kind overrides, through InputShape.Modality");
    }

    [TestCase("var rows = Input.IsImage ? 16 : 4096;"), TestCase("if (input is { IsImage: true })"), TestCase("if (train is not ImageData images)"), TestCase("var table = data as TableData;")]
    [TestCase("size = ((ImageData)data).Size;"), TestCase("var table = (TableData)train;"), TestCase("case TableData table:"), TestCase("    ImageData images => images.Size,")]
    [TestCase("if (input.Modality is ImageModality)"), TestCase("sets.OfType<TableData>()"), TestCase("data is ImageData or TableData")]
    public void Find_Question_SeesIt(string line) => Assert.That(Find([line]), Is.Not.Empty);

    [TestCase("var rows = input.Modality.RowsAtOnce;"), TestCase("/// <summary>As <see cref=\"ImageData\"/>.</summary>"), TestCase("// not ImageData")]
    [TestCase("public static ImageData Crop(ImageData images) => images;"), TestCase("var table = new TableData(features, 4, labels);"), TestCase("IsImageNet = true;")]
    public void Find_NoQuestion_SeesNothing(string line) => Assert.That(Find([line]), Is.Empty);

    private static IEnumerable<(int Number, string Text)> Find(IEnumerable<string> lines) => lines
        .Select((text, i) => (Number: i + 1, Text: text))
        .Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && Question.IsMatch(line.Text));

    private static string Checkout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ilt.MLNet.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Ilt.MLNet.sln");
        return folder;
    }
}
