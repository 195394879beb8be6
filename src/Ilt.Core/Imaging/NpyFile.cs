using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ilt.Imaging;

/// <summary>
/// Reads and writes NumPy files (.npy, versions 1 to 3): floating-point numbers of 16, 32 and 64 bits, integers of 8 to 64 bits and booleans, of
/// either byte order, in C or Fortran order. Python objects, text and records are refused with advice.
/// </summary>
public static class NpyFile
{
    /// <summary>Reads an array.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not a NumPy file, truncated, or not of numbers.</exception>
    public static NpyArray Read(string path) => Parse(FileBytes.Read(path), path);

    /// <summary>The shape of the array, from the head of the file alone.</summary>
    /// <param name="file">At its first byte; read no further than the head.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ImageFormatException">Not a NumPy file, or its head is damaged; the message names it.</exception>
    public static IReadOnlyList<int> ReadShape(Stream file, string name) => NpyHeader.Read(file, name).Shape;

    /// <summary>Reads an array.</summary>
    /// <param name="stream">The rest of this stream is read; it stays open.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="ImageFormatException">Not a NumPy file, truncated, or not of numbers.</exception>
    public static NpyArray Read(Stream stream, string name) => Parse(FileBytes.Read(stream), name);

    /// <summary>Writes an array, little-endian, in C order.</summary>
    /// <param name="path">The file; overwritten where it exists. Its folder must exist.</param>
    /// <param name="array">The array.</param>
    public static void Write(string path, NpyArray array)
    {
        using var file = File.Create(path);
        Write(file, array);
    }

    /// <summary>Writes an array, little-endian, in C order.</summary>
    /// <param name="stream">Written to from its position on; stays open.</param>
    /// <param name="array">The array.</param>
    public static void Write(Stream stream, NpyArray array)
    {
        var type = NpyType.Of(array.Values.GetType().GetElementType()!)!;
        // A Python tuple of one has a comma at its end.
        var shape = array.Shape.Count == 1 ? array.Shape[0] + "," : string.Join(", ", array.Shape);
        var text = $"{{'descr': '{(type.Size == 1 ? '|' : '<')}{type.Code}', 'fortran_order': False, 'shape': ({shape}), }}";
        // The elements begin at a multiple of 64.
        var length = (10 + text.Length + 1 + 63) / 64 * 64 - 10;
        Span<byte> start = [.. NpyHeader.Magic, 1, 0, (byte)length, (byte)(length >> 8)];
        stream.Write(start);
        stream.Write(Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n"));
        var bytes = new byte[(long)array.Values.Length * type.Size];
        Buffer.BlockCopy(Plain(array.Values), 0, bytes, 0, bytes.Length);
        if (!BitConverter.IsLittleEndian) Reverse(bytes, type.Size);
        stream.Write(bytes);
    }

    private static NpyArray Parse(byte[] file, string name)
    {
        var header = NpyHeader.Parse(file, name);
        var count = header.Shape.Aggregate(1, (product, length) => product * length);
        var (size, type) = (header.Type.Size, header.Type.Type);
        if (file.Length - header.DataOffset < (long)count * size) throw NpyHeader.Truncated(name);
        var bytes = file.AsSpan(header.DataOffset, count * size).ToArray();
        if (header.BigEndian == BitConverter.IsLittleEndian) Reverse(bytes, size);
        if (header.Fortran && header.Shape.Length > 1) bytes = ToCOrder(bytes, header.Shape, size);
        // A boolean must be 0 or 1 in memory; files could hold other bytes.
        if (type == typeof(bool)) return new NpyArray(header.Shape, Array.ConvertAll(bytes, b => b != 0), name);
        if (type == typeof(Half)) return new NpyArray(header.Shape, MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), name);
        var values = Array.CreateInstance(type, count);
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        return new NpyArray(header.Shape, values, name);
    }

    // BlockCopy takes primitive types only, and Half is none.
    private static Array Plain(Array values) => values is Half[] halves ? MemoryMarshal.Cast<Half, short>(halves).ToArray() : values;

    private static void Reverse(Span<byte> bytes, int size)
    {
        if (size == 2)
        {
            var words = MemoryMarshal.Cast<byte, ushort>(bytes);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (size == 4)
        {
            var words = MemoryMarshal.Cast<byte, uint>(bytes);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (size == 8)
        {
            var words = MemoryMarshal.Cast<byte, ulong>(bytes);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    private static byte[] ToCOrder(byte[] bytes, int[] shape, int size)
    {
        var result = new byte[bytes.Length];
        var index = new int[shape.Length];
        var strides = new int[shape.Length]; // in elements of the Fortran array
        for (int d = 0, stride = 1; d < shape.Length; stride *= shape[d], d++) strides[d] = stride;
        for (int to = 0, from = 0; to < result.Length; to += size)
        {
            bytes.AsSpan(from * size, size).CopyTo(result.AsSpan(to));
            for (var d = shape.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++index[d] < shape[d]) break;
                from -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
        return result;
    }
}
