using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ilt.MLNet;

/// <summary>The pieces every section of a model file is made of.</summary>
internal static class StateFormat
{
    /// <summary>A count that the rest of the data could hold: a broken file must not make us ask for memory it names.</summary>
    /// <exception cref="FormatException">The count is negative or too large.</exception>
    public static int Count(BinaryReader reader, int bytesPerItem = 1)
    {
        var count = reader.ReadInt32();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (count < 0 || (long)count * bytesPerItem > left)
            throw new FormatException($"The model file names {count} entries where {left} bytes are left; it is broken. Save the model again.");
        return count;
    }

    public static void WriteList<T>(this BinaryWriter writer, IReadOnlyCollection<T> items, Action<T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items) write(item);
    }

    public static T[] ReadList<T>(this BinaryReader reader, Func<T> read)
    {
        var items = new T[Count(reader)];
        for (var i = 0; i < items.Length; i++) items[i] = read();
        return items;
    }

    public static void WriteArray<T>(this BinaryWriter writer, ReadOnlySpan<T> values) where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    public static T[] ReadArray<T>(this BinaryReader reader) where T : unmanaged
    {
        var values = new T[Count(reader, Unsafe.SizeOf<T>())];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public static void WriteOptional<T>(this BinaryWriter writer, T? value, Action<T> write) where T : class
    {
        writer.Write(value is not null);
        if (value is not null) write(value);
    }

    public static T? ReadOptional<T>(this BinaryReader reader, Func<T> read) where T : class => reader.ReadBoolean() ? read() : null;

    public static void WriteOptional(this BinaryWriter writer, double? value)
    {
        writer.Write(value is not null);
        if (value is { } number) writer.Write(number);
    }

    public static double? ReadOptionalDouble(this BinaryReader reader) => reader.ReadBoolean() ? reader.ReadDouble() : null;
}
