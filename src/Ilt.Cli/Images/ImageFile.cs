using System.Buffers.Binary;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>What the head of an image file tells, without decoding it.</summary>
/// <param name="Size">Height and width, as the picture is seen.</param>
/// <param name="Bits">Bits per number of a PNG file; 8 for other pictures; 0 for NumPy arrays.</param>
/// <param name="Channels">Numbers per pixel of a NumPy array; 3 for pictures.</param>
internal readonly record struct ImageFile(ImageSize Size, int Bits, int Channels)
{
    // A PNG file tells its size within 33 bytes; what has a longer head is read on from there.
    private const int HeadBytes = 64;

    // As many numbers as an array of ours and one of its reader can hold: the same for every command.
    private const long MostNumbers = 1 << 30;

    /// <summary>How the lines of the file lie in what is seen.</summary>
    public PictureOrientation Orientation { get; private init; } = PictureOrientation.Upright;

    /// <summary>Height and width as the lines lie in the file.</summary>
    public ImageSize Stored => PictureFile.Turned(Size, Orientation);

    /// <summary>Whether the file is a NumPy array, which ML.NET's image steps cannot read.</summary>
    public static bool IsArray(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the head of a .png, .jpg, .bmp, .gif, .webp or .npy file.</summary>
    /// <exception cref="ImageFormatException">The file is missing, cut short, too large, or none of these.</exception>
    public static ImageFile Read(string path)
    {
        try
        {
            PictureFile.RequireOpenable(path);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            var head = new byte[Math.Min(HeadBytes, file.Length)];
            file.ReadExactly(head);
            PictureFile.RequireComplete(path, file);
            var orientation = PictureFile.ReadOrientation(file);
            var found = Read(path, head, file); // may close the file
            if ((long)found.Size.Height * found.Size.Width * found.Channels > MostNumbers)
                throw new ImageFormatException(path, FormattableString.Invariant($"the image of {found.Size.Width} x {found.Size.Height} pixels is too large; at most 2^30 numbers are read. Cut it into parts, or save it smaller."));
            return found with { Size = PictureFile.Turned(found.Size, orientation), Orientation = orientation };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFormatException(path, "there is no such file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageFormatException(path, $"cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static ImageFile Read(string path, byte[] head, FileStream file)
    {
        var start = head.AsSpan();
        var format = PictureFormats.Of(start);
        switch (format)
        {
            case PictureFormat.NumPy:
                return Array(path, file);
            case PictureFormat.Png when head.Length >= 33:
                return new ImageFile(Sized(path, BinaryPrimitives.ReadInt32BigEndian(start[20..]), BinaryPrimitives.ReadInt32BigEndian(start[16..])), head[24], 3);
            case PictureFormat.Bmp when head.Length >= 26:
                return new ImageFile(Sized(path, Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(start[22..])), BinaryPrimitives.ReadInt32LittleEndian(start[18..])), 8, 3);
            case PictureFormat.Gif when head.Length >= 10:
                return new ImageFile(Sized(path, BinaryPrimitives.ReadUInt16LittleEndian(start[8..]), BinaryPrimitives.ReadUInt16LittleEndian(start[6..])), 8, 3);
            case PictureFormat.WebP or PictureFormat.WebPLossless when head.Length >= 30:
                return new ImageFile(WebP(path, start), 8, 3);
            case PictureFormat.Jpeg:
                return new ImageFile(Jpeg(path, file), 8, 3);
            default:
                throw new ImageFormatException(path, PictureFormats.Unread(format)
                    ?? (head.Length < 33 ? "the file is cut short." : "this is no .png, .jpg, .bmp, .gif, .webp or .npy file."));
        }
    }

    // The first chunk tells the size, each kind in a way of its own.
    private static ImageSize WebP(string path, ReadOnlySpan<byte> head)
    {
        if (head[12..].StartsWith("VP8X"u8))
            return Sized(path, 1 + Number24(head[27..]), 1 + Number24(head[24..]));
        if (head[12..].StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return Sized(path, 1 + (int)(bits >> 14 & 0x3FFF), 1 + (int)(bits & 0x3FFF));
        }

        return Sized(path, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF);

        static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
    }

    private static ImageSize Jpeg(string path, FileStream file)
    {
        file.Position = 2;
        using var reader = new BufferedStream(file, 4096);
        var head = new byte[9];
        while (reader.ReadByte() == 0xFF)
        {
            var marker = reader.ReadByte();
            while (marker == 0xFF)
                marker = reader.ReadByte();
            if (marker is < 0 or 0xD9 or 0xDA || reader.ReadAtLeast(head.AsSpan(0, 2), 2, throwOnEndOfStream: false) < 2)
                break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(head);
            // Start of frame, in all its kinds; C4, C8 and CC are something else.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (reader.ReadAtLeast(head.AsSpan(0, 5), 5, throwOnEndOfStream: false) < 5)
                    break;
                return Sized(path, BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(1)), BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(3)));
            }

            reader.Seek(length - 2, SeekOrigin.Current);
        }

        throw new ImageFormatException(path, "the JPEG file is cut short or damaged: it does not tell its size.");
    }

    private static ImageFile Array(string path, FileStream file)
    {
        file.Position = 0;
        var shape = NpyFile.ReadShape(file, path);
        return PictureShape.Read(shape) is { } picture
            ? new ImageFile(new ImageSize(picture.Height, picture.Width), 0, picture.Channels)
            : throw new ImageFormatException(path,
                $"the NumPy array has the shape ({string.Join(", ", shape)}{(shape.Count == 1 ? "," : "")}); expected (height, width), (height, width, 1) or (height, width, 3).");
    }

    private static ImageSize Sized(string path, int height, int width) => height > 0 && width > 0
        ? new ImageSize(height, width)
        : throw new ImageFormatException(path, FormattableString.Invariant($"the file says that it has {height} x {width} pixels; it is damaged."));
}
