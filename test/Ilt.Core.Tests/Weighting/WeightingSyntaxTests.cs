namespace Ilt.Weighting;

[TestFixture]
public sealed class WeightingSyntaxTests
{
    private static IEnumerable<LossWeightingKind> Kinds() => Enum.GetValues<LossWeightingKind>();

    [TestCaseSource(nameof(Kinds))]
    public void Parse_EveryName_GivesItsKindWithDefaults(LossWeightingKind kind) =>
        Assert.That(WeightingSyntax.Parse(LossWeightings.ShortName(kind)), Is.EqualTo((kind, (WeightingOptions?)null)));

    [TestCaseSource(nameof(Kinds))]
    public void Parse_EveryOptionOfItsKind_IsFormattedBack(LossWeightingKind kind)
    {
        foreach (var number in LossWeightings.DefaultOptions(kind)?.Numbers ?? [])
        {
            var text = $"{LossWeightings.ShortName(kind)}:{number.Name}={(number.Name == "warmup" ? "3" : "0.25")}";
            var (found, options) = WeightingSyntax.Parse(text);
            Assert.That(WeightingSyntax.Format(found, options), Is.EqualTo(text));
            Assert.That(options!.Numbers.Single(n => n.Name == number.Name).Value, Is.Not.EqualTo(number.Value));
        }
    }

    [Test]
    public void Parse_SeveralOptions_TakesThemAll() =>
        Assert.That(WeightingSyntax.Parse("GradNorm: alpha=0.5,Step=0.1").Options, Is.EqualTo(new GradientNormalizationOptions { Alpha = 0.5, StepSize = 0.1 }));

    [TestCase("gradnorm:beta=1", "The weighting 'gradnorm' has no option 'beta'; it has alpha=1.5,step=0.025.")]
    [TestCase("gradnorm:alpha=", "'alpha=': expected alpha=NUMBER")]
    [TestCase("gradnorm:alpha=inf", "'alpha=inf': expected alpha=NUMBER")]
    [TestCase("gradnorm:", "has no option ''")]
    [TestCase("gradnorm:alpha=1,alpha=1", "given twice")]
    [TestCase("famo:step=0", "FastAdaptiveOptions.StepSize must be a finite number above 0; found 0.")]
    [TestCase("dp:momentum=1", "DataParameterOptions.Momentum must be at least 0 and below 1; found 1.")]
    [TestCase("ilt:step=0.4", "The weighting 'ilt' has no options of this form")]
    public void Parse_BadText_SaysWhatThereIs(string text, string expected) =>
        Assert.That(() => WeightingSyntax.Parse(text), Throws.ArgumentException.With.Message.Contains(expected));

    [Test]
    public void Create_OptionsOfAnotherKind_AreRefused() => Assert.That(
        () => LossWeightings.Create(LossWeightingKind.Equal, new WeightingContext(1, [new("t", 1, 1)], 1), new FastAdaptiveOptions()),
        Throws.ArgumentException.With.Message.StartsWith("The options are those of FastAdaptive; expected those of Equal, or none."));
}
