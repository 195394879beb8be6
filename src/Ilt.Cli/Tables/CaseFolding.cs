using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>
/// One spelling for texts that differ in case only: Unicode case folding (Unicode Standard, section 3.13), with the letters that are several ones in the other case,
/// such as ß, which is SS in capitals. Greek letters with an iota below stay one letter.
/// </summary>
internal static class CaseFolding
{
    // Status F of CaseFolding.txt, but for what normal form C joins again.
    private static readonly Dictionary<char, string> Several = new()
    {
        ['\u00DF'] = "ss", ['\u1E9E'] = "ss", ['\u0149'] = "\u02BCn", ['\u1E9A'] = "a\u02BE", ['\u0587'] = "\u0565\u0582",
        ['\uFB00'] = "ff", ['\uFB01'] = "fi", ['\uFB02'] = "fl", ['\uFB03'] = "ffi", ['\uFB04'] = "ffl", ['\uFB05'] = "st", ['\uFB06'] = "st",
        ['\uFB13'] = "\u0574\u0576", ['\uFB14'] = "\u0574\u0565", ['\uFB15'] = "\u0574\u056B", ['\uFB16'] = "\u057E\u0576", ['\uFB17'] = "\u0574\u056D",
    };

    /// <summary>The folded text, in normal form C.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Several.TryGetValue(c, out var letters))
                folded.Append(letters);
            else if (c == '\u0131') // dotless i, which has a capital of its own in Turkish only
                folded.Append(c);
            else // by way of the capital, for σ and ς have one
                folded.Append(char.ToLowerInvariant(char.ToUpperInvariant(c)));
        }

        return UnicodeForm.Compose(folded.ToString());
    }
}
