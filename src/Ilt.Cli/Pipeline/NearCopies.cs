using System.Runtime.InteropServices;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Correlations = MathNet.Numerics.Statistics.Correlation;

namespace Ilt.Cli.Pipeline;

/// <summary>Columns that say a label again in nearly all rows: perhaps made from it before its mistakes were mended, or rounded.</summary>
internal static class NearCopies
{
    private const int FewestRows = 20;
    private const int MostClasses = 1000;

    // Of a class in 99 of 100 rows nearly any column of one value says as much, so chance is taken away.
    private const double FewestAgreeing = 0.95;
    private const double FewestBeyondChance = 0.8;

    private const double LeastCorrelation = 0.995;
    private const double LeastRanksBesideALine = 0.9; // a few rows far off can make a straight line by themselves
    private const double LeastInSample = 0.98;
    private const int SampledRows = 10_000;

    /// <summary>What to say of them, a sentence for each column and task.</summary>
    /// <param name="columns">The features, without exact copies.</param>
    /// <param name="labels">The labels.</param>
    public static IEnumerable<string> Notes(IReadOnlyList<TableColumn> columns, IReadOnlyList<TaskLabel> labels)
    {
        foreach (var label in labels)
        {
            foreach (var column in columns)
            {
                var found = label.Classes is { } classes
                    ? Agreement(column, classes)
                    : column.Kind == ColumnKind.Number ? label.Targets.Select(target => Correlation(column.ToNumbers("this feature"), target)).FirstOrDefault(text => text is not null) : null;
                if (found is not null)
                    yield return $"column '{column.Name}' nearly says again what the label of task {label.Spec.Name} says ({found}); if it was made from the label, leave it out with --ignore \"{column.Name}\", for it hides wrong labels.";
            }
        }
    }

    /// <summary>In how many rows the values of a column of few and the classes are one to one, in words; null: in too few.</summary>
    private static string? Agreement(TableColumn column, int[] classes)
    {
        var count = classes.Max() + 1;
        var most = (2 * count) + 2;
        if (count is < 2 or > MostClasses || Values(column, most) is not { } values)
            return null;
        var (rows, distinct) = (0, values.Max() + 1);
        var pairs = new int[Math.Max(distinct, 0) * count];
        for (var row = 0; row < values.Length; row++)
        {
            if (values[row] < 0 || classes[row] < 0)
                continue;
            pairs[(values[row] * count) + classes[row]]++;
            rows++;
        }

        if (rows < FewestRows || rows * 2 < classes.Count(k => k >= 0))
            return null;
        var ofClass = Enumerable.Range(0, count).Select(k => Enumerable.Range(0, distinct).MaxBy(v => pairs[(v * count) + k])).ToArray();
        var (agreeing, byChance) = (0, 0.0);
        for (var v = 0; v < distinct; v++)
        {
            var k = Enumerable.Range(0, count).MaxBy(k => pairs[(v * count) + k]);
            if (ofClass[k] != v)
                continue;
            agreeing += pairs[(v * count) + k];
            byChance += (double)Enumerable.Range(0, count).Sum(other => pairs[(v * count) + other]) / rows
                * Enumerable.Range(0, distinct).Sum(other => pairs[(other * count) + k]) / rows;
        }

        var share = (double)agreeing / rows;
        return share >= FewestAgreeing && share < 1 && byChance < 1 && (share - byChance) / (1 - byChance) >= FewestBeyondChance
            ? FormattableString.Invariant($"its values and the classes go one to one in {agreeing} of {rows} rows, {100 * share:0.#} %")
            : null;
    }

    /// <summary>The values of a column, numbered, -1 where one is missing; null: there are more than <paramref name="most"/>.</summary>
    private static int[]? Values(TableColumn column, int most) => column.Kind switch
    {
        ColumnKind.Number => Numbered(column.ToNumbers("this feature"), float.IsNaN, most),
        ColumnKind.Text when column.DistinctCount <= most => Numbered([.. Enumerable.Range(0, column.Count).Select(column.Category)], text => text.Length == 0, most),
        _ => null,
    };

    private static int[]? Numbered<T>(T[] values, Func<T, bool> isMissing, int most)
        where T : notnull
    {
        var numbers = new Dictionary<T, int>();
        var numbered = new int[values.Length];
        for (var row = 0; row < values.Length; row++)
        {
            if (isMissing(values[row]))
            {
                numbered[row] = -1;
                continue;
            }

            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, values[row], out var isKnown);
            if (!isKnown)
                number = numbers.Count - 1;
            if (numbers.Count > most)
                return null;
            numbered[row] = number;
        }

        return numbered;
    }

    /// <summary>How closely the numbers go with the label, in words; null: not closely enough.</summary>
    private static string? Correlation(float[] numbers, float[] target)
    {
        var both = new List<int>();
        for (var row = 0; row < numbers.Length; row++)
        {
            if (!float.IsNaN(numbers[row]) && !float.IsNaN(target[row]))
                both.Add(row);
        }

        if (both.Count < FewestRows || both.Count * 2 < target.Count(t => !float.IsNaN(t)))
            return null;
        if (both.Count > 2 * SampledRows)
        {
            var step = both.Count / SampledRows;
            if (Of([.. both.Where((_, i) => i % step == 0)]) is var (line, ranks) && Math.Max(line, ranks) < LeastInSample)
                return null;
        }

        var (all, byRank) = Of([.. both]);
        return byRank >= LeastCorrelation
            ? FormattableString.Invariant($"rank correlation {byRank:0.0000} over {both.Count} rows")
            : all >= LeastCorrelation && byRank >= LeastRanksBesideALine ? FormattableString.Invariant($"correlation {all:0.0000} over {both.Count} rows") : null;

        // Of constant numbers neither is a number, and no limit is reached.
        (double Line, double Ranks) Of(int[] rows)
        {
            var (x, y) = (Array.ConvertAll(rows, row => (double)numbers[row]), Array.ConvertAll(rows, row => (double)target[row]));
            return (Math.Abs(Correlations.Pearson(x, y)), Math.Abs(Correlations.Spearman(x, y)));
        }
    }
}
