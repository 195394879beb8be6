namespace Ilt.Imaging;

/// <summary>What the pixels of a mask file are.</summary>
public enum MaskPixelKind
{
    /// <summary>Numbers: gray, or a NumPy array.</summary>
    Numbers,

    /// <summary>Indices of a palette, which are numbers and colours.</summary>
    Palette,

    /// <summary>Colours.</summary>
    Colours,
}

/// <summary>The pixels of a mask file as they stand in it, before anything says what they mean.</summary>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Kind">What <paramref name="Values"/> are.</param>
/// <param name="Values">[Height, Width], row by row: numbers, indices of <paramref name="Palette"/>, or colours 0xRRGGBB.</param>
/// <param name="Palette">Colours 0xRRGGBB by index; empty where there is no palette.</param>
/// <param name="BitDepth">Bits per number: 1 to 16 of a picture, 0 of a NumPy array.</param>
public sealed record MaskPixels(int Height, int Width, MaskPixelKind Kind, int[] Values, IReadOnlyList<int> Palette, int BitDepth)
{
    /// <summary>Whether every colour has equal parts of red, green and blue, so that it may as well be a number.</summary>
    public bool IsGray => Kind == MaskPixelKind.Colours && Array.TrueForAll(Values, IsGrayColour);

    /// <summary>Height and width.</summary>
    public ImageSize Size => new(Height, Width);

    /// <summary>Reads a mask file, whatever its pixels are.</summary>
    /// <param name="path">The file.</param>
    /// <param name="decode">What decodes pictures other than PNG to RGB; null: they are refused.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is broken, or of a format that no mask is read from.</exception>
    public static MaskPixels Read(string path, Func<string, ByteImage>? decode = null)
    {
        switch (LabelFiles.FormatOf(path, "mask", decode is not null))
        {
            case PictureFormat.Png:
                return FromPng(PngFile.Parse(FileBytes.Read(path), path), path);
            case PictureFormat.NumPy:
                var array = NpyFile.Read(path);
                var (height, width) = LabelFiles.SizeOf(array, path, "mask");
                return new MaskPixels(height, width, MaskPixelKind.Numbers, Array.ConvertAll(array.ToIntegers(), id => (int)Math.Clamp(id, int.MinValue, int.MaxValue)), [], 0);
            default:
                return FromPicture(decode!(path));
        }
    }

    /// <summary>The numbers: those of the file, palette indices, or the gray of colours; null where colours are no gray.</summary>
    public int[]? Numbers() => Kind != MaskPixelKind.Colours ? Values : IsGray ? Array.ConvertAll(Values, colour => colour & 0xFF) : null;

    /// <summary>The colours 0xRRGGBB; a number v of at most 255 is the gray (v, v, v), and any other is -1.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="ImageFormatException">An index is beyond the palette.</exception>
    public int[] Colours(string name) => Kind switch
    {
        MaskPixelKind.Colours => Values,
        MaskPixelKind.Palette => Array.ConvertAll(Values, index => index < Palette.Count ? Palette[index] : throw new ImageFormatException(name,
            FormattableString.Invariant($"a pixel has the colour {index} of a palette of {Palette.Count} colours; the file is damaged."))),
        _ => Array.ConvertAll(Values, value => value is >= 0 and <= 255 ? value * 0x010101 : -1),
    };

    internal static MaskPixels FromPng(PngFile file, string name)
    {
        var header = file.Header;
        if (header.Channels >= 3)
        {
            var samples = header.BitDepth == 16 ? Array.ConvertAll(PngDecoder.Words(file, name), word => (byte)(word >> 8)) : PngDecoder.Bytes(file, name);
            return new MaskPixels(header.Height, header.Width, MaskPixelKind.Colours, Packed(samples, header.Channels), [], 8);
        }
        var numbers = Array.ConvertAll(PngSamples.Words(file, name, "mask"), word => (int)word);
        return header.Colour == PngColour.Palette
            ? new MaskPixels(header.Height, header.Width, MaskPixelKind.Palette, numbers, Packed(file.Palette, 3), header.BitDepth)
            : new MaskPixels(header.Height, header.Width, MaskPixelKind.Numbers, numbers, [], header.BitDepth);
    }

    internal static MaskPixels FromPicture(ByteImage picture) => picture.Channels == 1
        ? new MaskPixels(picture.Height, picture.Width, MaskPixelKind.Numbers, Array.ConvertAll(picture.Pixels, b => (int)b), [], 8)
        : new MaskPixels(picture.Height, picture.Width, MaskPixelKind.Colours, Packed(picture.Pixels, picture.Channels), [], 8);

    private static bool IsGrayColour(int colour) => (colour & 0xFF) * 0x010101 == colour;

    private static int[] Packed(byte[] samples, int channels)
    {
        var colours = new int[samples.Length / channels];
        for (int i = 0, from = 0; i < colours.Length; i++, from += channels) colours[i] = samples[from] << 16 | samples[from + 1] << 8 | samples[from + 2];
        return colours;
    }
}
