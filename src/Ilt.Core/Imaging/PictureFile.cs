namespace Ilt.Imaging;

/// <summary>
/// Finds picture files that end too early. Decoders fill what is missing of a picture with black or gray, without an error, so that a broken
/// download or a full disk would be learned from as if it were an image.
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
}
