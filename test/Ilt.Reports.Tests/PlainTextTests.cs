namespace Ilt.Reports.Tests;

public class PlainTextTests
{
    [TestCase("a\u001b[31m\u202e", "a\\u001B[31m\\u202E")]
    [TestCase("plain é 👩", "plain é 👩")]
    public void Visible_ControlCharacters_ShowTheirNumbers(string text, string shown) => Assert.That(PlainText.Visible(text), Is.EqualTo(shown));

    [TestCase(0, 0, "0 %")]
    [TestCase(0.004, 0, "< 1 %")]
    [TestCase(0.9996, 0, "> 99 %")]
    [TestCase(1, 0, "100 %")]
    [TestCase(0.0815, 1, "8.2 %")]
    [TestCase(0.00001, 1, "< 0.1 %")]
    [TestCase(double.NaN, 0, "–")]
    public void Percent_OnlyTheExact_IsNoneOrAll(double share, int digits, string shown) => Assert.That(PlainText.Percent(share, digits), Is.EqualTo(shown));

    [Test]
    public void Cut_BetweenSurrogates_KeepsPairsWhole() => Assert.That(PlainText.Cut("ab👩c", 3), Is.EqualTo("ab … (5 characters)"));
}
