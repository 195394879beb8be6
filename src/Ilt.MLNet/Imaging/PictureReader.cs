using Ilt.Imaging;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// Reads pictures with ML.NET's decoder, which takes PNG, JPEG, GIF (the first image), BMP and WebP, and turns them as their Exif orientation
/// says, which that decoder does not.
/// </summary>
public static class PictureReader
{
    /// <summary>A picture as every viewer shows it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>[Height, Width, 3]: red, green, blue.</returns>
    /// <exception cref="ImageFormatException">The file is cut short, damaged, or of a format that is not read.</exception>
    /// <exception cref="IOException">The file is absent or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static ByteImage Read(string path)
    {
        using var image = Load(path);
        var pixels = image.GetBGRPixels;
        for (var i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
        return new ByteImage(image.Height, image.Width, 3, pixels);
    }

    /// <summary>The same as ML.NET holds it.</summary>
    internal static MLImage Load(string path)
    {
        PictureFile.RequireReadable(path);
        var image = Decode(path);
        var orientation = PictureFile.ReadOrientation(path);
        if (orientation == PictureOrientation.Upright) return image;
        using (image)
        {
            var stored = new ImageSize(image.Height, image.Width);
            var seen = PictureFile.Turned(stored, orientation);
            var pixels = PictureFile.Turn(image.Pixels.ToArray(), stored, image.BitsPerPixel / 8, orientation);
            return MLImage.CreateFromPixels(seen.Width, seen.Height, image.PixelFormat, pixels);
        }
    }

    private static MLImage Decode(string path)
    {
        try
        {
            return MLImage.CreateFromFile(path);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The decoder does not say why. It cannot tell a file that it could not open from one that it does not know.
            using (File.OpenRead(path))
                throw new ImageFormatException(path, "cannot be decoded; it is damaged, or of a kind that cannot be read.", e);
        }
    }
}
