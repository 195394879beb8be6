using System.Buffers.Binary;
using System.IO.Compression;

namespace Ilt.Imaging;

/// <summary>
/// Reads idx files of bytes, the format of MNIST and its family; gzip is recognised by the file's first bytes, not by its name.
/// </summary>
public static class IdxFile
{
    /// <summary>Images: an array of three dimensions, such as <c>train-images-idx3-ubyte.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Reads the first images only; default all.</param>
    /// <returns>The size of an image and all pixels [count, Height, Width].</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not an idx file of bytes with three dimensions, or truncated.</exception>
    public static (ImageSize Size, byte[] Pixels) ReadImages(string path, int most = int.MaxValue)
    {
        var (shape, data) = Read(path, 3, "images", most);
        if (shape[1] == 0 || shape[2] == 0)
            throw new ImageFormatException(path, FormattableString.Invariant($"the idx file states images of {shape[1]} x {shape[2]} pixels; it is damaged."));
        return (new ImageSize(shape[1], shape[2]), data);
    }

    /// <summary>Labels: an array of one dimension, such as <c>train-labels-idx1-ubyte.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Reads the first labels only; default all.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not an idx file of bytes with one dimension, or truncated.</exception>
    public static byte[] ReadLabels(string path, int most = int.MaxValue) => Read(path, 1, "labels", most).Data;

    private static (int[] Shape, byte[] Data) Read(string path, int dimensions, string what, int most)
    {
        var bytes = FileBytes.Read(path);
        try
        {
            using Stream file = new MemoryStream(bytes);
            using var stream = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? new GZipStream(file, CompressionMode.Decompress) : file;
            var header = new byte[4 + 4 * dimensions];
            var read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            // Two zeros, the type of the elements (8: byte), the number of dimensions; then the dimensions, big-endian.
            if (read >= 4 && header is not [0, 0, 8, _, ..])
                throw new ImageFormatException(path, "this is not an idx file of bytes (its first bytes should be 0, 0, 8).");
            if (read >= 4 && header[3] != dimensions)
                throw new ImageFormatException(path, FormattableString.Invariant($"the idx file has {header[3]} dimensions; {what} have {dimensions}. Is it the right file?"));
            if (read < header.Length) throw Truncated(path);
            var shape = new int[dimensions];
            long size = 1;
            for (var d = 0; d < dimensions; d++)
            {
                shape[d] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + 4 * d));
                if (shape[d] < 0) throw new ImageFormatException(path, FormattableString.Invariant($"the idx file states a dimension of {shape[d]}; it is damaged."));
                if (d == 0) shape[0] = Math.Min(shape[0], most);
                size = Math.Min(size * shape[d], long.MaxValue / int.MaxValue);
            }
            // Deflate shrinks at most about 1032 times: a header that promises more is refused before memory is taken for it.
            if (size > 1040L * bytes.Length) throw Truncated(path);
            if (size > Array.MaxLength) throw new ImageFormatException(path, "the idx file holds more than 2 GB, which is not supported.");
            var data = new byte[size];
            return stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) == data.Length ? (shape, data) : throw Truncated(path);
        }
        catch (InvalidDataException e)
        {
            throw new ImageFormatException(path, "the file cannot be decompressed; it is damaged, copy it again from its source.", e);
        }
    }

    private static ImageFormatException Truncated(string path) => new(path, "the idx file is truncated; copy it again from its source.");
}
