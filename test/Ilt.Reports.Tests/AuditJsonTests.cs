using System.Text;
using System.Text.Json;
using Ilt.Reports.Tests.Samples;

namespace Ilt.Reports.Tests;

public class AuditJsonTests
{
    private static IEnumerable<TestCaseData> Reports =>
    [
        new TestCaseData(AuditSample.Pairs()).SetArgDisplayNames("pairs"), new TestCaseData(AuditSample.Table(300)).SetArgDisplayNames("table"), new TestCaseData(AuditSample.Masks()).SetArgDisplayNames("masks"),
        new TestCaseData(AuditSample.Edge()).SetArgDisplayNames("edge"), new TestCaseData(HostileTexts.Report()).SetArgDisplayNames("hostile"),
    ];

    [TestCaseSource(nameof(Reports))]
    public void Read_OfWritten_IsTheSameWithoutPictures(AuditReport report)
    {
        var read = AuditJson.Read(new MemoryStream(Written(report)));
        Assert.That(Written(read), Is.EqualTo(Written(report)));
        Assert.That(read.Pictures, Is.Empty);
        Assert.That(read.Created, Is.EqualTo(report.Created));
        for (var t = 0; t < report.Tasks.Count; t++)
            for (var i = 0; i < report.Tasks[t].Rows.Count; i++)
                Assert.That(read.Tasks[t].Rows[i] with { Regions = null }, Is.EqualTo(report.Tasks[t].Rows[i] with { Regions = null, Overlay = null }));
    }

    [Test]
    public void Write_Rows_AreArraysWithNaNAsNull()
    {
        using var json = JsonDocument.Parse(Written(AuditSample.Edge()));
        var rows = json.RootElement.GetProperty("tasks")[0].GetProperty("rows");
        Assert.That(rows.GetProperty("columns").EnumerateArray().Select(name => name.GetString()).Take(3), Is.EqualTo(new[] { "id", "score", "logVariance" }));
        Assert.That(rows.GetProperty("data")[0].GetRawText(), Is.EqualTo("[\"a\",null,null,null,\"1.5\",\"\",\"\",null,null,false,null,\"\"]"));
        Assert.That(json.RootElement.GetProperty("isComplete").GetBoolean());
    }

    [Test]
    public void Read_ColoursOfClasses_AreTheSame_AndNeedNotBeThere()
    {
        var report = AuditSample.Masks();
        Assert.That(AuditJson.Read(new MemoryStream(Written(report))).Tasks[0].Colours, Is.EqualTo(report.Tasks[0].Colours));
        var text = Encoding.UTF8.GetString(Written(AuditSample.Edge())).Replace(",\"colours\":null,\"colourNote\":null", "", StringComparison.Ordinal);
        Assert.That(text, Does.Not.Contain("colour"));
        Assert.That(AuditJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Tasks[0].Colours, Is.Null);
    }

    [Test]
    public void Read_InfiniteLoss_IsInfinite()
    {
        var edge = AuditSample.Edge();
        var report = edge with { Tasks = [edge.Tasks[0] with { Rows = [edge.Tasks[0].Rows[0] with { Loss = float.PositiveInfinity, Score = float.NegativeInfinity }] }] };
        var row = AuditJson.Read(new MemoryStream(Written(report))).Tasks[0].Rows[0];
        Assert.That((row.Loss, row.Score), Is.EqualTo((float.PositiveInfinity, float.NegativeInfinity)));
    }

    [TestCase("", "no audit.json")]
    [TestCase("null", "holds null")]
    [TestCase("{}", "no audit.json")]
    [TestCase("[1]", "no audit.json")]
    public void Read_SomethingElse_SaysSo(string text, string said) =>
        Assert.That(() => AuditJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))), Throws.TypeOf<FormatException>().With.Message.Contains(said));

    [Test]
    public void Read_LaterVersion_IsRefusedByName() =>
        Assert.That(() => AuditJson.Read(new MemoryStream(Written(AuditSample.Edge() with { FormatVersion = 2 }))), Throws.TypeOf<FormatException>().With.Message.Contains("format version 2"));

    [TestCase("\"score\"", "\"skore\"", "skore")]
    [TestCase("\"1.5\"", "1.5", "String is expected")]
    [TestCase("false,null,\"\"]", "0,null,\"\"]", "true or false is expected")]
    public void Read_ChangedRows_NamesWhatIsWrong(string from, string to, string said)
    {
        var text = Encoding.UTF8.GetString(Written(AuditSample.Edge())).Replace(from, to, StringComparison.Ordinal);
        Assert.That(() => AuditJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))), Throws.TypeOf<FormatException>().With.Message.Contains(said));
    }

    private static byte[] Written(AuditReport report)
    {
        using var stream = new MemoryStream();
        AuditJson.Write(report, stream);
        return stream.ToArray();
    }
}
