using System.Buffers.Binary;

namespace Ilt.Imaging;

/// <summary>The check sum of PNG chunks and zip files: CRC-32 with the reversed polynomial 0xEDB88320, eight bytes at a time.</summary>
internal static class Crc32
{
    // Entry [k * 256 + b]: what byte b does to the sum when k more bytes follow in the same step.
    private static readonly uint[] Table = CreateTable();

    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The sum of bytes that follow others, from the sum of those; 0 for none.</summary>
    public static uint Append(uint before, ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        var sum = ~before;
        while (bytes.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ sum;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            sum = table[7 * 256 + (int)(low & 255)] ^ table[6 * 256 + (int)((low >> 8) & 255)]
                ^ table[5 * 256 + (int)((low >> 16) & 255)] ^ table[4 * 256 + (int)(low >> 24)]
                ^ table[3 * 256 + (int)(high & 255)] ^ table[2 * 256 + (int)((high >> 8) & 255)]
                ^ table[256 + (int)((high >> 16) & 255)] ^ table[(int)(high >> 24)];
            bytes = bytes[8..];
        }
        foreach (var value in bytes) sum = (sum >> 8) ^ table[(int)((sum ^ value) & 255)];
        return ~sum;
    }

    private static uint[] CreateTable()
    {
        var table = new uint[8 * 256];
        for (var i = 0; i < 256; i++)
        {
            var value = (uint)i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            table[i] = value;
        }
        for (var i = 256; i < table.Length; i++) table[i] = (table[i - 256] >> 8) ^ table[(int)(table[i - 256] & 255)];
        return table;
    }
}
