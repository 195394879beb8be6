using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Pipeline;

/// <summary>Signs that a column is no honest feature: it numbers the rows, or says again what a label says; and that its numbers are names.</summary>
internal static class FeatureSigns
{
    // With fewer rows, chance does the same.
    private const int FewestRows = 20;
    private const int FewestRowsPerValue = 5;

    // A smooth curve over fewer values can look as ragged as names do.
    private const int FewestNames = 8;
    private const int MostNames = 50;

    // Of means without any order, the squared step to the next one is twice the squared distance from their mean; of a smooth curve it is nearly none.
    private const double RaggedFrom = 1;

    // A number may be ragged, such as a price, but the label still rises or falls with it: a straight line explains at least this share of what
    // its means differ by. Of means without any order it explains less in 19 cases of 20: the square of a normal number, over how many there are.
    private const double TrendFrom = 0.25;
    private const double ChanceOfTrend = 4;

    // Ratio of the variance between values to that within them, far beyond chance for any number of values.
    private const double SureRatio = 5;

    /// <summary>Whether the column holds each number of a range once, in any order: numbers of rows that were shuffled.</summary>
    public static bool NumbersRows(TableColumn column)
    {
        if (column.Count < FewestRows || column.MissingCount > 0 || column.Kind != ColumnKind.Number)
            return false;
        var values = column.ToNumbers("this feature");
        if (!float.IsInteger(values[0]) || values.Max() - values.Min() != values.Length - 1)
            return false;
        return values.All(float.IsInteger) && values.Distinct().Count() == values.Length;
    }

    /// <summary>
    /// Columns that say a label again in all rows: one value for each class and each class by one value, a column for every class that says
    /// whether it is the row's, or numbers in the order of the label's, throughout.
    /// </summary>
    public static IEnumerable<(TableColumn Column, string Task)> Copies(IReadOnlyList<TableColumn> columns, IReadOnlyList<TaskLabel> labels)
    {
        foreach (var label in labels)
        {
            if (label.Classes is { } classes)
            {
                foreach (var column in ClassCopies(columns, classes))
                    yield return (column, label.Spec.Name);
                continue;
            }

            foreach (var column in columns.Where(c => c.Kind == ColumnKind.Number && label.Targets.Any(target => HasOrderOf(c, target))))
                yield return (column, label.Spec.Name);
        }
    }

    /// <summary>Columns that are the same for all rows of a class of some label, without telling all classes apart.</summary>
    public static IEnumerable<(TableColumn Column, string Task)> FollowLabel(IReadOnlyList<TableColumn> columns, IReadOnlyList<TaskLabel> labels) =>
        from label in labels
        where label.Classes is not null
        from column in columns
        where Follow(column, label.Classes!) is not null
        select (column, label.Spec.Name);

    /// <summary>
    /// Whether whole numbers are rather names, such as codes of districts: few of them, each in many rows, and what a label does from one to the
    /// next follows no curve.
    /// </summary>
    public static bool AreNames(TableColumn column, IReadOnlyList<TaskLabel> labels)
    {
        if (column.Kind != ColumnKind.Number)
            return false;
        var numbers = column.ToNumbers("this feature");
        var values = new SortedSet<float>();
        foreach (var number in numbers)
        {
            if (float.IsNaN(number))
                continue;
            if (!float.IsInteger(number) || (values.Add(number) && values.Count > MostNames))
                return false;
        }

        if (values.Count < FewestNames || numbers.Length - column.MissingCount < FewestRowsPerValue * values.Count)
            return false;
        var places = values.Select((value, i) => (value, i)).ToDictionary(p => p.value, p => p.i);
        var groups = Array.ConvertAll(numbers, number => float.IsNaN(number) ? -1 : places[number]);
        return labels.Any(label => label.Classes is { } classes
            ? IsRagged(groups, values.Count, Indicators(classes))
            : label.Targets.Any(target => IsRagged(groups, values.Count, [Ranks(target)])));
    }

