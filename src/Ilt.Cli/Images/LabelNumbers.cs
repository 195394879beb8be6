using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>The numbers of a label file as they stand in it, and how they are written again.</summary>
/// <param name="Size">Height and width.</param>
/// <param name="Bits">8 or 16 for a PNG file, 0 for a NumPy array.</param>
/// <param name="IsWhole">NumPy arrays: whether the numbers are integers.</param>
/// <param name="Values">[height, width].</param>
internal sealed record LabelNumbers(ImageSize Size, int Bits, bool IsWhole, double[] Values)
{
    /// <summary>Reads a .png or .npy file.</summary>
    /// <exception cref="FormatException">It is broken, or no label image.</exception>
    public static LabelNumbers Read(string path)
    {
        if (ImageFile.IsArray(path))
        {
            var array = NpyFile.Read(path);
            return PictureShape.Read(array.Shape) is { Channels: 1 } shape
                ? new LabelNumbers(new ImageSize(shape.Height, shape.Width), 0, array.IsWhole, array.ToDoubles())
                : throw new ImageFormatException(path,
                    $"the NumPy array has the shape ({string.Join(", ", array.Shape)}); a label image has one number per pixel: (height, width) or (height, width, 1).");
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
    public LabelNumbers WithKindOf(LabelNumbers other) => this with { Bits = other.Bits == 0 ? 0 : Math.Max(other.Bits, Bits), IsWhole = other.IsWhole };

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
        else if (Bits == 16)
            PngWriter.WriteGray16(path, Size.Height, Size.Width, Array.ConvertAll(Values, v => (ushort)v));
        else
            PngWriter.Write(path, new ByteImage(Size.Height, Size.Width, 1, Array.ConvertAll(Values, v => (byte)v)));
    }
}
