using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.MLNet;

namespace Ilt.Cli.Images;

/// <summary>Reads whole pictures where the program needs their pixels itself.</summary>
internal static class Picture
{
    /// <summary>A picture in a given size: RGB, or as many channels as the array has.</summary>
    /// <exception cref="ImageFormatException">The file is missing or broken.</exception>
    public static ByteImage Read(string path, ImageSize size) => PixelResize.BilinearImage(Read(path), size);

    /// <summary>A picture in its own size.</summary>
    /// <exception cref="ImageFormatException">The file is missing or broken.</exception>
    public static ByteImage Read(string path) => ImageFile.IsArray(path) ? MtanDataset.ReadImage(path) : Decode(path);

    private static ByteImage Decode(string path)
    {
        try
        {
            return PictureReader.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            throw new ImageFormatException(path, $"cannot be read as a picture ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
