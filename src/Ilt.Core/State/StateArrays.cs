using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ilt.State;

/// <summary>Arrays of numbers in a saved state: their length, then their bytes.</summary>
internal static class StateArrays
{
    // The bytes of a large array are more than a span can count.
    private const int Piece = 1 << 20;

    public static void WriteArray<T>(this BinaryWriter writer, ReadOnlySpan<T> values) where T : unmanaged
    {
        writer.Write(values.Length);
        for (; values.Length > 0; values = values[Math.Min(values.Length, Piece)..])
            writer.Write(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, Piece)]));
    }

    /// <summary>Fills an array whose length the object's options fix.</summary>
    /// <exception cref="FormatException">Another length was saved.</exception>
    public static void ReadInto<T>(this BinaryReader reader, Span<T> values) where T : unmanaged
    {
        var length = reader.ReadInt32();
        if (length != values.Length)
            throw new FormatException(FormattableString.Invariant($"The saved state has {length} numbers where this run has {values.Length}."));
        Fill(reader, values);
    }

    /// <summary>A count that the rest of the state could hold: a broken file must not make us ask for the memory it names.</summary>
    /// <param name="reader">At the count.</param>
    /// <param name="bytesPerItem">Bytes that an entry takes at least.</param>
    /// <exception cref="FormatException">The count is negative, or larger than that.</exception>
    public static int ReadCount(this BinaryReader reader, int bytesPerItem)
    {
        var count = reader.ReadInt32();
        var left = reader.BaseStream.CanSeek ? reader.BaseStream.Length - reader.BaseStream.Position : long.MaxValue;
        if (count < 0 || (long)count * bytesPerItem > left)
            throw new FormatException(FormattableString.Invariant($"The saved state names {count} entries where {left} bytes are left; it is damaged."));
        return count;
    }

    /// <summary>Reads an array of any length.</summary>
    /// <exception cref="FormatException">The length is more than what is left of the state.</exception>
    public static T[] ReadArray<T>(this BinaryReader reader) where T : unmanaged
    {
        var values = new T[reader.ReadCount(Unsafe.SizeOf<T>())];
        Fill(reader, values.AsSpan());
        return values;
    }

    private static void Fill<T>(BinaryReader reader, Span<T> values) where T : unmanaged
    {
        for (; values.Length > 0; values = values[Math.Min(values.Length, Piece)..])
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, Piece)]));
    }
}
