namespace Ilt.Imaging;

/// <summary>
/// What has to be known of picture files beside their pixels: whether they end too early, and how they are to be turned. Decoders fill what is
/// missing with black or gray, without an error, so that a broken download or a full disk would be learned from as if it were an image.
/// </summary>
public static class PictureFile
{
    /// <summary>
    /// Refuses a PNG, JPEG, GIF, BMP or WebP file that does not hold its whole picture. What other programs wrote behind the picture is no
    /// fault. Files of other formats pass: whether they can be read is for the decoder to say.
    /// </summary>
    /// <param name="path">The file. Its pixels are not decoded; of a whole file, little is read.</param>
    /// <exception cref="ImageFormatException">The file is cut short, or its parts do not follow each other as the format says.</exception>
    /// <exception cref="IOException">The file is absent or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static void RequireComplete(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        RequireOpenable(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        RequireComplete(path, file);
    }

    /// <summary>The same for a file that is open already; its position is changed.</summary>
    /// <param name="path">What messages call the file.</param>
    /// <param name="stream">The file, which can be read in any order.</param>
    /// <exception cref="ImageFormatException">The file is cut short, or its parts do not follow each other as the format says.</exception>
    public static void RequireComplete(string path, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (PictureParts.FindFault(stream) is { } fault)
            throw new ImageFormatException(path, $"{fault}; decoders would fill the rest with black or gray. Copy the file again from where it is whole.");
    }

    /// <summary>Refuses what no picture is read from: what <see cref="RequireComplete(string)"/> refuses, pipes and devices, and TIFF, HEIF and AVIF files.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ImageFormatException">The message says what the file is and what to do.</exception>
    /// <exception cref="IOException">The file is absent or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static void RequireReadable(string path)
    {
        RequireComplete(path);
        if (PictureFormats.Unread(PictureFormats.OfFile(path)) is { } unread) throw new ImageFormatException(path, unread);
    }

    /// <summary>How the picture of a JPEG, PNG or WebP file is to be turned, as its Exif block says.</summary>
    /// <param name="stream">The file, which can be read in any order; its position is changed.</param>
    /// <returns><see cref="PictureOrientation.Upright"/> where the file says nothing that can be understood.</returns>
    public static PictureOrientation ReadOrientation(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ExifOrientation.Find(stream);
    }

    /// <summary>The same for a file by its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is absent or cannot be read.</exception>
    public static PictureOrientation ReadOrientation(string path)
    {
        RequireOpenable(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return ReadOrientation(file);
    }

    /// <summary>The size that a picture has once it is turned.</summary>
    public static ImageSize Turned(ImageSize stored, PictureOrientation orientation)
        => orientation >= PictureOrientation.Transposed ? new ImageSize(stored.Width, stored.Height) : stored;

    /// <summary>Turns a picture from the lines of its file to what is seen.</summary>
    /// <param name="pixels">[stored.Height, stored.Width, channels], row by row.</param>
    /// <param name="stored">The size in the file.</param>
    /// <param name="channels">Bytes per pixel.</param>
    /// <param name="orientation">What the file says.</param>
    /// <returns>Pixels of the size <see cref="Turned"/>; the same array where nothing is to be turned.</returns>
    public static byte[] Turn(byte[] pixels, ImageSize stored, int channels, PictureOrientation orientation)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (orientation == PictureOrientation.Upright) return pixels;
        var seen = Turned(stored, orientation);
        var result = new byte[pixels.Length];
        var (right, bottom) = (stored.Width - 1, stored.Height - 1);
        for (int y = 0, to = 0; y < seen.Height; y++)
            for (var x = 0; x < seen.Width; x++, to += channels)
            {
                var (fromX, fromY) = orientation switch
                {
                    PictureOrientation.Mirrored => (right - x, y),
                    PictureOrientation.UpsideDown => (right - x, bottom - y),
                    PictureOrientation.Flipped => (x, bottom - y),
                    PictureOrientation.Transposed => (y, x),
                    PictureOrientation.TurnRight => (y, bottom - x),
                    PictureOrientation.Transversed => (right - y, bottom - x),
                    _ => (right - y, x),
                };
                pixels.AsSpan((((fromY * stored.Width) + fromX) * channels), channels).CopyTo(result.AsSpan(to));
            }
        return result;
    }

    /// <summary>Refuses what has no bytes of its own before it is opened: opening a pipe waits for whoever writes into it.</summary>
    /// <exception cref="ImageFormatException">The file is empty, a pipe or a device.</exception>
    public static void RequireOpenable(string path)
    {
        if (IsEmpty(path))
            throw new ImageFormatException(path, "the file is empty, or it is a pipe or a device; expected a file that holds a picture.");
    }

    /// <summary>Whether there is such a file, or what a link leads to, and it has no bytes of its own.</summary>
    internal static bool IsEmpty(string path)
    {
        if (!File.Exists(path)) return false;
        var file = new FileInfo(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length == 0;
    }
}
