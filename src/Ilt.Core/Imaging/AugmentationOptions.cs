namespace Ilt.Imaging;

/// <summary>Random changes of pictures during training, made alike to an image and to its masks and maps. The default changes nothing. Immutable.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Probability of exchanging left and right, from 0 to 1. Default 0.</summary>
    public double HorizontalFlip { get; init; }

    /// <summary>Probability of exchanging top and bottom, from 0 to 1. Default 0.</summary>
    public double VerticalFlip { get; init; }

    /// <summary>Size of a window cut out at a random place; at most the image's size. Default null: the image's size.</summary>
    public ImageSize? Crop { get; init; }

    /// <summary>Smallest magnification, at least 0.1. Default 1.</summary>
    public double ScaleMin { get; init; } = 1;

    /// <summary>
    /// Largest magnification, at most 10. Default 1. The logarithm is drawn uniformly. Where the magnified image is smaller than the window,
    /// it lies at a random place in it: around it the image is continued by its edge, and labels are missing.
    /// </summary>
    public double ScaleMax { get; init; } = 1;

    /// <summary>Colours are multiplied by a factor from 1 - Brightness to 1 + Brightness; from 0 to 1. Default 0.</summary>
    public double Brightness { get; init; }

    /// <summary>Distances from middle gray (127.5) are multiplied by a factor from 1 - Contrast to 1 + Contrast; from 0 to 1. Default 0.</summary>
    public double Contrast { get; init; }

    /// <summary>Distances from the pixel's gray are multiplied by a factor from 1 - Saturation to 1 + Saturation; from 0 to 1; without effect on gray images. Default 0.</summary>
    public double Saturation { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsIdentity =>
        HorizontalFlip == 0 && VerticalFlip == 0 && Crop is null && ScaleMin == 1 && ScaleMax == 1 && Brightness == 0 && Contrast == 0 && Saturation == 0;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        CheckShare(HorizontalFlip, nameof(HorizontalFlip));
        CheckShare(VerticalFlip, nameof(VerticalFlip));
        CheckShare(Brightness, nameof(Brightness));
        CheckShare(Contrast, nameof(Contrast));
        CheckShare(Saturation, nameof(Saturation));
        if (Crop is { } crop && (crop.Height < 1 || crop.Width < 1))
            throw new ArgumentException($"Augmentation: {nameof(Crop)} must have at least 1 row and 1 column; found {crop}.");
        if (!(ScaleMin >= 0.1 && ScaleMin <= ScaleMax && ScaleMax <= 10))
            throw new ArgumentException(FormattableString.Invariant(
                $"Augmentation: {nameof(ScaleMin)} and {nameof(ScaleMax)} must lie between 0.1 and 10, the smaller first; found {ScaleMin} and {ScaleMax}."));
    }

    /// <summary>Size of the pictures that come out.</summary>
    /// <param name="input">Size of the pictures that go in.</param>
    /// <returns>The size of the crop, or the input's.</returns>
    /// <exception cref="ArgumentException">The image is smaller than the crop.</exception>
    public ImageSize OutputSize(ImageSize input)
    {
        if (Crop is not { } crop)
            return input;
        if (input.Height < crop.Height || input.Width < crop.Width)
            throw new ArgumentException($"The image of {input} pixels (height x width) is smaller than the crop of {crop}. Choose a smaller {nameof(Crop)} or resize images to at least its size.");
        return crop;
    }

    private static void CheckShare(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"Augmentation: {name} must be between 0 and 1; found {value}."));
    }
}
