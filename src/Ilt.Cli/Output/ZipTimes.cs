using System.Buffers.Binary;

namespace Ilt.Cli.Output;

/// <summary>Sets the times that a zip file has of its entries to one and the same, so that files of equal content are equal.</summary>
internal static class ZipTimes
{
    private const uint EndSign = 0x06054B50, LongEndSign = 0x06064B50, LongLocatorSign = 0x07064B50, EntrySign = 0x02014B50, LocalSign = 0x04034B50;
    private const int EndLength = 22, LocatorLength = 20, EntryLength = 46, LocalLength = 30;
    private const uint FirstOfJanuary1980 = 0x00210000; // the earliest there is: time below, date above

    /// <summary>Changes the file that was written to a stream, which can be read and is at its end.</summary>
    /// <exception cref="InvalidDataException">It is no zip file.</exception>
    public static void Level(Stream zip)
    {
        var (position, count) = Directory(zip);
        for (var i = 0L; i < count; i++)
        {
            var entry = Read(zip, position, EntryLength);
            if (Word(entry, 0) != EntrySign) throw new InvalidDataException("The directory of the zip file cannot be followed.");
            var (nameLength, extraLength, commentLength) = (Short(entry, 28), Short(entry, 30), Short(entry, 32));
            var local = (long)Word(entry, 42);
            if (local == uint.MaxValue) local = LongOffset(Read(zip, position + EntryLength + nameLength, extraLength), entry);
            Write(zip, position + 12);
            if (Word(Read(zip, local, LocalLength), 0) != LocalSign) throw new InvalidDataException("An entry of the zip file is not where its directory says.");
            Write(zip, local + 10);
            position += EntryLength + nameLength + extraLength + commentLength;
        }

        zip.Position = zip.Length;
    }

    private static (long Position, long Count) Directory(Stream zip)
    {
        // Written by .NET: without a comment at the end.
        var end = Read(zip, zip.Length - EndLength, EndLength);
        if (Word(end, 0) != EndSign) throw new InvalidDataException("The end of the zip file is not where it is expected.");
        if (Word(end, 16) != uint.MaxValue && Short(end, 10) != ushort.MaxValue) return (Word(end, 16), Short(end, 10));
        var locator = Read(zip, zip.Length - EndLength - LocatorLength, LocatorLength);
        if (Word(locator, 0) != LongLocatorSign) throw new InvalidDataException("The long form of the zip file's end is missing.");
        var longEnd = Read(zip, Long(locator, 8), 56);
        return Word(longEnd, 0) == LongEndSign ? (Long(longEnd, 48), Long(longEnd, 32)) : throw new InvalidDataException("The long form of the zip file's end is damaged.");
    }

    // The long form has, in this order, only the numbers whose place in the entry is filled with ones.
    private static long LongOffset(byte[] extra, byte[] entry)
    {
        for (var at = 0; at + 4 <= extra.Length; at += 4 + Short(extra, at + 2))
            if (Short(extra, at) == 1) return Long(extra, at + 4 + (Word(entry, 24) == uint.MaxValue ? 8 : 0) + (Word(entry, 20) == uint.MaxValue ? 8 : 0));
        throw new InvalidDataException("The place of an entry of the zip file is missing.");
    }

    private static byte[] Read(Stream zip, long position, int length)
    {
        if (position < 0 || position + length > zip.Length) throw new InvalidDataException("The zip file is cut short.");
        var bytes = new byte[length];
        zip.Position = position;
        zip.ReadExactly(bytes);
        return bytes;
    }

    private static void Write(Stream zip, long position)
    {
        Span<byte> time = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(time, FirstOfJanuary1980);
        zip.Position = position;
        zip.Write(time);
    }

    private static ushort Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static long Long(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
}