    private static IEnumerable<TableColumn> ClassCopies(IReadOnlyList<TableColumn> columns, int[] classes)
    {
        var count = classes.Max() + 1;
        var flags = new Dictionary<int, List<TableColumn>>(); // by the class that a column of two values tells from the others
        foreach (var column in columns)
        {
            if (Follow(column, classes) is not { } valueOf)
                continue;
            var byValue = valueOf.Select((value, k) => (value, k)).Where(p => p.value >= 0).GroupBy(p => p.value, p => p.k).ToArray();
            if (byValue.All(group => group.Count() == 1))
                yield return column;
            else if (byValue.Length == 2 && byValue.FirstOrDefault(group => group.Count() == 1) is { } only)
                (flags.TryGetValue(only.Single(), out var list) ? list : flags[only.Single()] = []).Add(column);
        }

        // All classes, or all but one, which follows from the others.
        if (flags.Count < Math.Max(2, count - 1))
            yield break;
        foreach (var column in flags.Values.SelectMany(list => list))
            yield return column;
    }

    /// <summary>The value of each class, numbered, -1 where it has no rows, if all its rows have that one; null: they do not, or all classes have the same.</summary>
    private static int[]? Follow(TableColumn column, int[] classes)
    {
        var valueOf = new int[classes.Max() + 1];
        Array.Fill(valueOf, -1);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var rowsOf = new List<int>();
        var rows = 0;
        for (var row = 0; row < classes.Length; row++)
        {
            if (classes[row] < 0 || column.IsMissing(row))
                continue;
            var text = column.Kind == ColumnKind.Number && column.TryNumber(row, out var number) ? Numbers.Format(number) : column.Text(row);
            if (!numbers.TryGetValue(text, out var value))
            {
                if (numbers.Count == valueOf.Length)
                    return null;
                numbers[text] = value = numbers.Count;
                rowsOf.Add(0);
            }

            rows++;
            rowsOf[value]++;
            if (valueOf[classes[row]] < 0)
                valueOf[classes[row]] = value;
            else if (valueOf[classes[row]] != value)
                return null;
        }

        var labelled = classes.Count(k => k >= 0);
        return rows >= FewestRows && rows * 2 >= labelled && numbers.Count > 1 && rowsOf.TrueForAll(n => n >= FewestRowsPerValue) && valueOf.Length * FewestRowsPerValue <= rows ? valueOf : null;
    }

    /// <summary>Whether the numbers of a column rise, or fall, wherever those of a label do, in all rows.</summary>
    private static bool HasOrderOf(TableColumn column, float[] target)
    {
        var numbers = column.ToNumbers("this feature");
        var rows = new List<int>();
        var (rises, falls) = (false, false);
        for (var (row, before) = (0, -1); row < numbers.Length; row++)
        {
            if (float.IsNaN(numbers[row]) || float.IsNaN(target[row]))
                continue;
            if (before >= 0)
            {
                var product = Math.Sign(numbers[row] - numbers[before]) * Math.Sign(target[row] - target[before]);
                (rises, falls) = (rises || product > 0, falls || product < 0);
                if (rises && falls)
                    return false;
            }

            rows.Add(before = row);
        }

        if (rows.Count < FewestRows || rows.Count * 2 < target.Count(t => !float.IsNaN(t)) || rises == falls)
            return false;
        var sign = rises ? 1 : -1;
        var order = rows.OrderBy(row => target[row]).ThenBy(row => sign * numbers[row]).ToArray();
        for (var i = 1; i < order.Length; i++)
        {
            if (sign * numbers[order[i]] < sign * numbers[order[i - 1]])
                return false;
        }

        // A feature of steps, or a label that is a feature in steps, is not the same number written again.
        var (ofColumn, ofLabel) = (rows.Select(row => numbers[row]).Distinct().Count(), rows.Select(row => target[row]).Distinct().Count());
        return ofLabel >= FewestRows ? ofColumn * 2 >= ofLabel && ofLabel * 2 >= ofColumn : ofColumn == ofLabel && ofLabel > 1;
    }

