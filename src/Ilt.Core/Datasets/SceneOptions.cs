namespace Ilt.Datasets;

/// <summary>What <see cref="SceneGenerator"/> draws. Immutable.</summary>
public sealed record SceneOptions
{
    /// <summary>Smallest height and width of a scene, in pixels.</summary>
    public const int MinimumSide = 32;

    /// <summary>Height in pixels, at least 32. Default 64.</summary>
    public int Height { get; init; } = 64;

    /// <summary>Width in pixels, at least 32. Default 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Seed of the whole series. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// From 0 (bright days, little noise, classes of distinct colours, few and near objects) to 1 (dusk and haze, strong noise, classes
    /// sharing their colours, many, far and overlapping objects). Default 0.5.
    /// </summary>
    public double Difficulty { get; init; } = 0.5;

    /// <summary>Whether the sky's inverse depth is NaN (no value) instead of 0 (infinitely far). Default false.</summary>
    public bool SkyIsInvalid { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        CheckSide(Height, nameof(Height));
        CheckSide(Width, nameof(Width));
        if (!(Difficulty is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(Difficulty)} of scenes must be between 0 and 1; found {Difficulty}."));
    }

    private static void CheckSide(int pixels, string name)
    {
        if (pixels < MinimumSide)
            throw new ArgumentException(FormattableString.Invariant($"{name} of scenes must be at least {MinimumSide} pixels; found {pixels}."));
    }
}
