namespace Ilt.Imaging;

/// <summary>One number per pixel, for example depth.</summary>
/// <param name="Height">Number of rows, 1 or more.</param>
/// <param name="Width">Number of columns, 1 or more.</param>
/// <param name="Values">[Height, Width], row by row; NaN where the pixel has no valid value.</param>
public sealed record FloatMap(int Height, int Width, float[] Values)
{
    /// <summary>[Height, Width], row by row; NaN where the pixel has no valid value.</summary>
    /// <exception cref="ArgumentException">The length is not Height * Width.</exception>
    public float[] Values { get; init; } = Values.Length == (long)Height * Width && Height > 0 && Width > 0
        ? Values
        : throw new ArgumentException(FormattableString.Invariant(
            $"A map of {Height} x {Width} pixels has {(long)Height * Width} values, at least one; found {Values.Length}."), nameof(Values));

    /// <summary>Height and width.</summary>
    public ImageSize Size => new(Height, Width);
}
