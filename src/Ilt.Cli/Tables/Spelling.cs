using System.Globalization;
using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>What makes two spellings of a class one: case, blanks, Unicode form, characters that are not seen; and words of truth beside each other.</summary>
internal static class Spelling
{
    private static readonly string[] Yes = ["true", "t", "yes", "y", "1", "1.0"];
    private static readonly string[] No = ["false", "f", "no", "n", "0", "0.0"];

    /// <summary>The text in normal form C without case (<see cref="CaseFolding"/>), with single blanks and without characters that are not seen, such as blanks of no width.</summary>
    public static string Key(string text)
    {
        var composed = UnicodeForm.Compose(text.Trim());
        var key = new StringBuilder(composed.Length);
        foreach (var c in composed)
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.Format)
                continue;
            if (!char.IsWhiteSpace(c))
                key.Append(c);
            else if (key.Length > 0 && key[^1] != ' ')
                key.Append(' ');
        }

        return CaseFolding.Fold(key.ToString().Trim());
    }

    /// <summary>
    /// Truth words by key, where the keys are nothing but such words, both sides of them, in more than one pair, and not numbers alone; else null.
    /// </summary>
    public static Dictionary<string, bool>? Truth(IReadOnlyCollection<string> keys)
    {
        if (keys.Count < 3 || !keys.All(key => Yes.Contains(key) || No.Contains(key)) || !keys.Any(Yes.Contains) || !keys.Any(No.Contains) || !keys.Any(key => char.IsLetter(key[0])))
            return null;
        return keys.ToDictionary(key => key, key => Yes.Contains(key), StringComparer.Ordinal);
    }
}
