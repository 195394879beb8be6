using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>Splits a line of ARFF (or a list of nominal values) at commas; single and double quotes are honoured, with backslash inside.</summary>
internal static class ArffLine
{
    /// <summary>The fields with their places in the line; null when a quote is left open or something follows a closing quote.</summary>
    public static List<FieldSpan>? Split(string line)
    {
        var fields = new List<FieldSpan>();
        var position = 0;
        while (true)
        {
            while (position < line.Length && line[position] is ' ' or '\t')
                position++;
            if (ReadField(line, ref position) is not { } field)
                return null;
            fields.Add(field);
            while (position < line.Length && line[position] is ' ' or '\t')
                position++;
            if (position == line.Length)
                return fields;
            if (line[position] != ',')
                return null;
            position++;
            // A comma at the very end separates nothing; some writers leave one.
            if (line.AsSpan(position).Trim().IsEmpty)
                return fields;
        }
    }

    /// <summary>Reads one name or value at <paramref name="position"/>, quoted or up to the next comma (or, if told so, blank).</summary>
    public static FieldSpan? ReadField(string line, ref int position, bool endsAtBlank = false)
    {
        var start = position;
        if (position < line.Length && line[position] is '\'' or '"')
        {
            var quote = line[position++];
            var value = new StringBuilder();
            while (position < line.Length && line[position] != quote)
            {
                if (line[position] == '\\' && position + 1 < line.Length)
                    position++;
                value.Append(line[position++]);
            }

            if (position == line.Length)
                return null;
            position++;
            return new FieldSpan(start, position - start, value.ToString(), quote);
        }

        while (position < line.Length && !(endsAtBlank ? line[position] is ' ' or '\t' : line[position] == ','))
            position++;
        var text = line[start..position].TrimEnd();
        return new FieldSpan(start, text.Length, text, null);
    }
}
