using System.Globalization;
using System.Text.RegularExpressions;

namespace Ilt.Cli.Fixing;

/// <summary>
/// Which rows are to be changed: <c>flagged</c>, or comparisons such as <c>probability > 0.9</c>, joined by <c>and</c> and <c>or</c>, of which <c>and</c> binds closer.
/// </summary>
internal sealed partial class FixCondition
{
    private static readonly (string Name, string Column, Func<AuditedRow, double> Value)[] Values =
    [
        ("probability", "probability_wrong", row => row.Probability),
        ("score", "noise_score", row => row.Score),
        ("rank", "rank", row => row.Rank),
        ("difficulty", "difficulty", row => row.Difficulty),
        ("confidence", "confidence", row => row.Confidence),
    ];

    private const string Flagged = "flagged";
    private const string FlaggedColumn = "is_flagged";

    private readonly List<List<Func<AuditedRow, bool?>>> alternatives = [];
    private readonly HashSet<string> columns = [];

    private FixCondition(string text) => Text = text;

    /// <summary>What the help and errors say of it.</summary>
    public static string Form { get; } = $"{Flagged}, or NAME OP NUMBER with NAME {string.Join(", ", Values.Select(value => value.Name))} and OP >, >=, <, <=, = or !=, joined by and / or";

    /// <summary>The condition as given.</summary>
    public string Text { get; }

    /// <summary>The columns of noise-scores.csv that it asks for.</summary>
    public IEnumerable<string> Columns => columns;

    /// <summary>Reads a condition; what is wrong with it is a <see cref="UserErrorException"/>.</summary>
    public static FixCondition Parse(string text)
    {
        var condition = new FixCondition(text.Trim());
        var words = new Queue<string>(Word().Matches(text).Select(match => match.Value.Trim()).Where(word => word.Length > 0));
        condition.alternatives.Add([]);
        while (true)
        {
            condition.alternatives[^1].Add(condition.Term(words));
            if (words.Count == 0)
                return condition;
            var joint = words.Dequeue().ToLowerInvariant();
            if (joint == "or")
                condition.alternatives.Add([]);
            else if (joint != "and")
                throw condition.Bad($"'{joint}' stands where and, or or the end belongs");
        }
    }

    /// <summary>Whether a row fulfils it; null: what it asks for is not known of the row, and what is known does not decide.</summary>
    public bool? Of(AuditedRow row)
    {
        bool? any = false;
        foreach (var terms in alternatives)
        {
            bool? all = true;
            foreach (var term in terms)
                all &= term(row);
            any |= all;
        }

        return any;
    }

    private Func<AuditedRow, bool?> Term(Queue<string> words)
    {
        var name = Next(words, "a condition").ToLowerInvariant();
        if (name == Flagged)
        {
            columns.Add(FlaggedColumn);
            return row => row.IsFlagged;
        }

        var (_, column, value) = Values.FirstOrDefault(known => known.Name == name);
        if (column is null)
            throw Bad(name is "(" or ")" ? "it has no brackets" : $"there is no '{name}'");
        var sign = Next(words, $"a comparison behind {name}");
        var number = Next(words, $"a number behind {name} {sign}");
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) || !double.IsFinite(bound))
            throw Bad($"'{number}' is no number with a decimal point");
        if (name is "probability" or "difficulty" && bound is < 0 or > 1)
            throw Bad($"{name} is from 0 to 1, and {number} is not");
        Func<double, bool> holds = sign switch
        {
            ">" => x => x > bound,
            ">=" => x => x >= bound,
            "<" => x => x < bound,
            "<=" => x => x <= bound,
            "=" or "==" => x => x == bound,
            "!=" => x => x != bound,
            _ => throw Bad($"'{sign}' is no comparison"),
        };
        columns.Add(column);
        return row => double.IsNaN(value(row)) ? null : holds(value(row));
    }

    private string Next(Queue<string> words, string what) => words.TryDequeue(out var word) ? word : throw Bad($"{what} is missing");

    private UserErrorException Bad(string what) => new($"--when \"{Text}\": {what}; expected {Form}, for example --when \"probability > 0.9\".");

    [GeneratedRegex(@"[A-Za-z_]+|[-+]?[0-9.][0-9.eE+-]*|[<>=!]+|\S", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
