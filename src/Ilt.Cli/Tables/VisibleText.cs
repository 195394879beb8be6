using System.Globalization;
using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>Shows characters of a text that nobody sees, or that look like others, by their numbers: red&lt;U+00A0&gt;.</summary>
internal static class VisibleText
{
    /// <summary>
    /// The text with other blanks than the usual one, tabs, line breaks, control characters and characters of no width by their numbers; also marks that make one
    /// character with the one before, where that is not written as one.
    /// </summary>
    public static string Of(string text)
    {
        var isComposed = UnicodeForm.Compose(text) == text;
        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var isHidden = CharUnicodeInfo.GetUnicodeCategory(c) switch
            {
                UnicodeCategory.SpaceSeparator => c != ' ',
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
                UnicodeCategory.NonSpacingMark => !isComposed,
                _ => false,
            };
            if (isHidden)
                shown.Append(CultureInfo.InvariantCulture, $"<U+{(int)c:X4}>");
            else
                shown.Append(c);
        }

        return shown.ToString();
    }
}
