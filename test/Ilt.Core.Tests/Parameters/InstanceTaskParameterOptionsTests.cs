namespace Ilt.Parameters;

[TestFixture]
public sealed class InstanceTaskParameterOptionsTests
{
    [Test]
    public void Defaults_AreTheMomentumFreeRule()
    {
        var options = new InstanceTaskParameterOptions();

        Assert.That(options, Is.EqualTo(new InstanceTaskParameterOptions
        {
            InitialValue = 0, Minimum = null, Maximum = 4, StepSize = 0.4, Momentum = 0, WarmupEpochs = null, MedianPull = null,
        }));
        Assert.That(options.Validate, Throws.Nothing);
    }

    [Test]
    public void Paper_IsTheHeavyBallRule()
    {
        Assert.That(InstanceTaskParameterOptions.Paper, Is.EqualTo(
            new InstanceTaskParameterOptions { StepSize = 0.06, Momentum = 0.9, MedianPull = 0 }));
        Assert.That(InstanceTaskParameterOptions.Paper.Validate, Throws.Nothing);
    }

    [TestCase(1, 1)]
    [TestCase(10, 1)]
    [TestCase(11, 2)]
    [TestCase(20, 2)]
    [TestCase(95, 10)]
    public void ResolveWarmup_NotGiven_IsATenthRoundedUp(int epochs, int expected) =>
        Assert.That(new InstanceTaskParameterOptions().ResolveWarmup(epochs), Is.EqualTo(expected));

    [Test]
    public void ResolveWarmup_Given_IsTaken() =>
        Assert.That(new InstanceTaskParameterOptions { WarmupEpochs = 0 }.ResolveWarmup(50), Is.Zero);

    [Test]
    public void Culture_OfTheseTests_HasADecimalComma() =>
        Assert.That(0.5.ToString(System.Globalization.CultureInfo.CurrentCulture), Is.EqualTo("0,5"), "otherwise the messages below prove nothing");

    private static IEnumerable<TestCaseData> Refused()
    {
        var good = new InstanceTaskParameterOptions();
        yield return new(good with { StepSize = 0 }, "InstanceTaskParameterOptions.StepSize must be above 0 and below 2 (1 + momentum) = 2; found 0.");
        yield return new(good with { StepSize = 3.8, Momentum = 0.9 }, "InstanceTaskParameterOptions.StepSize must be above 0 and below 2 (1 + momentum) = 3.8; found 3.8.");
        yield return new(good with { StepSize = double.NaN }, "InstanceTaskParameterOptions.StepSize must be above 0 and below 2 (1 + momentum) = 2; found NaN.");
        yield return new(good with { Momentum = 1 }, "InstanceTaskParameterOptions.Momentum must be at least 0 and below 1; found 1.");
        yield return new(good with { Minimum = 5 }, "InstanceTaskParameterOptions.Minimum must be a finite number below Maximum (4); found 5.");
        yield return new(good with { InitialValue = -4.5 }, "InstanceTaskParameterOptions.InitialValue must be between Minimum (-4) and Maximum (4); found -4.5.");
        yield return new(good with { WarmupEpochs = -1 }, "InstanceTaskParameterOptions.WarmupEpochs must be at least 0, or null to choose it from the number of epochs; found -1.");
        yield return new(good with { MedianPull = -1 }, "InstanceTaskParameterOptions.MedianPull must be a finite number of at least 0; found -1.");
    }

    [TestCaseSource(nameof(Refused))]
    public void Validate_OutOfRange_SaysWhatWasExpected(InstanceTaskParameterOptions options, string message) =>
        Assert.That(options.Validate, Throws.ArgumentException.With.Message.EqualTo(message));
}
