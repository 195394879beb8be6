namespace Ilt.Corruption;

/// <summary>A recipe for making a known part of the labels wrong, to measure how well wrong labels are found. Immutable.</summary>
/// <remarks>
/// The rows are chosen without replacement among those that have a label. One seed gives one result on every platform, and the rows
/// chosen for a smaller fraction are among those chosen for a larger one. The generator is SplitMix64.
/// </remarks>
public sealed partial record LabelCorruption
{
    /// <summary>How labels are made wrong.</summary>
    public required LabelCorruptionKind Kind { get; init; }

    /// <summary>Share F of the labelled rows to choose, from 0 to 1; round(F x labelled rows) rows are chosen, halves up.</summary>
    public required double Fraction { get; init; }

    /// <summary>Seed. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Lower end of <see cref="LabelCorruptionKind.UniformNoise"/>, in units of the column. Default NaN: -2 standard deviations of each component.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Upper end of <see cref="LabelCorruptionKind.UniformNoise"/>, in units of the column. Default NaN: 2 standard deviations of each component.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>Standard deviation of <see cref="LabelCorruptionKind.GaussianNoise"/>, in units of the column. Default NaN: that of each component.</summary>
    public double StandardDeviation { get; init; } = double.NaN;

    /// <summary>Whether numbers are counts: what noise makes of them is rounded to a whole number, and 0 where it would be less. A count that rounding gives back is not wrong.</summary>
    public bool Counts { get; init; }

    /// <summary>Checks the recipe.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Kind))
            throw new ArgumentException($"Unknown kind of corruption {Kind}; expected one of {string.Join(", ", Enum.GetNames<LabelCorruptionKind>())}.");
        if (!(Fraction is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"The fraction to corrupt must be between 0 and 1; found {Fraction}."));
        if (double.IsNaN(Low) != double.IsNaN(High))
            throw new ArgumentException(FormattableString.Invariant($"Give both ends of the noise range or neither; found {Low} and {High}."));
        if (!double.IsNaN(Low) && !(double.IsFinite(Low) && double.IsFinite(High) && Low < High))
            throw new ArgumentException(FormattableString.Invariant($"The noise range must be two finite numbers, the lower first; found {Low} and {High}."));
        if (!double.IsNaN(StandardDeviation) && !(StandardDeviation > 0 && double.IsFinite(StandardDeviation)))
            throw new ArgumentException(FormattableString.Invariant($"The standard deviation of the noise must be a finite number above 0; found {StandardDeviation}."));
    }

    private ArgumentException WrongKind(string labels, params LabelCorruptionKind[] fitting) =>
        new($"The corruption {Kind} does not fit {labels}; expected one of {string.Join(", ", fitting)}.");
}
