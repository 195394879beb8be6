namespace Ilt.Imaging;

/// <summary>The size of an image, in pixels.</summary>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
public readonly record struct ImageSize(int Height, int Width)
{
    /// <summary>Number of pixels, Height * Width.</summary>
    public int PixelCount => checked(Height * Width);

    /// <summary>Height and width, for example <c>128x256</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Height}x{Width}");
}
