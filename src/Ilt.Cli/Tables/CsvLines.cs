using System.Numerics;
using System.Runtime.Intrinsics;

namespace Ilt.Cli.Tables;

/// <summary>
/// Finds the cells of a file of separated values in which every line is a row, which is so where nothing stands in quotes and no line is empty: then parts of the
/// file are read at the same time, and numbers with their cells. What is found does not depend on the number of threads.
/// </summary>
internal sealed class CsvLines
{
    private const int BytesOfPart = 1 << 20;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly byte separator;
    private readonly CsvPlaces places;
    private readonly PlainNumbers[] numbers;
    private volatile bool isOther;

    private CsvLines(ReadOnlyMemory<byte> bytes, char separator, CsvPlaces places, PlainNumbers[] numbers) =>
        (this.bytes, this.separator, this.places, this.numbers) = (bytes, (byte)separator, places, numbers);

    /// <summary>Reads all rows; null where the file is not of that kind, or a row has another number of cells.</summary>
    /// <param name="bytes">The rows.</param>
    /// <param name="from">Where they begin; places count from the start of the bytes.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="onRead">Gets the share that has been read, 0 to 1, never from two threads at once.</param>
    /// <param name="bytesOfPart">Bytes that are read by one thread together.</param>
    public static (CsvPlaces Places, PlainNumbers[] Numbers)? Read(
        ReadOnlyMemory<byte> bytes, int from, char separator, int columns, Action<double>? onRead = null, int bytesOfPart = BytesOfPart)
    {
        var rest = bytes.Span[from..];
        if (rest.IsEmpty || rest.Contains((byte)'"'))
            return null;
        var starts = Starts(bytes.Span, from, bytesOfPart);
        var rows = new int[starts.Count];
        Parallel.For(0, rows.Length - 1, part => rows[part + 1] = Count(bytes.Span[starts[part]..starts[part + 1]]));
        for (var part = 1; part < rows.Length; part++)
            rows[part] += rows[part - 1];
        var reader = new CsvLines(bytes, separator, new CsvPlaces(columns, rows[^1]), PlainNumbers.Of(columns, rows[^1]));
        reader.places.Fill();
        var read = 0;
        var telling = new Lock();
        Parallel.For(0, rows.Length - 1, part =>
        {
            if (reader.isOther)
                return;
            reader.Read(starts[part], starts[part + 1], rows[part]);
            lock (telling)
                onRead?.Invoke(++read / (rows.Length - 1.0));
        });
        return reader.isOther ? null : (reader.places, reader.numbers);
    }

    private static List<int> Starts(ReadOnlySpan<byte> text, int from, int bytesOfPart)
    {
        var starts = new List<int> { from };
        while (starts[^1] < text.Length)
        {
            var at = (int)Math.Min(text.Length, (long)starts[^1] + bytesOfPart);
            var length = text[at..].IndexOf((byte)'\n');
            starts.Add(length < 0 ? text.Length : at + length + 1);
        }

        return starts;
    }

    // The last line may have no end.
    private static int Count(ReadOnlySpan<byte> text) => text.Count((byte)'\n') + (text[^1] == (byte)'\n' ? 0 : 1);

    private void Read(int from, int to, int firstRow)
    {
        var text = bytes.Span[..to];
        var parts = Array.ConvertAll(numbers, column => column.Begin());
        var row = new Row(places, parts, firstRow, from);
        var (separators, feeds, returns) = (Vector256.Create(separator), Vector256.Create((byte)'\n'), Vector256.Create((byte)'\r'));
        var at = from;
        for (; at + Vector256<byte>.Count <= to; at += Vector256<byte>.Count)
        {
            var block = Vector256.Create(text[at..]);
            var ends = (Vector256.Equals(block, separators) | Vector256.Equals(block, feeds) | Vector256.Equals(block, returns)).ExtractMostSignificantBits();
            for (; ends != 0; ends &= ends - 1)
            {
                if (!row.End(text, at + BitOperations.TrailingZeroCount(ends), separator))
                {
                    isOther = true;
                    return;
                }
            }
        }

        for (; at < to; at++)
        {
            if ((text[at] == separator || text[at] is (byte)'\n' or (byte)'\r') && !row.End(text, at, separator))
            {
                isOther = true;
                return;
            }
        }

        if (text[^1] != (byte)'\n' && !row.EndLine(text, to))
        {
            isOther = true;
            return;
        }

        foreach (ref var part in parts.AsSpan())
            part.End();
    }

    /// <summary>Where a thread is.</summary>
    private struct Row
    {
        private readonly CsvPlaces places;
        private readonly PlainNumbers.Part[] parts;
        private readonly int last;
        private int row, start, cell, cellStart;

        public Row(CsvPlaces places, PlainNumbers.Part[] parts, int row, int start)
        {
            (this.places, this.parts, this.row, this.start) = (places, parts, row, start);
            (last, cellStart) = (parts.Length - 1, start);
        }

        /// <summary>Ends a cell, and a row with its last one; false where the file is another.</summary>
        public bool End(ReadOnlySpan<byte> text, int at, byte separator)
        {
            var end = text[at];
            if (end == separator)
            {
                if (cell == last)
                    return false;
                Take(text, at);
                cell++;
                cellStart = at + 1;
                return true;
            }

            // Of carriage return and line feed, the latter ends the line.
            if (end == (byte)'\r')
                return at + 1 < text.Length && text[at + 1] == (byte)'\n';
            if (!EndLine(text, at > start && text[at - 1] == (byte)'\r' ? at - 1 : at))
                return false;
            (row, cell) = (row + 1, 0);
            start = cellStart = at + 1;
            return true;
        }

        /// <summary>Ends the last cell of a row.</summary>
        public readonly bool EndLine(ReadOnlySpan<byte> text, int at)
        {
            // A line of blanks is no row of one column.
            if (cell != last || (last == 0 && text[start..at].Trim(" \t"u8).IsEmpty))
                return false;
            Take(text, at);
            return places.SetRow(row, start, at + 1 - start);
        }

        private readonly void Take(ReadOnlySpan<byte> text, int at)
        {
            places.SetCell(row, cell, cellStart - start);
            parts[cell].Add(row, text[cellStart..at]);
        }
    }
}
