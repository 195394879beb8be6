using System.Runtime.InteropServices;

namespace Microsoft.ML.Transforms.Image;

/// <summary>The system's libgd: picture files to pixels (blue, green, red, alpha; colours multiplied by alpha) and back.</summary>
internal static class Gd
{
    private const string Library = "libgd.so.3";
    private const int Opaque = 255;

    // Kept alive as long as libgd may call it. Without it libgd writes what it finds wrong with a file to the standard error stream.
    private static readonly ErrorHandler _silent = (_, _, _) => { };

    static Gd() => gdSetErrorMethod(_silent);

    private delegate void ErrorHandler(int priority, IntPtr format, IntPtr arguments);

    private delegate IntPtr Decoder(int size, byte[] data);

    /// <summary>The picture in a file's bytes, or null where it is none that libgd can read to its end.</summary>
    public static (int Width, int Height, byte[] Pixels)? Decode(byte[] file)
    {
        if (DecoderOf(file) is not { } decode)
            return null;
        var image = decode(file.Length, file);
        if (image == IntPtr.Zero)
            return null;
        try
        {
            // The first fields of libgd's image are the rows of palette indices, then width and height.
            var width = Marshal.ReadInt32(image, IntPtr.Size);
            var height = Marshal.ReadInt32(image, IntPtr.Size + sizeof(int));
            var pixels = new byte[checked(width * height * 4)];
            for (int y = 0, at = 0; y < height; y++)
                for (var x = 0; x < width; x++, at += 4)
                {
                    var argb = gdImageGetTrueColorPixel(image, x, y);
                    var alpha = ToByte(argb >> 24);
                    pixels[at] = Multiply(argb, alpha);
                    pixels[at + 1] = Multiply(argb >> 8, alpha);
                    pixels[at + 2] = Multiply(argb >> 16, alpha);
                    pixels[at + 3] = (byte)alpha;
                }
            return (width, height, pixels);
        }
        finally
        {
            gdImageDestroy(image);
        }
    }

    /// <summary>A picture file of the given extension; null where the stand-in writes no such files.</summary>
    public static byte[] Encode(string extension, int width, int height, ReadOnlySpan<byte> bgra)
    {
        var jpeg = extension.Equals(".jpg", StringComparison.OrdinalIgnoreCase) || extension.Equals(".jpeg", StringComparison.OrdinalIgnoreCase);
        if (!jpeg && !extension.Equals(".png", StringComparison.OrdinalIgnoreCase))
            return null;
        var image = gdImageCreateTrueColor(width, height);
        Check.That(image != IntPtr.Zero, "Not enough memory for the image");
        try
        {
            gdImageAlphaBlending(image, 0);
            gdImageSaveAlpha(image, 1);
            for (int y = 0, at = 0; y < height; y++)
                for (var x = 0; x < width; x++, at += 4)
                    gdImageSetPixel(image, x, y, ((Opaque - bgra[at + 3]) >> 1 << 24) | (bgra[at + 2] << 16) | (bgra[at + 1] << 8) | bgra[at]);
            var data = jpeg ? gdImageJpegPtr(image, out var size, 100) : gdImagePngPtr(image, out size);
            Check.That(data != IntPtr.Zero, "The image could not be encoded");
            var file = new byte[size];
            Marshal.Copy(data, file, 0, size);
            gdFree(data);
            return file;
        }
        finally
        {
            gdImageDestroy(image);
        }
    }

    private static Decoder DecoderOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? gdImageCreateFromPngPtr
        : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? gdImageCreateFromJpegPtr
        : file.StartsWith("BM"u8) ? gdImageCreateFromBmpPtr
        : file.StartsWith("GIF8"u8) ? gdImageCreateFromGifPtr
        : file.StartsWith("RIFF"u8) ? gdImageCreateFromWebpPtr
        : null;

    // libgd's alpha runs from 0, opaque, to 127, clear.
    private static int ToByte(int alpha) => Opaque - ((alpha << 1) + (alpha >> 6));

    private static byte Multiply(int colour, int alpha) => (byte)(((colour & 0xFF) * alpha + Opaque / 2) / Opaque);

    [DllImport(Library)]
    private static extern void gdSetErrorMethod(ErrorHandler handler);

    [DllImport(Library)]
    private static extern IntPtr gdImageCreateFromPngPtr(int size, byte[] data);

    [DllImport(Library)]
    private static extern IntPtr gdImageCreateFromJpegPtr(int size, byte[] data);

    [DllImport(Library)]
    private static extern IntPtr gdImageCreateFromBmpPtr(int size, byte[] data);

    [DllImport(Library)]
    private static extern IntPtr gdImageCreateFromGifPtr(int size, byte[] data);

    [DllImport(Library)]
    private static extern IntPtr gdImageCreateFromWebpPtr(int size, byte[] data);

    // Called once a pixel, and does next to nothing.
    [DllImport(Library), SuppressGCTransition]
    private static extern int gdImageGetTrueColorPixel(IntPtr image, int x, int y);

    [DllImport(Library), SuppressGCTransition]
    private static extern void gdImageSetPixel(IntPtr image, int x, int y, int color);

    [DllImport(Library)]
    private static extern IntPtr gdImageCreateTrueColor(int width, int height);

    [DllImport(Library)]
    private static extern void gdImageAlphaBlending(IntPtr image, int blend);

    [DllImport(Library)]
    private static extern void gdImageSaveAlpha(IntPtr image, int save);

    [DllImport(Library)]
    private static extern IntPtr gdImagePngPtr(IntPtr image, out int size);

    [DllImport(Library)]
    private static extern IntPtr gdImageJpegPtr(IntPtr image, out int size, int quality);

    [DllImport(Library)]
    private static extern void gdImageDestroy(IntPtr image);

    [DllImport(Library)]
    private static extern void gdFree(IntPtr data);
}
