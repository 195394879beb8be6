using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>
/// Splits a line of ARFF (or a list of nominal values): single and double quotes are honoured, with backslash inside; a percent sign at the
/// start of a value begins a comment.
/// </summary>
internal static class ArffLine
{
    /// <summary>Values end at commas; blanks around them are no part of them.</summary>
    public const string Commas = ",";

    /// <summary>Values end at commas and tabs.</summary>
    public const string CommasAndTabs = ",\t";

    /// <summary>Values end at commas and at any blank.</summary>
    public const string CommasAndBlanks = ",\t ";

    /// <summary>The fields with their places in the line; null when a quote is left open or something follows a closing quote.</summary>
    /// <param name="line">The line.</param>
    /// <param name="separators">What ends a value.</param>
    /// <param name="position">Where to begin; afterwards where the fields end: at the end, at a comment, or at a brace where <paramref name="endsAtBrace"/>.</param>
    /// <param name="endsAtBrace">Whether a brace outside of quotes ends the fields.</param>
    public static List<FieldSpan>? Split(string line, string separators, ref int position, bool endsAtBrace = false)
    {
        var fields = new List<FieldSpan>();
        while (true)
        {
            SkipBlanks(line, ref position);
            if (IsEnd(line, position, endsAtBrace))
                return fields; // a separator at the very end separates nothing; some writers leave one
            if (ReadField(line, ref position, separators, endsAtBrace) is not { } field)
                return null;
            fields.Add(field);
            var blanks = position;
            SkipBlanks(line, ref position);
            if (IsEnd(line, position, endsAtBrace))
                return fields;
            if (line[position] == ',')
                position++;
            else if (position == blanks || !separators.Contains(line[blanks]))
                return null;
        }
    }

    /// <summary>Splits at commas.</summary>
    public static List<FieldSpan>? Split(string line)
    {
        var position = 0;
        return Split(line, Commas, ref position);
    }

    /// <summary>Reads one name or value at <paramref name="position"/>, quoted or up to the next separator.</summary>
    public static FieldSpan? ReadField(string line, ref int position, string separators = Commas, bool endsAtBrace = false)
    {
        var start = position;
        if (position < line.Length && line[position] is '\'' or '"')
        {
            var quote = line[position++];
            var value = new StringBuilder();
            while (position < line.Length && line[position] != quote)
            {
                var c = line[position++];
                value.Append(c == '\\' && position < line.Length ? Escaped(line[position++]) : c);
            }

            if (position == line.Length)
                return null;
            position++;
            return new FieldSpan(start, position - start, value.ToString(), quote);
        }

        while (position < line.Length && !separators.Contains(line[position]) && !(endsAtBrace && line[position] == '}') && !IsComment(line, position))
            position++;
        var text = line[start..position].TrimEnd();
        return new FieldSpan(start, text.Length, text, null);
    }

    private static char Escaped(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        _ => c,
    };

    private static bool IsEnd(string line, int position, bool endsAtBrace) =>
        position >= line.Length || IsComment(line, position) || (endsAtBrace && line[position] == '}');

    // 50% is a value; a percent sign behind a blank begins a comment.
    private static bool IsComment(string line, int position) => line[position] == '%' && (position == 0 || line[position - 1] is ' ' or '\t' or ',' or '}' or '\'' or '"');

    private static void SkipBlanks(string line, ref int position)
    {
        while (position < line.Length && line[position] is ' ' or '\t' or '\r')
            position++;
    }
}
