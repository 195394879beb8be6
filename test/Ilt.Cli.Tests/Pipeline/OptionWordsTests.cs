using Ilt.Cli.Pipeline;

namespace Ilt.Cli.Tests.Pipeline;

public sealed class OptionWordsTests
{
    [TestCase("Lower LearningRate, keep GradientClipNorm at 1, and check the inputs.", "Lower --lr and check the inputs.")]
    [TestCase("LearningRate: 0.002 there, 0.01 here", "--lr: 0.002 there, 0.01 here")]
    [TestCase("BatchSize must be at least 1, found 0.", "--batch must be at least 1, found 0.")]
    [TestCase("the loss of task 'LearningRate' grew", "the loss of task 'LearningRate' grew")]
    [TestCase("/data/Seed/x.csv", "/data/Seed/x.csv")]
    [TestCase("MyEpochs: 3", "MyEpochs: 3")]
    public void Explain_SaysOptionsInPlaceOfProperties(string message, string expected) => Assert.That(OptionWords.Explain(message), Is.EqualTo(expected));
}
