using System.Globalization;

namespace Ilt.Parameters;

/// <summary>How the log-variances s[row, task] start, move and are bounded. Immutable.</summary>
/// <remarks>
/// The defaults are the plain rule (no momentum, 0.4 per visit, pull towards the task's median). <see cref="Paper"/> is
/// sparse SGD with momentum as in section 3.1 of Vasu, Saxena and Tuzel (2021), "Instance-Level Task Parameters".
/// Departure from the paper: the step is given per visit and is not divided by the batch size.
/// </remarks>
public sealed record InstanceTaskParameterOptions
{
    /// <summary>Value of every s before its first step. Default 0; between <see cref="Minimum"/> and <see cref="Maximum"/>.</summary>
    public double InitialValue { get; init; }

    /// <summary>
    /// Lower clamp of s: at -4 a row's loss weighs up to exp(4) = 54.6 times as much as at s = 0. Default null:
    /// <see cref="DefaultMinimum"/>, but -6 in a training with label images, whose losses, means over many pixels, fall much lower.
    /// </summary>
    public double? Minimum { get; init; }

    /// <summary>The lower clamp where <see cref="Minimum"/> is left open.</summary>
    public const double DefaultMinimum = -4;

    /// <summary>Upper clamp of s. Default 4.</summary>
    public double Maximum { get; init; } = 4;

    /// <summary>Step of s each time a row is visited, whatever the batch size. Default 0.4; greater than 0 and below 2 (1 + <see cref="Momentum"/>), where steps stop converging.</summary>
    public double StepSize { get; init; } = 0.4;

    /// <summary>Heavy-ball momentum m: buf = m buf + g; s = s - step buf. Default 0, which also halves the memory; in [0, 1).</summary>
    public double Momentum { get; init; }

    /// <summary>Epochs at the start during which s stays frozen. Default null: max(1, ceil(0.1 E)) of E epochs; at least 0.</summary>
    public int? WarmupEpochs { get; init; }

    /// <summary>
    /// Strength gamma of the pull of s towards its task's median; the pull in force is gamma times the fourth root of the share (0 to 1)
    /// of the task's reference loss that is still unexplained. With a pull lambda in force the step is <see cref="StepSize"/> / (1 + lambda).
    /// At least 0; 0 gives the paper's rule. Default null: <see cref="DefaultMedianPull"/>, but 0 in a training on images, where little
    /// stays unexplained and rows that fit are to win over those that do not.
    /// </summary>
    public double? MedianPull { get; init; }

    /// <summary>The pull where <see cref="MedianPull"/> is left open.</summary>
    public const double DefaultMedianPull = 3;

    /// <summary>The paper's heavy-ball rule: momentum 0.9, step 0.06 per visit, no pull towards the median.</summary>
    public static InstanceTaskParameterOptions Paper { get; } = new() { Momentum = 0.9, StepSize = 0.06, MedianPull = 0 };

    /// <summary>Number of epochs during which s stays frozen in a run of a given length.</summary>
    /// <param name="totalEpochs">Length of the run, at least 1.</param>
    /// <returns><see cref="WarmupEpochs"/>, or max(1, ceil(0.1 E)) where that is null.</returns>
    public int ResolveWarmup(int totalEpochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalEpochs, 1);
        return WarmupEpochs ?? Math.Max(1, (totalEpochs + WarmupDivisor - 1) / WarmupDivisor);
    }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        var minimum = Minimum ?? DefaultMinimum;
        Require(double.IsFinite(minimum) && double.IsFinite(Maximum) && minimum < Maximum,
            nameof(Minimum), minimum, FormattableString.Invariant($"a finite number below {nameof(Maximum)} ({Maximum})"));
        Require(InitialValue >= minimum && InitialValue <= Maximum,
            nameof(InitialValue), InitialValue, FormattableString.Invariant($"between {nameof(Minimum)} ({minimum}) and {nameof(Maximum)} ({Maximum})"));
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and below 1");
        Require(StepSize > 0 && StepSize < 2 * (1 + Momentum),
            nameof(StepSize), StepSize, FormattableString.Invariant($"above 0 and below 2 (1 + momentum) = {2 * (1 + Momentum)}"));
        Require(WarmupEpochs is null or >= 0, nameof(WarmupEpochs), WarmupEpochs ?? 0, "at least 0, or null to choose it from the number of epochs");
        Require(MedianPull is null || (MedianPull >= 0 && double.IsFinite(MedianPull.Value)), nameof(MedianPull), MedianPull ?? 0, "a finite number of at least 0");
    }

    private const int WarmupDivisor = 10;

    private static void Require(bool satisfied, string option, double found, string expected)
    {
        if (!satisfied)
            throw new ArgumentException($"{nameof(InstanceTaskParameterOptions)}.{option} must be {expected}; found {found.ToString(CultureInfo.InvariantCulture)}.");
    }
}
