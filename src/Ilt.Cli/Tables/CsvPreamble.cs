namespace Ilt.Cli.Tables;

/// <summary>What stands before the table in a file of separated values: the line <c>sep=;</c> by which Excel is told the separator, and comments.</summary>
/// <param name="Length">Its bytes.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Separator">The separator that it names; null: none.</param>
/// <param name="Comments">Lines of it that are comments: they begin with #.</param>
internal readonly record struct CsvPreamble(int Length, int Lines, char? Separator, int Comments)
{
    private static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    /// <summary>Looks at the start of a file.</summary>
    public static CsvPreamble Of(ReadOnlySpan<byte> text)
    {
        var (at, lines) = (0, 0);
        var first = LineAt(text, 0).Trim("\" "u8);
        char? separator = null;
        if (first.Length == 5 && first[..4].SequenceEqual("sep="u8) && Separators.Contains(first[4]))
        {
            separator = (char)first[4];
            (at, lines) = (NextLine(text, 0), 1);
        }

        var (last, comments) = (at, 0);
        while (at < text.Length && text[at] == (byte)'#')
        {
            last = at;
            at = NextLine(text, at);
            comments++;
        }

        // A header may begin so, too: then it has the separators of the line below.
        if (comments > 0 && IsHeader(LineAt(text, last), LineAt(text, at)))
            (at, comments) = (last, comments - 1);
        return new CsvPreamble(at, lines + comments, separator, comments);
    }

    private static bool IsHeader(ReadOnlySpan<byte> line, ReadOnlySpan<byte> below)
    {
        foreach (var separator in Separators)
            if (line.Count(separator) is > 0 and var count && below.Count(separator) == count)
                return true;
        return false;
    }

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> text, int at)
    {
        var length = text[at..].IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? text[at..] : text.Slice(at, length);
    }

    private static int NextLine(ReadOnlySpan<byte> text, int at)
    {
        at += LineAt(text, at).Length;
        if (at + 1 < text.Length && text[at] == (byte)'\r' && text[at + 1] == (byte)'\n')
            at++;
        return Math.Min(text.Length, at + 1);
    }
}
