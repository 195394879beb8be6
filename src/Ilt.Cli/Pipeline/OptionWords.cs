using System.Text.RegularExpressions;

namespace Ilt.Cli.Pipeline;

/// <summary>Says the options of the command line where the libraries name their own.</summary>
internal static partial class OptionWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["LearningRate"] = "--lr",
        ["BatchSize"] = "--batch",
        ["Epochs"] = "--epochs",
        ["Seed"] = "--seed",
        ["Threads"] = "--threads",
        ["Weighting"] = "--weighting",
        ["StepSize"] = "--ilt-lr",
        ["Precision"] = "--precision",
        ["Augmentation"] = "augmentation (--flip, --colour, --scale, --crop)",
        ["PersonAugmentation"] = "--augment-person",
    };

    /// <summary>The message with them.</summary>
    public static string Explain(string message) => Name().Replace(
        message.Replace(", keep GradientClipNorm at 1,", "", StringComparison.Ordinal), match => Words[match.Value]);

    // Not within a name that the user gave, which messages put into quotes.
    [GeneratedRegex(@"(?<![\w'""/\\.-])(LearningRate|BatchSize|Epochs|Seed|Threads|Weighting|StepSize|Precision|PersonAugmentation|Augmentation)(?=[\s:,.;=]|$)(?!\s*=\s*\w+\.)", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
