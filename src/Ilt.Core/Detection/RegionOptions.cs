namespace Ilt.Detection;

/// <summary>Which regions of a mask or map <see cref="RegionFlags"/> reports. Immutable.</summary>
public sealed record RegionOptions
{
    /// <summary>Smallest region in pixels, at least 1. Default 8.</summary>
    public int MinimumPixels { get; init; } = 8;

    /// <summary>
    /// Masks: smallest mean heat of a region, at least 0. Default 1: the network gives the given class less than 37 % (1/e), taken as the
    /// geometric mean over pixels and snapshots.
    /// </summary>
    public double MinimumHeat { get; init; } = 1;

    /// <summary>Maps: smallest heat of each pixel of a region, in robust standard deviations of the residuals, above 0. Default 4.</summary>
    public double MinimumDeviations { get; init; } = 4;

    /// <summary>Longest list, at least 1. Default 20.</summary>
    public int MaximumRegions { get; init; } = 20;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (MinimumPixels < 1)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MinimumPixels)} of a region must be at least 1; found {MinimumPixels}."));
        if (!(MinimumHeat >= 0 && double.IsFinite(MinimumHeat)))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MinimumHeat)} of a region must be a number of at least 0; found {MinimumHeat}."));
        if (!(MinimumDeviations > 0 && double.IsFinite(MinimumDeviations)))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MinimumDeviations)} of a region must be a number above 0; found {MinimumDeviations}."));
        if (MaximumRegions < 1)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MaximumRegions)} must be at least 1; found {MaximumRegions}."));
    }
}
