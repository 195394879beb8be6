using System.Globalization;

namespace Ilt.Experiments;

/// <summary>
/// Means over the seeds ± standard deviations. What no dimension of the table tells apart is averaged for each seed first. The best method
/// is bold, with a star where it differs significantly from the second best over the pairs of data sets and seeds.
/// </summary>
internal sealed class MeanTable(TableSpec spec, IReadOnlyList<Observation> observations)
{
    private const double Level = 0.05;
    private const string AllGroups = "all";

    private sealed record Place(string[] Row, string[] Column);

    private sealed record Entry(Place Place, string Method, string Measure, Sample Sample, Dictionary<(string Data, int Seed), double> Units);

    public TableText Make()
    {
        var rows = new List<string[]>();
        var columns = new List<string[]>();
        var values = new Dictionary<(string Row, string Column), List<Observation>>();
        foreach (var one in Ordered())
        {
            var column = KeyOf(one, spec.Columns);
            if (columns.All(known => !known.SequenceEqual(column))) columns.Add(column);
            foreach (var row in RowsOf(one))
            {
                if (rows.All(known => !known.SequenceEqual(row))) rows.Add(row);
                var key = (Text(row), Text(column));
                if (!values.TryGetValue(key, out var list)) values.Add(key, list = []);
                list.Add(one);
            }
        }
        if (spec.Groups) rows = [.. rows.Where(row => !IsGroup(row)), .. rows.Where(IsGroup)];
        var entries = rows.SelectMany(row => columns.Select(column => EntryOf(new Place(row, column), values.GetValueOrDefault((Text(row), Text(column)))))).OfType<Entry>().ToList();
        var (best, stars, pairs) = Best(entries);
        var byPlace = entries.ToDictionary(entry => (Text(entry.Place.Row), Text(entry.Place.Column)));
        var lines = rows.Select(row => (IReadOnlyList<TableCell>)
        [
            .. row.Select(label => new TableCell(label.TrimStart('\u0001'), IsGroup(row))),
            .. columns.Select(column => byPlace.TryGetValue((Text(row), Text(column)), out var entry)
                ? new TableCell(Show(entry) + (stars.Contains(entry) ? " *" : "") + Paper(row, column), best.Contains(entry))
                : new TableCell(Paper(row, column).TrimStart())),
        ]).ToList();
        return new TableText(spec.Name, spec.Title, [.. spec.Rows, .. columns.Select(column => string.Join(' ', column))], spec.Rows.Count, lines, [.. Notes(best.Count > 0, stars.Count > 0, pairs)]);
    }

    // In the order of the filters and measures where they name an order, else as in the grid.
    private IEnumerable<Observation> Ordered()
    {
        IEnumerable<Observation> ordered = observations.Where(one => !double.IsNaN(one.Figure.Value)).OrderBy(one => spec.Measures.ToList().IndexOf(one.Figure.Measure));
        foreach (var (dimension, order) in spec.Where.Reverse()) ordered = ordered.OrderBy(one => order.ToList().IndexOf(one[dimension]));
        return ordered;
    }

    private IEnumerable<string[]> RowsOf(Observation one)
    {
        var row = KeyOf(one, spec.Rows);
        yield return row;
        var data = spec.Rows.ToList().IndexOf("data");
        if (!spec.Groups || data < 0) yield break;
        // The mark sorts apart what is no data set, even where one has the same name.
        foreach (var group in one.Cell.Data.Group.Length > 0 ? (string[])[one.Cell.Data.Group, AllGroups] : [AllGroups])
            yield return [.. row.Select((label, i) => i == data ? '\u0001' + group : label)];
    }

    private static bool IsGroup(string[] row) => row.Any(label => label.StartsWith('\u0001'));

    private static string[] KeyOf(Observation one, IReadOnlyList<string> dimensions) => [.. dimensions.Select(dimension => one[dimension])];

    private static string Text(string[] key) => string.Join('\n', key);

