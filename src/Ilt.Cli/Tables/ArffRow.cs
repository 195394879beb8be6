using System.Globalization;

namespace Ilt.Cli.Tables;

/// <summary>One row of the data of an ARFF file: dense, or sparse with the places of its values; perhaps with a weight behind it.</summary>
/// <param name="Fields">The values in the line.</param>
/// <param name="Places">For a sparse row the column of each value, ascending; null: dense.</param>
/// <param name="End">Sparse: where the closing brace stands.</param>
/// <param name="Weight">The weight of the row; 1 where there is none.</param>
internal sealed record ArffRow(IReadOnlyList<FieldSpan> Fields, int[]? Places, int End, double Weight)
{
    /// <summary>Reads a row; what is wrong with it is a <see cref="FormatException"/> in words that follow "line 7 ".</summary>
    public static ArffRow Read(string line, int columns)
    {
        var start = line.Length - line.TrimStart().Length;
        return line[start] == '{' ? Sparse(line, start + 1, columns) : Dense(line, columns);
    }

    /// <summary>The field of a column; null where a sparse row leaves it out.</summary>
    public FieldSpan? Of(int column)
    {
        if (Places is null)
            return Fields[column];
        var place = Array.BinarySearch(Places, column);
        return place < 0 ? null : Fields[place];
    }

    private static ArffRow Dense(string line, int columns)
    {
        var mostly = (ArffRow?)null;
        // Weka takes blanks and tabs for separators too; a file with commas may have blanks within its values.
        foreach (var separators in (string[])[ArffLine.Commas, ArffLine.CommasAndTabs, ArffLine.CommasAndBlanks])
        {
            var position = 0;
            if (ArffLine.Split(line, separators, ref position) is not { } fields)
                continue;
            var weight = 1.0;
            if (fields.Count == columns + 1 && fields[^1] is { Quote: null } last && last.Value.StartsWith('{') && last.Value.EndsWith('}'))
                (weight, _) = (Number(last.Value[1..^1]), fields.Remove(last));
            var row = new ArffRow(fields, null, 0, weight);
            if (fields.Count == columns)
                return row;
            mostly ??= row;
        }

        throw new FormatException(mostly is null
            ? "has a quote in a place where it does not belong; quote whole values."
            : FormattableString.Invariant($"has {mostly.Fields.Count} values, the header declares {columns} attributes; mend the row."));
    }

    private static ArffRow Sparse(string line, int position, int columns)
    {
        var pairs = ArffLine.Split(line, ArffLine.CommasAndBlanks, ref position, endsAtBrace: true);
        if (pairs is null || position >= line.Length || line[position] != '}' || pairs.Count % 2 != 0)
            throw new FormatException("is a sparse row that cannot be read; expected {PLACE VALUE, PLACE VALUE, ...} with places from 0, and quotes around values that hold blanks.");
        var places = new int[pairs.Count / 2];
        for (var i = 0; i < places.Length; i++)
        {
            if (!int.TryParse(pairs[2 * i].Value, NumberStyles.None, CultureInfo.InvariantCulture, out places[i]) || places[i] >= columns)
                throw new FormatException(FormattableString.Invariant($"is a sparse row with the place '{pairs[2 * i].Value}'; expected a number from 0 to {columns - 1}, before each value."));
            if (i > 0 && places[i] <= places[i - 1])
                throw new FormatException(FormattableString.Invariant($"is a sparse row with place {places[i]} behind place {places[i - 1]}; expected each place once, in ascending order."));
        }

        var end = position++;
        var rest = ArffLine.Split(line[position..].TrimStart(' ', '\t', ','));
        var weight = rest switch
        {
            { Count: 0 } => 1,
            [{ Quote: null } only] when only.Value.StartsWith('{') && only.Value.EndsWith('}') => Number(only.Value[1..^1]),
            _ => throw new FormatException("has something behind the closing brace of its sparse row; expected nothing, or a weight in braces."),
        };
        return new ArffRow([.. pairs.Where((_, i) => i % 2 == 1)], places, end, weight);
    }

    private static double Number(string text) => Numbers.TryParse(text, out var weight) && double.IsFinite(weight)
        ? weight
        : throw new FormatException($"has the weight '{text}'; expected a number in braces.");
}
