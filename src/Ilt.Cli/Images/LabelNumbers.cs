using Ilt.Imaging;
using Ilt.MLNet;

namespace Ilt.Cli.Images;

/// <summary>The numbers of a label file as they stand in it, and how they are written again.</summary>
/// <param name="Size">Height and width.</param>
/// <param name="Bits">8 or 16 for a picture, 0 for a NumPy array.</param>
/// <param name="IsWhole">NumPy arrays: whether the numbers are integers.</param>
/// <param name="Values">[height, width].</param>
internal sealed record LabelNumbers(ImageSize Size, int Bits, bool IsWhole, double[] Values)
{
    /// <summary>Whether the values are colours 0xRRGGBB.</summary>
    public bool AreColours { get; init; }

    /// <summary>Reads a file of a mask or map.</summary>
    /// <param name="path">The file.</param>
    /// <param name="asColours">Whether its colours count and not its numbers.</param>
    /// <exception cref="FormatException">It is broken, or no label image.</exception>
    public static LabelNumbers Read(string path, bool asColours = false)
    {
        if (ImageFile.IsArray(path))
        {
            var array = NpyFile.Read(path);
            return PictureShape.Read(array.Shape) is { Channels: 1 } shape
                ? new LabelNumbers(new ImageSize(shape.Height, shape.Width), 0, array.IsWhole, array.ToDoubles())
                : throw new ImageFormatException(path,
                    $"the NumPy array has the shape ({string.Join(", ", array.Shape)}); a label image has one number per pixel: (height, width) or (height, width, 1).");
        }

        if (MaskSurvey.IsLossy(path))
        {
            var parted = LabelFiles.ReadMask(path, MaskEncoding.Binary, PictureReader.Read);
            return new LabelNumbers(parted.Size, 8, true, Array.ConvertAll(parted.Pixels, id => id * 255.0));
        }

        if (asColours || PictureFormats.OfFile(path) != PictureFormat.Png)
        {
            var pixels = MaskPixels.Read(path, PictureReader.Read);
            return new LabelNumbers(pixels.Size, 8, true, Array.ConvertAll(asColours ? pixels.Colours(path) : pixels.Numbers() ?? [], value => (double)value)) { AreColours = asColours };
        }

        var raw = LabelPng.Read(path);
        return new LabelNumbers(new ImageSize(raw.Height, raw.Width), raw.BitDepth > 8 ? 16 : 8, true, Array.ConvertAll(raw.Values, v => (double)v));
    }

    /// <summary>The same picture in another size, from the nearest pixels.</summary>
    public LabelNumbers Resized(ImageSize size)
    {
        if (size == Size)
            return this;
        var values = new double[size.PixelCount];
        PixelResize.Nearest<double>(Values, Size, 1, values, size);
        return this with { Size = size, Values = values };
    }

    /// <summary>The same numbers, to be written as another file is; with more bits where they need them.</summary>
    public LabelNumbers WithKindOf(LabelNumbers other) => this with { Bits = other.Bits == 0 ? 0 : Math.Max(other.Bits, Bits), IsWhole = other.IsWhole, AreColours = other.AreColours };

    /// <summary>The number nearest to the given one that the file can hold and that does not mean "no value".</summary>
    public double Representable(double number, double? invalid)
    {
        var most = Bits == 16 ? ushort.MaxValue : byte.MaxValue;
        var near = Bits == 0 ? (IsWhole ? Math.Round(number) : (float)number) : Math.Clamp(Math.Round(number), 0, most);
        return near != invalid ? near : Bits == 0 && !IsWhole ? MathF.BitIncrement((float)near) : near < most || Bits == 0 ? near + 1 : near - 1;
    }

    /// <summary>Writes them: gray PNG of 8 or 16 bits; a NumPy array [height, width] of 32-bit integers or numbers.</summary>
    public void Write(string path)
    {
        if (Bits == 0)
        {
            NpyFile.Write(path, IsWhole
                ? NpyArray.Create(Array.ConvertAll(Values, v => (int)v), Size.Height, Size.Width)
                : NpyArray.Create(Array.ConvertAll(Values, v => (float)v), Size.Height, Size.Width));
        }
        else if (AreColours)
        {
            PngWriter.Write(path, new ByteImage(Size.Height, Size.Width, 3, [.. Values.SelectMany(v => (byte[])[(byte)((int)v >> 16), (byte)((int)v >> 8), (byte)(int)v])]));
        }
        else if (Bits == 16)
            PngWriter.WriteGray16(path, Size.Height, Size.Width, Array.ConvertAll(Values, v => (ushort)v));
        else
            PngWriter.Write(path, new ByteImage(Size.Height, Size.Width, 1, Array.ConvertAll(Values, v => (byte)v)));
    }
}
