using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Copies the image of the current row into bytes, pixel after pixel: ML.NET frees the image when the next one is asked for.</summary>
internal abstract class ImageReader(string name, ImageSize size, int channels) : InputReader
{
    /// <summary>Size of every image; of the first one read where the column does not tell.</summary>
    public ImageSize ImageSize { get; private set; } = size;

    /// <summary>Bytes per pixel.</summary>
    public int Channels => channels;

    /// <summary>The image read last: lines from the top, pixels from the left, channels interleaved.</summary>
    public byte[] Pixels { get; private set; } = new byte[size.PixelCount * channels];

    public override int Size => Pixels.Length;

    /// <summary>A reason to doubt the images read; null: there is none.</summary>
    public virtual string? Warning => null;

    protected string Name => name;

    private string NoImage => $"image column '{name}' holds no image (an empty path)";

    public static ImageReader Create(DataViewRow row, ImageColumn image)
    {
        var column = image.Require(row.Schema, "input");
        var found = ImageColumn.Read(column, "input");
        if (found.Layout == ImageLayout.Picture) return new PictureReader(row.GetGetter<MLImage>(column), image);
        return column.Type.RawType == typeof(VBuffer<byte>)
            ? new VectorReader<byte>(row.GetGetter<VBuffer<byte>>(column), found)
            : new VectorReader<float>(row.GetGetter<VBuffer<float>>(column), found);
    }

    /// <summary>Reads the current row's image into <see cref="Pixels"/>.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public string? Read()
    {
        try
        {
            return ReadPixels();
        }
        catch (Exception e) when (RowProblem.IsOfValue(e))
        {
            return RowProblem.Describe("image", name, e);
        }
    }

    public override string? Read(Span<float> destination)
    {
        if (Read() is { } problem) return problem;
        var count = ImageSize.PixelCount;
        for (var c = 0; c < channels; c++)
            for (var i = 0; i < count; i++) destination[(c * count) + i] = Pixels[(i * channels) + c];
        return null;
    }

    protected abstract string? ReadPixels();

    /// <summary>Compares the size of an image with that of the others.</summary>
    protected string? CheckSize(ImageSize found)
    {
        if (ImageSize.Height == 0)
        {
            ImageSize = found;
            Pixels = new byte[found.PixelCount * channels];
        }
        return found == ImageSize ? null : FormattableString.Invariant(
            $"image column '{name}' holds an image of {found} (height x width), the others are {ImageSize}; add mlContext.Transforms.ResizeImages to the pipeline");
    }

    private sealed class PictureReader(ValueGetter<MLImage> getter, ImageColumn image) : ImageReader(image.Name, image.Size, image.Channels)
    {
        private MLImage? current;
        private int unturned;
        private string? firstUnturned;

        public override string? Warning => unturned == 0 ? null : FormattableString.Invariant(
            $"{unturned} picture(s) of image column '{Name}' are to be turned, as their Exif orientation says, and were not; label images may not fit them. Load pictures with mlContext.MultiTask.LoadPictures, which turns them. The first is {firstUnturned}.");

        protected override string? ReadPixels()
        {
            // The getter gets the image it gave before, because it frees that one.
            var before = current;
            getter(ref current!);
            if (current is null) return NoImage;
            if (IsDisposed(current))
            {
                var isOld = ReferenceEquals(current, before);
                current = null;
                return isOld ? NoImage : $"image column '{Name}' holds an image that has been disposed; hand out an image of its own for every row";
            }
            RequireWholeFile(current.Tag);
            if (CheckSize(new ImageSize(current.Height, current.Width)) is { } problem) return problem;
            var source = current.Pixels;
            var (red, blue) = current.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
            for (int from = 0, to = 0; to < Pixels.Length; from += 4, to += 3)
            {
                Pixels[to] = source[from + red];
                Pixels[to + 1] = source[from + 1];
                Pixels[to + 2] = source[from + blue];
            }
            return null;
        }

        // ML.NET's ResizeImages and its kin free the last image and hand it out again where a row has none; MLImage tells so only by this.
        private static bool IsDisposed(MLImage image)
        {
            try
            {
                return image.Width < 0;
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }

        // LoadImages leaves the path here, and ResizeImages passes it on. Other people's tags may be any text.
        private void RequireWholeFile(string? tag)
        {
            if (string.IsNullOrWhiteSpace(tag) || !File.Exists(tag)) return;
            PictureFile.RequireComplete(tag);
            if (PictureFile.ReadOrientation(tag) == PictureOrientation.Upright) return;
            unturned++;
            firstUnturned ??= tag;
        }
    }

    private sealed class VectorReader<T>(ValueGetter<VBuffer<T>> getter, ImageColumn image) : ImageReader(image.Name, image.Size, image.Channels)
        where T : struct
    {
        private readonly T[] values = new T[image.ByteCount];
        private VBuffer<T> buffer;

        protected override string? ReadPixels()
        {
            getter(ref buffer);
            // ExtractPixels makes this of a row without image; the zeros of a black one are stored.
            if (!buffer.IsDense && buffer.GetValues().IsEmpty) return NoImage;
            if (buffer.Length != values.Length)
                return $"image column '{Name}' holds {buffer.Length} numbers where its type says {values.Length}";
            buffer.CopyTo(values);
            var count = ImageSize.PixelCount;
            for (var i = 0; i < values.Length; i++)
            {
                if (!TryConvert(values[i], out var pixel))
                    return FormattableString.Invariant($"image column '{Name}' holds the number {values[i]}; whole numbers from 0 to 255 were expected. ExtractPixels gives them without offsetImage and scaleImage; inputs are scaled in training");
                Pixels[image.Layout == ImageLayout.Planar ? (i % count * Channels) + (i / count) : i] = pixel;
            }
            return null;
        }

        private static bool TryConvert(T value, out byte pixel)
        {
            if (value is byte whole)
            {
                pixel = whole;
                return true;
            }
            var number = (float)(object)value;
            var rounded = MathF.Round(number);
            pixel = rounded is >= 0 and <= 255 ? (byte)rounded : (byte)0;
            return MathF.Abs(number - pixel) <= 1e-3f;
        }
    }
}
