using Ilt.Cli.Tables;

namespace Ilt.Cli.Tests.Tables;

/// <summary>Examples of UAX #15, and what must hold for any text.</summary>
public sealed class UnicodeFormTests
{
    [TestCase("plain", "plain")]
    [TestCase("o\u0308", "\u00F6")]
    [TestCase("\u00F6", "\u00F6")]
    [TestCase("\u212B", "\u00C5")] // Angstrom sign
    [TestCase("\u1E0B\u0323", "\u1E0D\u0307")] // marks change places
    [TestCase("s\u0307\u0323", "\u1E69")]
    [TestCase("\u1112\u1161\u11AB", "\uD55C")] // Hangul
    [TestCase("\u0958", "\u0915\u093C")] // never composed
    [TestCase("a\u0323\u0308b\u0301", "\u1EA1\u0308b\u0301")]
    [TestCase("\u0308o", "\u0308o")]
    public void Compose_Example_IsNormalFormC(string text, string expected) => Assert.That(UnicodeForm.Compose(text), Is.EqualTo(expected));

    [Test]
    public void Compose_Twice_ChangesNothing()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 6).Select(_ => char.ConvertFromUtf32(random.Next(3) switch { 0 => random.Next(0x41, 0x250), 1 => random.Next(0x300, 0x340), _ => random.Next(0x1E00, 0x2000) })));
            var once = UnicodeForm.Compose(text);
            Assert.That(UnicodeForm.Compose(once), Is.EqualTo(once));
        }
    }
}
