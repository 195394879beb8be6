namespace Ilt.Auditing.Tests.Findings;

public class DataAuditTests
{
    private static IEnumerable<TestCaseData> Degenerate()
    {
        yield return Case("no rows", new() { RowCount = 0, Features = [], Embedding = [], Tasks = [Task([], [])] });
        yield return Case("no rows and nothing else", new() { RowCount = 0 });
        yield return Case("rows and nothing else", new() { RowCount = 100 });
        yield return Case("one row", new() { RowCount = 1, Features = [1, 2], Embedding = [3], Tasks = [Task([1], [0.5f])] });
        yield return Case("two rows", new() { RowCount = 2, Features = [1, 2], Embedding = [3, 3], Tasks = [Task([1, 0], [0.5f, 1])] });
        var (nan, ones) = (Enumerable.Repeat(float.NaN, 300).ToArray(), Enumerable.Repeat(1f, 300).ToArray());
        yield return Case("nothing but missing values", new() { RowCount = 300, Features = nan, Embedding = nan, Tasks = [Task(nan, nan), Task(nan, nan) with { Form = LabelForm.Numbers, Columns = 1, OutOfFold = nan }] });
        yield return Case("one value throughout", new() { RowCount = 300, Features = ones, Embedding = ones, Tasks = [Task(ones, ones), Task(ones, ones) with { Form = LabelForm.Numbers, Columns = 1, OutOfFold = ones }] });
        var data = new Planted(300);
        var infinite = data.Features.Select((x, i) => i % 7 == 0 ? float.PositiveInfinity : i % 11 == 0 ? float.NegativeInfinity : i % 13 == 0 ? float.MaxValue : x).ToArray();
        yield return Case("infinite and huge values", new() { RowCount = 300, Features = infinite, Embedding = infinite, Tasks = [Task(data.Classes, infinite[..300]), Task(infinite[..300], ones) with { Form = LabelForm.Numbers, Columns = 1, OutOfFold = infinite[..300] }] });
        yield return Case("images", new() { RowCount = 300, Embedding = data.Embedding, Tasks = [Task(new float[300], data.Numbers) with { Form = LabelForm.Images, Columns = 1 }] });
        yield return Case("two distinct rows", new() { RowCount = 300, Features = [.. Enumerable.Range(0, 300).Select(i => i % 2f)], Tasks = [Task(data.Classes, data.Numbers)] });

        static TestCaseData Case(string name, DataEvidence evidence) => new TestCaseData(evidence).SetArgDisplayNames(name);

        static TaskEvidence Task(float[] given, float[] scores) => new() { Task = "t", Form = LabelForm.Classes, Columns = 3, Given = given, Scores = scores, OutOfFold = new float[3 * given.Length] };
    }

    [TestCaseSource(nameof(Degenerate))]
    public void Find_DataOfWhichLittleCanBeSaid_DoesNotFail(DataEvidence evidence)
    {
        var found = DataAudit.Find(evidence);
        Assert.That(found.SelectMany(finding => finding.Groups).SelectMany(group => group), Is.All.InRange(0, Math.Max(0, evidence.RowCount - 1)));
        Assert.That(found.Select(finding => finding.Groups.Count), Is.All.LessThanOrEqualTo(100));
        Assert.That(found.Select(finding => finding.Title + finding.Text), Has.All.Not.Contains("NaN"));
    }

    [Test]
    public void Find_Again_IsTheSame()
    {
        var first = Text(1);
        Assert.That(Text(1), Is.EqualTo(first).And.Not.Empty);

        static string Text(int seed)
        {
            var data = new Planted(600, 5);
            data.Copy(3, 4);
            data.Copy(5, 6, 0.0005f);
            data.Features[50] = 90;
            for (var row = 200; row < 260; row++) (data.ClassScores[row], data.Features[row * 5]) = (9, 3);
            return string.Join("\n", data.Find(seed).Select(f => $"{f.Kind} {f.Task} {f.Title} {f.Text} {f.Count} {string.Join(" ", f.Groups.Select(g => string.Join(",", g)))}"));
        }
    }

    [Test]
    public void Find_LengthsThatDoNotFit_AreRefused()
    {
        Assert.That(() => DataAudit.Find(new() { RowCount = 3, Features = new float[4] }), Throws.ArgumentException.With.Message.Contains("Features has 4 numbers"));
        Assert.That(() => DataAudit.Find(new() { RowCount = 2, Features = new float[4], FeatureNames = ["a"] }), Throws.ArgumentException.With.Message.Contains("1 names"));
        Assert.That(() => DataAudit.Find(new() { RowCount = 2, InputHashes = [1] }), Throws.ArgumentException.With.Message.Contains("1 hashes"));
        Assert.That(() => DataAudit.Find(new() { RowCount = 2, Tasks = [new() { Task = "t", Form = LabelForm.Classes, Columns = 2, Given = [1], Scores = [1, 2] }] }),
            Throws.ArgumentException.With.Message.Contains("Task 't' has 2 scores and 1 labels"));
    }

    [Test]
    public void Find_Cancelled_Throws() =>
        Assert.That(() => DataAudit.Find(new Planted().Evidence(), new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void All_Checks_HaveNamesAndSummaries() => Assert.Multiple(() =>
    {
        Assert.That(DataChecks.All.Select(check => check.Name), Is.Unique);
        Assert.That(DataChecks.All.Select(check => check.Summary), Is.All.Not.Empty);
    });

    [Test]
    public void Page_HasASectionForEachCheck()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ilt.MLNet.sln"))) folder = Path.GetDirectoryName(folder)!;
        var heads = File.ReadAllLines(Path.Combine(folder, "docs", "reference", "findings.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);
        Assert.That(heads.Skip(1), Is.EqualTo(DataChecks.All.Select(check => check.Name)), "the first is about distances");
    }
}
