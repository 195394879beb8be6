namespace Ilt.Imaging;

/// <summary>Formats of files, by their first bytes: what a file is called does not count.</summary>
internal enum PictureFormat
{
    Unknown,
    Png,
    NumPy,
    Jpeg,
    Gif,
    Bmp,
    WebP,
    WebPLossless,
    Tiff,
    Heif,
}

/// <summary>Tells formats apart.</summary>
internal static class PictureFormats
{
    /// <summary>Bytes from the start of a file that suffice.</summary>
    public const int HeadBytes = 24;

    /// <summary>The format of a file that begins so.</summary>
    public static PictureFormat Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return PictureFormat.Png;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'])) return PictureFormat.NumPy;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) return PictureFormat.Jpeg;
        if (head.StartsWith("GIF8"u8)) return PictureFormat.Gif;
        if (head.StartsWith("BM"u8)) return PictureFormat.Bmp;
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8)) return PictureFormat.Tiff;
        if (head.Length < 12) return PictureFormat.Unknown;
        if (head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
            return head.Length >= 16 && head[12..].StartsWith("VP8L"u8) ? PictureFormat.WebPLossless : PictureFormat.WebP;
        return head[4..].StartsWith("ftyp"u8) ? PictureFormat.Heif : PictureFormat.Unknown;
    }

    /// <summary>What a message says of a format that is not read, as the end of "the file: "; null where it is read.</summary>
    public static string? Unread(PictureFormat format) => format switch
    {
        PictureFormat.Tiff => "this is a TIFF file, which is not read; save it as PNG (ImageMagick: magick mogrify -format png *.tif).",
        PictureFormat.Heif => "this is a HEIF or AVIF file, which is not read; save it as PNG or JPEG (ImageMagick: magick mogrify -format png *.heic).",
        _ => null,
    };

    /// <summary>The format of a file; unknown where there is none.</summary>
    /// <exception cref="ImageFormatException">The file is empty, or a pipe or device.</exception>
    public static PictureFormat OfFile(string path)
    {
        if (!File.Exists(path)) return PictureFormat.Unknown;
        PictureFile.RequireOpenable(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        Span<byte> head = stackalloc byte[HeadBytes];
        return Of(head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)]);
    }
}
