using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ilt.Datasets;

/// <summary>Bytes of an element to numbers of the variable's type: whole numbers of any type may be stored in fewer bytes than that type has.</summary>
internal static class MatValues
{
    /// <summary>The values; null where numbers of that class cannot be stored that way.</summary>
    public static Array? Read(ReadOnlySpan<byte> bytes, MatType stored, MatClass kind, bool logical, bool bigEndian)
    {
        if (kind == MatClass.Char) return Characters(bytes, stored, bigEndian);
        if (Stored(bytes, stored, bigEndian) is not { } numbers) return null;
        return logical ? Convert(numbers, x => x != 0) : kind switch
        {
            MatClass.Double => Convert(numbers, x => x),
            MatClass.Single => Convert(numbers, x => (float)x),
            MatClass.Int8 => Convert(numbers, x => (sbyte)x),
            MatClass.UInt8 => Convert(numbers, x => (byte)x),
            MatClass.Int16 => Convert(numbers, x => (short)x),
            MatClass.UInt16 => Convert(numbers, x => (ushort)x),
            MatClass.Int32 => Convert(numbers, x => (int)x),
            MatClass.UInt32 => Convert(numbers, x => (uint)x),
            // 64-bit numbers are stored in 64 bits or in types that a double holds exactly.
            MatClass.Int64 => numbers as long[] ?? (Array)Convert(numbers, x => (long)x),
            MatClass.UInt64 => numbers as ulong[] ?? (Array)Convert(numbers, x => (ulong)x),
            _ => null,
        };
    }

    private static T[] Convert<T>(Array numbers, Func<double, T> conversion)
    {
        // By far the most frequent: stored as what it is.
        if (numbers.GetType() == typeof(T[])) return (T[])numbers;
        return Type.GetTypeCode(numbers.GetType().GetElementType()) switch
        {
            TypeCode.Double => Array.ConvertAll((double[])numbers, x => conversion(x)),
            TypeCode.Single => Array.ConvertAll((float[])numbers, x => conversion(x)),
            TypeCode.SByte => Array.ConvertAll((sbyte[])numbers, x => conversion(x)),
            TypeCode.Byte => Array.ConvertAll((byte[])numbers, x => conversion(x)),
            TypeCode.Int16 => Array.ConvertAll((short[])numbers, x => conversion(x)),
            TypeCode.UInt16 => Array.ConvertAll((ushort[])numbers, x => conversion(x)),
            TypeCode.Int32 => Array.ConvertAll((int[])numbers, x => conversion(x)),
            TypeCode.UInt32 => Array.ConvertAll((uint[])numbers, x => conversion(x)),
            TypeCode.Int64 => Array.ConvertAll((long[])numbers, x => conversion(x)),
            _ => Array.ConvertAll((ulong[])numbers, x => conversion(x)),
        };
    }

    private static Array? Stored(ReadOnlySpan<byte> bytes, MatType stored, bool bigEndian) => stored switch
    {
        MatType.Int8 => MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray(),
        MatType.UInt8 => bytes.ToArray(),
        MatType.Int16 => Array.ConvertAll(Words(bytes, bigEndian), x => unchecked((short)x)),
        MatType.UInt16 => Words(bytes, bigEndian),
        MatType.Int32 => Array.ConvertAll(Doublewords(bytes, bigEndian), x => unchecked((int)x)),
        MatType.UInt32 => Doublewords(bytes, bigEndian),
        MatType.Single => Array.ConvertAll(Doublewords(bytes, bigEndian), BitConverter.UInt32BitsToSingle),
        MatType.Double => Array.ConvertAll(Quadwords(bytes, bigEndian), BitConverter.UInt64BitsToDouble),
        MatType.Int64 => Array.ConvertAll(Quadwords(bytes, bigEndian), x => unchecked((long)x)),
        MatType.UInt64 => Quadwords(bytes, bigEndian),
        _ => null,
    };

    private static char[]? Characters(ReadOnlySpan<byte> bytes, MatType stored, bool bigEndian) => stored switch
    {
        MatType.Utf8 => Encoding.UTF8.GetString(bytes).ToCharArray(),
        MatType.Int8 or MatType.UInt8 => Encoding.Latin1.GetString(bytes).ToCharArray(),
        MatType.UInt16 or MatType.Utf16 => Array.ConvertAll(Words(bytes, bigEndian), x => (char)x),
        MatType.Utf32 => Array.ConvertAll(Doublewords(bytes, bigEndian), x => x <= char.MaxValue ? (char)x : '\uFFFD'),
        _ => null,
    };

    private static ushort[] Words(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var result = MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
        if (bigEndian == BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(result, result);
        return result;
    }

    private static uint[] Doublewords(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var result = MemoryMarshal.Cast<byte, uint>(bytes).ToArray();
        if (bigEndian == BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(result, result);
        return result;
    }

    private static ulong[] Quadwords(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var result = MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
        if (bigEndian == BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(result, result);
        return result;
    }
}
