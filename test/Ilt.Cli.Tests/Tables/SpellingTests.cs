using System.Text;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tests.Tables;

public sealed class SpellingTests
{
    [TestCase("STRASSE", "Stra\u00DFe")]
    [TestCase("STRA\u1E9EE", "stra\u00DFe")]
    [TestCase("OFFICE", "o\uFB03ce")]
    [TestCase("\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C2")]
    [TestCase("\u01F0", "J\u030C")]
    [TestCase("gru\u0308n  hell", "GR\u00DCN\u00A0hell\u200B")]
    [TestCase("\uFEFFred\t", "Red")]
    public void Key_CaseBlanksAndForm_AreOne(string a, string b) => Assert.That(Spelling.Key(a), Is.EqualTo(Spelling.Key(b)));

    [TestCase("dark-red", "dark red")]
    [TestCase("\u0131", "i")]
    [TestCase("gr\u00FCn", "grun")]
    public void Key_OtherDifferences_StayApart(string a, string b) => Assert.That(Spelling.Key(a), Is.Not.EqualTo(Spelling.Key(b)));

    // Each letter against its capital and its small letter as .NET has them one by one.
    [Test]
    public void Fold_EveryLetter_IsThatOfItsOtherCase()
    {
        foreach (var rune in Enumerable.Range('A', 0x2FFF).Where(Rune.IsValid).Select(point => new Rune(point)).Where(rune => rune.Value is not (0x130 or 0x131)))
        {
            var folded = CaseFolding.Fold(rune.ToString());
            Assert.That(CaseFolding.Fold(Rune.ToUpperInvariant(rune).ToString()), Is.EqualTo(folded), $"U+{rune.Value:X4}");
            Assert.That(CaseFolding.Fold(folded), Is.EqualTo(folded), $"U+{rune.Value:X4} twice");
        }
    }

    [TestCase("red ", "red ")]
    [TestCase("red\u00A0", "red<U+00A0>")]
    [TestCase("\tred", "<U+0009>red")]
    [TestCase("\uFEFFr\u200Bed", "<U+FEFF>r<U+200B>ed")]
    [TestCase("gru\u0308n", "gru<U+0308>n")]
    [TestCase("gr\u00FCn", "gr\u00FCn")]
    public void VisibleText_WhatNobodySees_IsANumber(string text, string expected) => Assert.That(VisibleText.Of(text), Is.EqualTo(expected));
}
