using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Ilt.Datasets;

/// <summary>Writes MATLAB 5 files as SciPy and MATLAB do, and in the ways that only their description allows.</summary>
internal sealed class MatFileWriter(bool bigEndian = false, bool compressed = true)
{
    private readonly List<byte[]> variables = [];

    public MatFileWriter Add(string name, MatClass kind, MatType stored, int[] dimensions, Array values, uint flags = 0)
    {
        variables.Add(Matrix(name, kind, stored, dimensions, values, flags));
        return this;
    }

    public MatFileWriter AddCells(string name, int[] dimensions, params byte[][] cells)
    {
        variables.Add(Element(MatType.Matrix, Body(name, MatClass.Cell, dimensions, 0, [.. cells.SelectMany(c => c)])));
        return this;
    }

    /// <summary>A whole array with its tag, to be put into cells.</summary>
    public byte[] Matrix(string name, MatClass kind, MatType stored, int[] dimensions, Array values, uint flags = 0) =>
        Element(MatType.Matrix, Body(name, kind, dimensions, flags, Element(stored, Bytes(values))));

    public byte[] ToArray()
    {
        var header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file Platform: posix, Created on: Thu Jan  1 00:00:00 2015".PadRight(124)).CopyTo(header, 0);
        if (bigEndian) "\u0001\0MI"u8.CopyTo(header.AsSpan(124));
        else "\0\u0001IM"u8.CopyTo(header.AsSpan(124));
        return [.. header, .. variables.SelectMany(v => compressed ? Compress(v) : v)];
    }

    private byte[] Body(string name, MatClass kind, int[] dimensions, uint flags, byte[] data) =>
    [
        .. Element(MatType.UInt32, [.. Word((uint)kind | flags), .. Word(0)]), .. Element(MatType.Int32, [.. dimensions.SelectMany(d => Word((uint)d))]),
        .. Element(MatType.Int8, Encoding.ASCII.GetBytes(name)), .. data,
    ];

    private byte[] Element(MatType type, byte[] bytes) => type != MatType.Matrix && bytes.Length is > 0 and <= 4
        ? [.. Word(((uint)bytes.Length << 16) | (uint)type), .. bytes, .. new byte[4 - bytes.Length]]
        : [.. Word((uint)type), .. Word((uint)bytes.Length), .. bytes, .. new byte[(8 - (bytes.Length % 8)) % 8]];

    private byte[] Compress(byte[] variable)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(variable);
        // Unlike other elements, compressed ones are not filled up to eight bytes.
        return [.. Word((uint)MatType.Compressed), .. Word((uint)packed.Length), .. packed.ToArray()];
    }

    private byte[] Word(uint value)
    {
        var bytes = new byte[4];
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private byte[] Bytes(Array values)
    {
        var bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        var size = values.Length == 0 ? 1 : bytes.Length / values.Length;
        if (bigEndian) for (var i = 0; i < bytes.Length; i += size) Array.Reverse(bytes, i, size);
        return bytes;
    }
}
