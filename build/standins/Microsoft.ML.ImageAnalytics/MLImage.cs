using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

/// <summary>A picture in memory, four bytes a pixel.</summary>
public sealed class MLImage : IDisposable
{
    private readonly int _width;
    private readonly int _height;
    private readonly MLPixelFormat _format;
    private byte[] _pixels;
    private string _tag;

    private MLImage(int width, int height, MLPixelFormat format, byte[] pixels)
    {
        _width = width;
        _height = height;
        _format = format;
        _pixels = pixels;
    }

    public MLPixelFormat PixelFormat => Living(_format);

    public ReadOnlySpan<byte> Pixels => Living(_pixels);

    public int Width => Living(_width);

    public int Height => Living(_height);

    public int BitsPerPixel => Living(32);

    public string Tag
    {
        get => Living(_tag);
        set => _tag = Living(value);
    }

    /// <summary>Three bytes a pixel: blue, green, red.</summary>
    public byte[] GetBGRPixels
    {
        get
        {
            var source = Pixels;
            var (blue, red) = _format == MLPixelFormat.Bgra32 ? (0, 2) : (2, 0);
            var result = new byte[source.Length / 4 * 3];
            for (int from = 0, to = 0; from < source.Length; from += 4, to += 3)
            {
                result[to] = source[from + blue];
                result[to + 1] = source[from + 1];
                result[to + 2] = source[from + red];
            }
            return result;
        }
    }

    public static MLImage CreateFromStream(Stream imageStream)
    {
        Check.NotNull(imageStream, nameof(imageStream));
        using var file = new MemoryStream();
        imageStream.CopyTo(file);
        return Decode(file.ToArray()) ?? throw new ArgumentException("Invalid input stream contents", nameof(imageStream));
    }

    public static MLImage CreateFromFile(string imagePath)
    {
        Check.NotNull(imagePath, nameof(imagePath));
        return Decode(File.ReadAllBytes(imagePath)) ?? throw new ArgumentException("Invalid path", nameof(imagePath));
    }

    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
            throw new ArgumentException("Unsupported pixel format", nameof(pixelFormat));
        if (width <= 0)
            throw new ArgumentException("Invalid width value.", nameof(width));
        if (height <= 0)
            throw new ArgumentException("Invalid height value.", nameof(height));
        if (imagePixelData.Length != width * height * 4)
            throw new ArgumentException($"Invalid {nameof(imagePixelData)} buffer size.");
        return new MLImage(width, height, pixelFormat, imagePixelData.ToArray());
    }

    public void Save(string imagePath)
    {
        var source = Pixels;
        var extension = Path.GetExtension(imagePath);
        var bgra = new byte[source.Length];
        var colours = GetBGRPixels;
        for (int from = 0, to = 0; to < bgra.Length; from += 3, to += 4)
        {
            colours.AsSpan(from, 3).CopyTo(bgra.AsSpan(to));
            bgra[to + 3] = source[to + 3];
        }
        var file = Gd.Encode(extension, _width, _height, bgra) ?? throw new ArgumentException("Path has invalid image file extension.", nameof(imagePath));
        File.WriteAllBytes(imagePath, file);
    }

    public void Dispose() => _pixels = null;

    private static MLImage Decode(byte[] file) =>
        Gd.Decode(file) is { } image ? new MLImage(image.Width, image.Height, MLPixelFormat.Bgra32, image.Pixels) : null;

    private T Living<T>(T value)
    {
        Check.That(_pixels is not null, "Object is disposed.");
        return value;
    }
}

/// <summary>The order of a pixel's four bytes.</summary>
public enum MLPixelFormat
{
    Bgra32 = 1,
    Rgba32 = 2,
}
