using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ilt.Reports.Tests.Samples;

namespace Ilt.Reports.Tests;

/// <summary>What can be said of the page without a browser.</summary>
public partial class AuditHtmlTests
{
    [Test]
    public void Policy_OfPage_AllowsItsOwnScriptsByHashAndNothingElse()
    {
        var page = Written(AuditSample.Edge());
        var policy = Regex.Match(page, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.That(policy, Does.StartWith("default-src 'none';").And.Not.Contain("unsafe").And.Not.Contain("http").And.Not.Contain("*"));
        foreach (var text in Regex.Matches(page, "<(?:script|style)>(.*?)</(?:script|style)>", RegexOptions.Singleline).Select(match => match.Groups[1].Value))
            Assert.That(policy, Does.Contain(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
    }

    [Test]
    public void Page_OfHostileTexts_HasItsOwnElementsOnly()
    {
        Assert.That(Tags(Written(HostileTexts.Report())), Is.EqualTo(Tags(Written(AuditSample.Edge()))));
        static int[] Tags(string page) => [.. new[] { "<script", "</script", "<img", "<svg", "</style" }.Select(tag => Regex.Count(WithoutCode(page), tag))];
    }

    [Test]
    public void Page_OfLargeReport_IsSmallerThanFiveMegabytes() => Assert.That(Encoding.UTF8.GetByteCount(Written(AuditSample.Large())), Is.LessThan(5_000_000));

    [Test]
    public void Script_OfOurs_MakesNoMarkupAndNoCode()
    {
        Assert.That(PageFiles.ScriptNames, Is.Not.Empty);
        foreach (var name in PageFiles.ScriptNames)
            Assert.That(Dangerous().Matches(PageFiles.Read(name)).Select(match => match.Value), Is.Empty, name);
    }

    [Test]
    public void Charts_OfBundle_EndWhereEChartsEnds()
    {
        Assert.That(PageFiles.Charts, Does.Contain("t.version=\"6.0.0\"").And.Not.Contain("eval(").And.Not.Contain("ecStat").And.Not.Contain("vizor").And.Not.Contain("</script").And.Not.Contain("<!--"));
    }

    [Test]
    public void Write_PictureOfAnotherFormat_NamesTheRow() => Assert.That(
        () => Written(AuditSample.Edge() with { Pictures = new Dictionary<string, byte[]> { ["a"] = [1, 2, 3, 4, 5] } }),
        Throws.ArgumentException.With.Message.EqualTo("The picture of row 'a' is neither PNG nor JPEG: it begins with 01020304. Encode it as one of them."));

    [TestCase("red")]
    [TestCase("#12345")]
    [TestCase("#12345g")]
    [TestCase("url(x)7")]
    public void Write_ColourOfAnotherForm_NamesTheClass(string colour)
    {
        var report = AuditSample.Masks();
        Assert.That(() => Written(report with { Tasks = [report.Tasks[0] with { Colours = [new("sky", "#ABCdef"), new("road", colour)] }] }),
            Throws.ArgumentException.With.Message.EqualTo($"The colour of class 'road' of task 'segmentation' is '{colour}'. Give #rrggbb in hexadecimal digits, or null."));
    }

    [Test]
    public void Write_ToStream_LeavesItOpenAndHasNoByteOrderMark()
    {
        using var stream = new MemoryStream();
        AuditHtml.Write(AuditSample.Edge(), stream);
        Assert.That(stream.CanWrite);
        Assert.That(stream.ToArray()[..15], Is.EqualTo("<!DOCTYPE html>"u8.ToArray()));
    }

    [Test]
    public void EmbeddedData_PastItsLimit_IsTheSameCompressed()
    {
        var json = Encoding.UTF8.GetBytes("[" + string.Join(",", Enumerable.Range(0, 500)) + "]");
        var data = EmbeddedData.Of(json, most: 100);
        Assert.That(data.MediaType, Is.EqualTo("application/gzip"));
        using var unpacked = new System.IO.Compression.GZipStream(new MemoryStream(Convert.FromBase64String(data.Text)), System.IO.Compression.CompressionMode.Decompress);
        using var copy = new MemoryStream();
        unpacked.CopyTo(copy);
        Assert.That(copy.ToArray(), Is.EqualTo(json));
        Assert.That(EmbeddedData.Of(json).Text, Is.EqualTo(Encoding.UTF8.GetString(json)));
    }

    private static string Written(AuditReport report)
    {
        using var writer = new StringWriter();
        AuditHtml.Write(report, writer);
        return writer.ToString();
    }

    private static string WithoutCode(string page) => page.Replace(PageFiles.Charts, "", StringComparison.Ordinal).Replace(PageFiles.Script, "", StringComparison.Ordinal);

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|createContextualFragment|\bfetch\b|XMLHttpRequest|https?://(?!www\.w3\.org/2000/svg)")]
    private static partial Regex Dangerous();
}
