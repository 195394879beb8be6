using System.Buffers;

namespace Ilt.Cli.Tables;

/// <summary>
/// Goes through the records of a file of separated values, strictly: a quote opens a field or closes it, nothing else. Lines end with line
/// feed, carriage return or both; lines without any text are no records.
/// </summary>
/// <param name="bytes">The file.</param>
/// <param name="separator">What stands between fields.</param>
/// <param name="preamble">What stands before the first record.</param>
internal sealed class CsvRecords(ReadOnlyMemory<byte> bytes, char separator, CsvPreamble preamble = default)
{
    private readonly SearchValues<byte> ends = SearchValues.Create([(byte)separator, (byte)'\n', (byte)'\r', (byte)'"']);
    private CellSpan[] fields = new CellSpan[16];
    private int position = preamble.Length;
    private int nextLine = preamble.Lines + 1;

    /// <summary>The fields of the record: places in the bytes, quotes and blanks around included.</summary>
    public ReadOnlySpan<CellSpan> Fields => fields.AsSpan(0, FieldCount);

    /// <summary>Where the next record begins, or an empty line before it.</summary>
    public int Position => position;

    /// <summary>The line of <see cref="Position"/>, from 1.</summary>
    public int NextLine => nextLine;

    /// <summary>How many there are.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The line on which the record starts, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Whether a field of the record goes over several lines.</summary>
    public bool HasLineBreak { get; private set; }

    /// <summary>Goes to the next record; a quote in the wrong place is a <see cref="FormatException"/>, and <see cref="Line"/> says where.</summary>
    public bool Read()
    {
        var text = bytes.Span;
        while (position < text.Length)
        {
            Line = nextLine;
            FieldCount = 0;
            HasLineBreak = false;
            do
                ReadField(text);
            while (IsSeparator(text));
            EndLine(text);
            if (FieldCount > 1 || !text.Slice(fields[0].Start, fields[0].Length).Trim(" \t"u8).IsEmpty)
                return true;
        }

        return false;
    }

    private bool IsSeparator(ReadOnlySpan<byte> text)
    {
        if (position >= text.Length || text[position] != (byte)separator)
            return false;
        position++;
        return true;
    }

    private void EndLine(ReadOnlySpan<byte> text)
    {
        if (position >= text.Length)
            return;
        if (text[position] == (byte)'\r' && position + 1 < text.Length && text[position + 1] == (byte)'\n')
            position++;
        position++;
        nextLine++;
    }

    private void ReadField(ReadOnlySpan<byte> text)
    {
        var start = position;
        var first = SkipBlanks(text, start);
        if (first < text.Length && text[first] == (byte)'"')
        {
            position = SkipBlanks(text, ReadQuoted(text, first + 1));
            if (position < text.Length && text[position] != (byte)separator && text[position] is not ((byte)'\n' or (byte)'\r'))
                throw new FormatException();
        }
        else
        {
            var length = text[start..].IndexOfAny(ends);
            position = length < 0 ? text.Length : start + length;
            if (position < text.Length && text[position] == (byte)'"')
                throw new FormatException();
        }

        if (FieldCount == fields.Length)
            Array.Resize(ref fields, 2 * fields.Length);
        fields[FieldCount++] = new CellSpan(start, position - start);
    }

    // From behind the opening quote to behind the closing one.
    private int ReadQuoted(ReadOnlySpan<byte> text, int from)
    {
        while (true)
        {
            var length = text[from..].IndexOf((byte)'"');
            if (length < 0)
                throw new FormatException();
            var lines = Lines(text.Slice(from, length));
            nextLine += lines;
            HasLineBreak |= lines > 0;
            from += length + 1;
            if (from >= text.Length || text[from] != (byte)'"')
                return from;
            from++;
        }
    }

    private static int Lines(ReadOnlySpan<byte> text)
    {
        var feeds = text.Count((byte)'\n');
        return feeds > 0 ? feeds : text.Count((byte)'\r');
    }

    private int SkipBlanks(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length && (text[from] == (byte)' ' || (text[from] == (byte)'\t' && separator != '\t')))
            from++;
        return from;
    }
}
