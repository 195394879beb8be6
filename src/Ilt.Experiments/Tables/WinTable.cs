namespace Ilt.Experiments;

/// <summary>
/// Wins, ties and losses of methods against each other, a count per data set, corruption, corrupted task, level and task: a tie where the mean
/// difference over the seeds is at most the differences' standard deviation.
/// </summary>
internal sealed class WinTable(TableSpec spec, IReadOnlyList<Observation> observations)
{
    private const string BestOfOthers = "the best of the others";

    /// <summary>A thing that methods are compared on: the figures by method and seed.</summary>
    private sealed record Unit(string Group, Dictionary<string, Dictionary<int, double>> Figures);

    public TableText Make()
    {
        var methods = spec.Where.TryGetValue("method", out var order) ? order.Where(name => observations.Any(one => one.Method == name)).ToList() : observations.Select(one => one.Method).Distinct().ToList();
        var units = observations.Where(one => !double.IsNaN(one.Figure.Value))
            .GroupBy(one => string.Join('\n', one["data"], one["corruption"], one["corrupted"], one["level"], one["task"], one["measure"]))
            .Select(group => new Unit(group.First().Cell.Data.Group, group.GroupBy(one => one.Method).ToDictionary(m => m.Key, m => m.ToDictionary(one => one.Cell.Seed, one => one.Figure.Value)))).ToList();
        var higher = spec.HigherIsBetter ?? spec.Measures.All(MeasureNames.HigherIsBetter);
        string[] notes =
        [
            $"Wins / ties / losses by {string.Join(", ", spec.Measures)}, a count per data set, corruption, corrupted task and level ({units.Count} in all); "
                + "a tie where the mean difference over the seeds is no larger than the standard deviation of the differences" + (units.Any(unit => unit.Figures.Values.Any(seeds => seeds.Count < 2)) ? " (of one seed, only where they are equal)." : "."),
        ];
        if (spec.Method is not { } ours)
        {
            var rows = methods.Select(row => (IReadOnlyList<TableCell>)[new TableCell(row), .. methods.Select(column => new TableCell(row == column ? "" : Count(units, row, column, methods, higher)))]).ToList();
            return new TableText(spec.Name, spec.Title, ["of / against", .. methods], 1, rows, notes);
        }
        string[] groups = spec.Groups ? [.. units.Select(unit => unit.Group).Where(group => group.Length > 0).Distinct()] : [];
        var lines = methods.Where(method => method != ours).Append(BestOfOthers).Select(rival => (IReadOnlyList<TableCell>)
        [
            new TableCell(rival),
            .. groups.Select(group => new TableCell(Count([.. units.Where(unit => unit.Group == group)], ours, rival, methods, higher))),
            new TableCell(Count(units, ours, rival, methods, higher)),
        ]).ToList();
        return new TableText(spec.Name, spec.Title, [$"{ours} against", .. groups, "all"], 1, lines, notes);
    }

    private static string Count(List<Unit> units, string ours, string rival, List<string> methods, bool higher)
    {
        var counts = new int[3];
        foreach (var unit in units)
        {
            var others = methods.Where(method => method != ours && unit.Figures.ContainsKey(method)).ToArray();
            var against = rival != BestOfOthers ? rival : others.Length == 0 ? null : higher ? others.MaxBy(method => unit.Figures[method].Values.Average()) : others.MinBy(method => unit.Figures[method].Values.Average());
            if (against is null || !unit.Figures.TryGetValue(ours, out var own) || !unit.Figures.TryGetValue(against, out var other)) continue;
            var sample = Sample.Of(own.Where(seed => other.ContainsKey(seed.Key)).OrderBy(seed => seed.Key).Select(seed => (higher ? 1 : -1) * (seed.Value - other[seed.Key])));
            if (sample is null) continue;
            var deviation = double.IsNaN(sample.Deviation) ? 0 : sample.Deviation;
            counts[Math.Abs(sample.Mean) <= deviation ? 1 : sample.Mean > 0 ? 0 : 2]++;
        }
        return $"{counts[0]} / {counts[1]} / {counts[2]}";
    }
}
