namespace Ilt.Cli.Images;

/// <summary>Names of files from texts of the user's tables.</summary>
internal static class FileNames
{
    private const int Longest = 100;

    /// <summary>The text with everything but letters, digits, points, dashes and underscores replaced by an underscore; never empty or hidden.</summary>
    public static string Safe(string text)
    {
        var name = new string([.. text.Take(Longest).Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]).Trim('.');
        return name.Length == 0 ? "_" : name;
    }

    /// <summary>One name per text: safe, and all different even where case does not matter.</summary>
    public static string[] Distinct(IReadOnlyList<string> texts)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new string[texts.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var name = Safe(texts[i]);
            for (var n = 2; !taken.Add(name); n++)
                name = FormattableString.Invariant($"{Safe(texts[i])}-{n}");
            names[i] = name;
        }

        return names;
    }
}