    private static Entry? EntryOf(Place place, List<Observation>? values)
    {
        if (values is null || Sample.Of(values.GroupBy(one => one.Cell.Seed).OrderBy(group => group.Key).Select(seed => seed.Average(one => one.Figure.Value))) is not { } sample) return null;
        var units = values.GroupBy(one => (one.Cell.Data.Name, one.Cell.Seed)).ToDictionary(group => group.Key, group => group.Average(one => one.Figure.Value));
        return new Entry(place, values[0].Method, values[0].Figure.Measure, sample, units);
    }

    // Methods are compared where all else is the same. Where the table does not tell them apart there is nothing to compare.
    private (HashSet<Entry> Best, HashSet<Entry> Stars, List<int> Pairs) Best(List<Entry> entries)
    {
        var (best, stars, pairs) = (new HashSet<Entry>(), new HashSet<Entry>(), new List<int>());
        string[] methods = ["method", "fit", "score"];
        if (!spec.Rows.Concat(spec.Columns).Any(methods.Contains)) return (best, stars, pairs);
        foreach (var group in entries.GroupBy(entry => Others(entry.Place.Row, spec.Rows) + "\n\n" + Others(entry.Place.Column, spec.Columns)).Where(group => group.Count() > 1))
        {
            var higher = spec.HigherIsBetter ?? MeasureNames.HigherIsBetter(group.First().Measure);
            var ranked = (higher ? group.OrderByDescending(entry => entry.Sample.Mean) : group.OrderBy(entry => entry.Sample.Mean)).ToArray();
            foreach (var entry in ranked.TakeWhile(entry => entry.Sample.Mean == ranked[0].Sample.Mean)) best.Add(entry);
            double[] differences = [.. ranked[0].Units.Where(unit => ranked[1].Units.ContainsKey(unit.Key)).Select(unit => unit.Value - ranked[1].Units[unit.Key])];
            pairs.Add(differences.Length);
            if (PairedTest.P(spec.Test, differences) < Level) stars.Add(ranked[0]);
        }
        return (best, stars, pairs);

        string Others(string[] key, IReadOnlyList<string> dimensions) => string.Join('\n', key.Where((_, i) => !methods.Contains(dimensions[i])));
    }

    private string Show(Entry entry)
    {
        var format = "F" + spec.Digits.ToString(CultureInfo.InvariantCulture);
        var mean = (entry.Sample.Mean * spec.Factor).ToString(format, CultureInfo.InvariantCulture);
        return double.IsNaN(entry.Sample.Deviation) ? mean : $"{mean} ± {(Math.Abs(entry.Sample.Deviation * spec.Factor)).ToString(format, CultureInfo.InvariantCulture)}";
    }

    private string Paper(string[] row, string[] column) =>
        spec.Paper.GetValueOrDefault(string.Join(' ', row))?.GetValueOrDefault(string.Join(' ', column)) is { } figure ? $" [{figure}]" : "";

    private IEnumerable<string> Notes(bool hasBest, bool hasStars, List<int> pairs)
    {
        yield return "Means over the seeds ± sample standard deviations."
            + (spec.RelativeTo.Count > 0 ? $" Every figure is divided by that of {string.Join(", ", spec.RelativeTo.Select(pair => $"{pair.Key} {pair.Value}"))} at the same seed." : "")
            + (spec.Factor == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" Figures × {spec.Factor}."))
            + (spec.Paper.Count > 0 ? " In brackets: the paper's, on its own data." : "");
        if (!hasBest) yield break;
        var note = "Bold: the best mean.";
        if (spec.Test != "none")
        {
            var (fewest, most) = (pairs.Min(), pairs.Max());
            note += $" {(hasStars ? @"\*" : "A star would stand")}{(hasStars ? ":" : " where")} p < 0.05 by {PairedTest.Describe(spec.Test)} against the second best, over {(fewest == most ? $"{most}" : $"{fewest} to {most}")} pair{(most == 1 ? "" : "s")} of data set and seed, "
                + "not corrected for the choice of the two.";
            if (spec.Test is "wilcoxon" or "sign" && most < 6) note += " With fewer than 6 pairs no difference can be significant.";
        }
        yield return note;
    }
}
