using System.Text;

namespace Ilt.Cli.Tasks;

/// <summary>Lists of column names on the command line.</summary>
internal static class NameList
{
    /// <summary>The names of an option that may be given several times.</summary>
    public static IReadOnlyList<string> ParseAll(string[]? lists, string option) => (lists ?? []).SelectMany(list => Parse(list, option)).ToArray();

    /// <summary>Splits at commas; blanks around names are dropped; a name in double quotes may hold commas (a quote inside is doubled).</summary>
    public static IReadOnlyList<string> Parse(string text, string option)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
                name.Append(text[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                Take();
            else
                name.Append(c);
        }

        if (quoted)
            throw new UserErrorException($"{option}: a double quote is never closed; put the whole column name in quotes.");
        Take();
        return names;

        void Take()
        {
            if (!string.IsNullOrWhiteSpace(name.ToString()))
                names.Add(name.ToString().Trim());
            name.Clear();
        }
    }
}
