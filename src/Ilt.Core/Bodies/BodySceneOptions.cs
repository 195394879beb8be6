namespace Ilt.Bodies;

/// <summary>What <see cref="BodyGenerator"/> makes. Immutable.</summary>
public sealed record BodySceneOptions
{
    /// <summary>Smallest height and width of a picture.</summary>
    public const int MinimumSide = 16;

    /// <summary>Height in pixels, at least 16. Default 64.</summary>
    public int Height { get; init; } = 64;

    /// <summary>Width in pixels, at least 16. Default 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Seed of the whole series. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Number of different people (shape and clothes); picture i shows person i modulo this. Default 0: a new one in every picture.
    /// </summary>
    public int People { get; init; }

    /// <summary>Factor of how far joints bend, within their limits. Default 1; 0 (all stand alike) .. 2.</summary>
    public double PoseSpread { get; init; } = 1;

    /// <summary>
    /// In how many ways joints bend together: all joints follow from this many numbers, as in a series of movements, where one limb tells much
    /// about the others. Default 0: every joint bends on its own, which takes far more pictures to learn. 0 .. 64.
    /// </summary>
    public int PoseDimensions { get; init; }

    /// <summary>Standard deviation of the body's lean, radians. Default 0.17; 0 .. 1.</summary>
    public double Tilt { get; init; } = 0.17;

    /// <summary>
    /// Largest turn about the vertical to either side, degrees; 0: all face the camera. Default 180: they look anywhere, and telling front from back
    /// is part of the task. 0 .. 180.
    /// </summary>
    public double TurnDegrees { get; init; } = 180;

    /// <summary>Shape coefficients are standard normal, cut off here. Default 2.2; 0 .. 5.</summary>
    public double ShapeLimit { get; init; } = 2.2;

    /// <summary>Standard deviation of the camera's noise, gray levels. Default 2; 0 .. 50.</summary>
    public double Noise { get; init; } = 2;

    /// <summary>Samples per pixel and axis, odd: 1, 3 (default) or more; it smooths the picture's edges and leaves the labels exact.</summary>
    public int Samples { get; init; } = 3;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Check(Height, MinimumSide, int.MaxValue, nameof(Height));
        Check(Width, MinimumSide, int.MaxValue, nameof(Width));
        Check(People, 0, int.MaxValue, nameof(People));
        Check(PoseSpread, 0, 2, nameof(PoseSpread));
        Check(PoseDimensions, 0, 64, nameof(PoseDimensions));
        Check(Tilt, 0, 1, nameof(Tilt));
        Check(TurnDegrees, 0, 180, nameof(TurnDegrees));
        Check(ShapeLimit, 0, 5, nameof(ShapeLimit));
        Check(Noise, 0, 50, nameof(Noise));
        Check(Samples, 1, 15, nameof(Samples));
        if (Samples % 2 == 0) throw new ArgumentException(FormattableString.Invariant($"{nameof(BodySceneOptions)}.{nameof(Samples)} must be odd; found {Samples}."));
    }

    private static void Check(double value, double least, double most, string name)
    {
        if (value >= least && value <= most) return;
        var range = most == int.MaxValue ? FormattableString.Invariant($"at least {least}") : FormattableString.Invariant($"between {least} and {most}");
        throw new ArgumentException(FormattableString.Invariant($"{nameof(BodySceneOptions)}.{name} must be {range}; found {value}."));
    }
}