    private static bool IsRagged(int[] groups, int count, IReadOnlyList<float[]> targets)
    {
        var (between, within, steps, spread, onLine, offMean) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        var values = 0;
        var rows = 0;
        foreach (var target in targets)
        {
            var sums = new double[count];
            var squares = 0.0;
            var sizes = new int[count];
            rows = 0;
            for (var row = 0; row < groups.Length; row++)
            {
                if (groups[row] < 0 || float.IsNaN(target[row]))
                    continue;
                rows++;
                sums[groups[row]] += target[row];
                sizes[groups[row]]++;
                squares += (double)target[row] * target[row];
            }

            var used = Enumerable.Range(0, count).Where(g => sizes[g] > 0).ToArray();
            var means = Array.ConvertAll(used, g => sums[g] / sizes[g]);
            var mean = sums.Sum() / rows;
            var squared = used.Zip(means, (g, m) => sizes[g] * (m - mean) * (m - mean)).Sum();
            between += squared;
            within += squares - used.Zip(means, (g, m) => sizes[g] * m * m).Sum();

            // Means of few rows jump by chance, so a value of fewer is passed over, and the others count by their rows.
            var sure = Enumerable.Range(0, used.Length).Where(i => sizes[used[i]] >= FewestRowsPerValue).ToArray();
            if (sure.Length < FewestNames)
                return false;
            values = sure.Length;
            var (line, off) = Line(Array.ConvertAll(sure, i => (double)sizes[used[i]]), Array.ConvertAll(sure, i => means[i]));
            (onLine, offMean) = (onLine + line, offMean + off);
            var (step, weights) = (0.0, 0.0);
            foreach (var (a, b) in sure.Zip(sure.Skip(1)))
            {
                var weight = 2.0 * sizes[used[a]] * sizes[used[b]] / (sizes[used[a]] + sizes[used[b]]);
                step += weight * (means[b] - means[a]) * (means[b] - means[a]);
                weights += weight;
            }

            spread += squared / rows;
            steps += step / weights;
        }

        return rows > count && between / (count - 1) > SureRatio * within / (rows - count) && steps > RaggedFrom * spread
            && onLine < Math.Max(TrendFrom, ChanceOfTrend / (values - 1)) * offMean;
    }

    /// <summary>Of weighted means, one after the other: the sum of squares that a straight line explains, and that about their mean.</summary>
    private static (double OnLine, double OffMean) Line(double[] weights, double[] means)
    {
        var weight = weights.Sum();
        var place = weights.Select((w, i) => w * i).Sum() / weight;
        var centre = weights.Zip(means, (w, m) => w * m).Sum() / weight;
        var (xx, xy, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < means.Length; i++)
        {
            xx += weights[i] * (i - place) * (i - place);
            xy += weights[i] * (i - place) * (means[i] - centre);
            yy += weights[i] * (means[i] - centre) * (means[i] - centre);
        }

        return (xy * xy / xx, yy);
    }

    private static float[][] Indicators(int[] classes) =>
        [.. Enumerable.Range(0, Math.Min(classes.Max() + 1, MostNames)).Select(k => Array.ConvertAll(classes, c => c < 0 ? float.NaN : c == k ? 1f : 0f))];

    // Ranks, for a slip by a factor of ten must not decide.
    private static float[] Ranks(float[] values)
    {
        var order = Enumerable.Range(0, values.Length).Where(row => !float.IsNaN(values[row])).OrderBy(row => values[row]).ToArray();
        var ranks = new float[values.Length];
        Array.Fill(ranks, float.NaN);
        for (var i = 0; i < order.Length;)
        {
            var end = i;
            while (end + 1 < order.Length && values[order[end + 1]] == values[order[i]])
                end++;
            for (var j = i; j <= end; j++)
                ranks[order[j]] = (i + end) / (2f * order.Length);
            i = end + 1;
        }

        return ranks;
    }
}
