namespace Ilt.Imaging;

/// <summary>
/// How the raw numbers of a map file become values: value = raw * <see cref="Scale"/> + <see cref="Offset"/>. Immutable.
/// </summary>
/// <remarks>Depth in millimetres as 16-bit PNG: Scale 0.001, Invalid 0. Disparity of Cityscapes: <see cref="CityscapesDisparity"/>.</remarks>
public sealed record MapEncoding
{
    /// <summary>Factor of the raw number. Default 1; finite, not 0.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Added after the factor. Default 0; finite.</summary>
    public double Offset { get; init; }

    /// <summary>The raw number (before scale and offset) that means "no value here"; default null: every number is a value.</summary>
    public double? Invalid { get; init; }

    /// <summary>Whether NaN in a file means "no value here". Default false: NaN is an error, as infinity always is.</summary>
    public bool NanIsInvalid { get; init; }

    /// <summary>Raw numbers as they are.</summary>
    public static MapEncoding Plain { get; } = new();

    /// <summary>Disparity of Cityscapes, in pixels of the full-size image: (raw - 1) / 256, and 0 is no value.</summary>
    public static MapEncoding CityscapesDisparity { get; } = new() { Scale = 1.0 / 256, Offset = -1.0 / 256, Invalid = 0 };

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (!double.IsFinite(Scale) || Scale == 0)
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MapEncoding)}.{nameof(Scale)} must be a finite number other than 0; found {Scale}."));
        if (!double.IsFinite(Offset))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(MapEncoding)}.{nameof(Offset)} must be a finite number; found {Offset}."));
        if (Invalid is { } invalid && double.IsNaN(invalid))
            throw new ArgumentException($"{nameof(MapEncoding)}.{nameof(Invalid)} must be a number; set {nameof(NanIsInvalid)} where NaN means no value.");
    }
}
