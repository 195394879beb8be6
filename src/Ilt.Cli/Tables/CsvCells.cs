using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>Cells of a file of separated values: places in its bytes, read when they are asked for, so that a large table is no heap of strings.</summary>
internal sealed class CsvCells(ReadOnlyMemory<byte> bytes, CsvPlaces places, int column, PlainNumbers? plain = null) : ColumnCells
{
    private const int PoolSize = 1024;
    private const int LongestPooled = 40;

    // Most texts of a table repeat; the last ones seen are shared.
    private readonly string?[] pool = new string?[PoolSize];

    /// <inheritdoc/>
    public override int Count => places.Count;

    /// <inheritdoc/>
    public override string this[int row]
    {
        get
        {
            var raw = Raw(row);
            if (!IsQuoted(row))
                return Pooled(raw);
            raw = raw.Trim((byte)' ').Trim((byte)'\t')[1..^1];
            return raw.Contains((byte)'"') ? Encoding.UTF8.GetString(raw).Replace("\"\"", "\"", StringComparison.Ordinal) : Pooled(raw);
        }
    }

    /// <inheritdoc/>
    public override bool IsQuoted(int row)
    {
        foreach (var b in Raw(row))
        {
            if (b is not ((byte)' ' or (byte)'\t'))
                return b == (byte)'"';
        }

        return false;
    }

    /// <inheritdoc/>
    public override bool IsBlank(int row)
    {
        var raw = Raw(row);
        return raw.IsEmpty || (raw[0] is (byte)' ' or (byte)'\t' or (byte)'"' or >= 0x80 && string.IsNullOrWhiteSpace(this[row]));
    }

    /// <inheritdoc/>
    public override bool TryNumber(int row, out double value)
    {
        var raw = Raw(row);
        // Anything unusual the slow way, by its text.
        return !raw.IsEmpty && PlainNumber.MayBegin(raw[0])
            ? PlainNumber.TryParse(raw, out value) || Numbers.TryParse(this[row], out value)
            : Numbers.TryParse(this[row], out value);
    }

    /// <inheritdoc/>
    public override bool StartsWithZero(int row) => Raw(row) is { Length: > 1 } raw && raw[0] is (byte)'0' or (byte)' ' or (byte)'\t' or (byte)'"';

    /// <inheritdoc/>
    public override PlainNumbers? Plain => plain is { IsGivenUp: false } ? plain : null;

    /// <inheritdoc/>
    public override void ForgetPlain() => plain = null;

    /// <inheritdoc/>
    public override CellSpan Span(int row) => places.Of(row, column);

    private ReadOnlySpan<byte> Raw(int row)
    {
        var place = places.Of(row, column);
        return bytes.Span.Slice(place.Start, place.Length);
    }

    private string Pooled(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return "";
        if (text.Length > LongestPooled)
            return Encoding.UTF8.GetString(text);
        var hash = new HashCode();
        hash.AddBytes(text);
        ref var slot = ref pool[hash.ToHashCode() & (PoolSize - 1)];
        Span<char> chars = stackalloc char[LongestPooled];
        chars = chars[..Encoding.UTF8.GetChars(text, chars)];
        var known = slot;
        if (known is not null && chars.SequenceEqual(known))
            return known;
        return slot = chars.ToString();
    }
}
