using System.Globalization;
using System.Text;

namespace Ilt.Cli.Output;

/// <summary>Shows characters that would command a terminal, or turn its writing round, by their numbers: \u001B.</summary>
internal static class CleanText
{
    /// <summary>The text; line breaks and tabs stay where <paramref name="keepsLines"/>.</summary>
    public static string Of(string text, bool keepsLines)
    {
        var first = 0;
        while (first < text.Length && !IsCommand(text, first, keepsLines)) first++;
        if (first == text.Length) return text;
        var clean = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            if (IsCommand(text, i, keepsLines)) clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            else clean.Append(text[i]);
        }

        return clean.ToString();
    }

    private static bool IsCommand(string text, int at, bool keepsLines) => text[at] switch
    {
        '\t' => false,
        '\n' => !keepsLines,
        '\r' => !keepsLines || at + 1 >= text.Length || text[at + 1] != '\n',
        '\u2028' or '\u2029' => true,
        >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' => true, // directions of writing
        var character => char.IsControl(character),
    };
}
