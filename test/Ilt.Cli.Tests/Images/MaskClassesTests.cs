using Ilt.Cli.Images;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Images;

/// <summary>What stands for the classes of masks in their files, as it is recorded.</summary>
public sealed class MaskClassesTests
{
    private static IEnumerable<TestCaseData> Maps =>
    [
        new TestCaseData(ClassMap.Create("binary", null, null, false), new[] { "0", "1-255" }).SetArgDisplayNames("binary"),
        new TestCaseData(ClassMap.Create("binary", null, "128", false), new[] { "0", "1-127,129-255" }).SetArgDisplayNames("binary without 128"),
        new TestCaseData(ClassMap.Create(null, 3, null, false), new[] { "0", "1", "2" }).SetArgDisplayNames("count"),
        new TestCaseData(ClassMap.None, null).SetArgDisplayNames("not counted"),
        new TestCaseData(ClassMap.Create(null, null, null, true), null).SetArgDisplayNames("objects"),
    ];

    [TestCaseSource(nameof(Maps))]
    public void ValuesOfFiles_OfOptions_AreThose(object map, string[]? expected) => Assert.That(MaskClasses.Of((ClassMap)map).ValuesOfFiles(), Is.EqualTo(expected));

    [TestCase("binary")]
    [TestCase("cityscapes19")]
    [TestCase("cityscapes7")]
    [TestCase("parts25")]
    public void ValuesIn_OfValuesOfFiles_AreTheNumbersThatAreReadAsTheClass(string source)
    {
        var classes = MaskClasses.Of(ClassMap.Create(source, null, null, false));
        var values = classes.ValuesOfFiles()!;
        var read = MaskIds.FromBytes([.. Enumerable.Range(0, 256).Select(id => (byte)(id < classes.ClassCount || classes.Encoding.ClassMap is not null ? id : 0))], 16, classes.Encoding, "all");
        for (var k = 0; k < classes.ClassCount; k++)
            Assert.That(MaskClasses.ValuesIn(values[k]), Is.EqualTo(Enumerable.Range(0, 256).Where(id => read[id] == k && (id < classes.ClassCount || classes.Encoding.ClassMap is not null))), values[k]);
    }

    [Test]
    public void ValuesIn_OfColours_AreThose() => Assert.That(MaskClasses.ValuesIn("#000001,#800000"), Is.EqualTo(new[] { 1, 0x800000 }));

    [TestCase("")]
    [TestCase("x")]
    [TestCase("5-3")]
    [TestCase("0-99999999")]
    public void ValuesIn_OfWhatIsNoSuchText_AreNone(string text) => Assert.That(MaskClasses.ValuesIn(text), Is.Empty);
}
