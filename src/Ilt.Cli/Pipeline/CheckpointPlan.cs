using System.Globalization;
using System.Text.RegularExpressions;

namespace Ilt.Cli.Pipeline;

/// <summary>How often <c>ilt flag</c> keeps the state of its training.</summary>
/// <param name="Interval">Least time between two; null: not by time.</param>
/// <param name="Epochs">After every so many epochs; null: not by epochs.</param>
internal sealed partial record CheckpointPlan(TimeSpan? Interval, int? Epochs)
{
    /// <summary>What --checkpoint takes, for messages.</summary>
    public const string Form = "a time (10m, 30s, \"10 minutes\"), a number of epochs (2e, \"2 epochs\"), or off";

    /// <summary>Every five minutes, so that only a training that takes longer writes any.</summary>
    public static CheckpointPlan Default { get; } = new(TimeSpan.FromMinutes(5), null);

    /// <summary>No checkpoints.</summary>
    public static CheckpointPlan Off { get; } = new(null, null);

    /// <summary>Whether there are any.</summary>
    public bool IsOn => Interval is not null || Epochs is not null;

    /// <summary>Reads the value of --checkpoint.</summary>
    public static CheckpointPlan Parse(string text)
    {
        if (text.Trim() == "off") return Off;
        var match = Every().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            throw new UserErrorException($"--checkpoint {text}: expected {Form}.");
        return match.Groups[2].Value[0] switch
        {
            'e' => new(null, number),
            'm' => new(TimeSpan.FromMinutes(number), null),
            _ => new(TimeSpan.FromSeconds(number), null),
        };
    }

    /// <summary>The plan in words.</summary>
    public override string ToString() => Epochs is { } epochs
        ? epochs == 1 ? "after every epoch" : FormattableString.Invariant($"every {epochs} epochs")
        : Interval is not { } time ? "never"
        : time.TotalSeconds % 60 == 0 ? FormattableString.Invariant($"every {time.TotalMinutes:0} minutes") : FormattableString.Invariant($"every {time.TotalSeconds:0} seconds");

    [GeneratedRegex(@"^\s*(?:every\s+)?(\d+)\s*(e|epochs?|m|min|minutes?|s|sec|seconds?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Every();
}
