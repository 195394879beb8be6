using System.Globalization;
using System.Text;

namespace Ilt.Cli.Tables;

/// <summary>
/// Unicode normal form C (UAX #15): one spelling for texts that look alike, such as ü as one character or as u with a mark. The program runs
/// without the libraries from which .NET takes it, so the tables are here (nfc.txt, from the Unicode Character Database).
/// </summary>
internal static class UnicodeForm
{
    private const int HangulSyllables = 0xAC00;
    private const int HangulLead = 0x1100;
    private const int HangulVowel = 0x1161;
    private const int HangulTail = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Lazy<Data> Tables = new(Data.Load);

    /// <summary>The text in normal form C.</summary>
    public static string Compose(string text)
    {
        // Below U+0300 there is nothing that composes or orders itself.
        var isPlain = true;
        foreach (var c in text)
            isPlain &= c < 0x300;
        if (isPlain)
            return text;
        var points = new List<int>();
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, points);
        Order(points);
        Join(points);
        var result = new StringBuilder(text.Length);
        foreach (var point in points)
            result.Append(new Rune(point).ToString());
        return result.ToString();
    }

    private static void Decompose(int point, List<int> into)
    {
        var syllable = point - HangulSyllables;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            into.Add(HangulLead + (syllable / (Vowels * Tails)));
            into.Add(HangulVowel + (syllable / Tails % Vowels));
            if (syllable % Tails > 0)
                into.Add(HangulTail + (syllable % Tails));
        }
        else if (Tables.Value.Parts.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, into);
        }
        else
        {
            into.Add(point);
        }
    }

    // Marks between two starters in the order of their classes; those of one class keep theirs.
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var mark = ClassOf(points[i]);
            if (mark == 0)
                continue;
            for (var j = i; j > 0 && ClassOf(points[j - 1]) > mark; j--)
                (points[j], points[j - 1]) = (points[j - 1], points[j]);
        }
    }

    private static void Join(List<int> points)
    {
        var starter = -1;
        var last = -1; // class of the mark before, where it did not compose
        for (var i = 0; i < points.Count; i++)
        {
            var mark = ClassOf(points[i]);
            if (starter >= 0 && (last < mark || last == -1) && Composed(points[starter], points[i]) is { } joined)
            {
                points[starter] = joined;
                points.RemoveAt(i--);
                continue;
            }

            (starter, last) = mark == 0 ? (i, -1) : (starter, mark);
        }
    }

    private static int? Composed(int first, int second)
    {
        if (first - HangulLead is >= 0 and < Leads && second - HangulVowel is >= 0 and < Vowels)
            return HangulSyllables + ((((first - HangulLead) * Vowels) + second - HangulVowel) * Tails);
        var syllable = first - HangulSyllables;
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && second - HangulTail is > 0 and < Tails)
            return first + second - HangulTail;
        return Tables.Value.Composed.TryGetValue((first, second), out var point) ? point : null;
    }

    private static int ClassOf(int point) => point < 0x300 ? 0 : Tables.Value.Classes.GetValueOrDefault(point);

    private sealed record Data(Dictionary<int, int[]> Parts, Dictionary<(int, int), int> Composed, Dictionary<int, int> Classes)
    {
        public static Data Load()
        {
            var data = new Data([], [], []);
            using var reader = new StreamReader(typeof(UnicodeForm).Assembly.GetManifestResourceStream("nfc.txt")!);
            while (reader.ReadLine() is { } line)
            {
                if (line.StartsWith('#'))
                    continue;
                if (line.IndexOf('=') is > 0 and var equals)
                    data.Add(Hex(line[..equals]), line[(equals + 1)..]);
                else
                    data.AddClass(line.Split('-', ':'));
            }

            return data;
        }

        private void Add(int point, string text)
        {
            var parts = text.TrimEnd('!').Split('+').Select(Hex).ToArray();
            Parts.Add(point, parts);
            if (parts.Length == 2 && !text.EndsWith('!'))
                Composed.Add((parts[0], parts[1]), point);
        }

        private void AddClass(string[] range)
        {
            for (var point = Hex(range[0]); point <= Hex(range[1]); point++)
                Classes.Add(point, int.Parse(range[2], CultureInfo.InvariantCulture));
        }

        private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
