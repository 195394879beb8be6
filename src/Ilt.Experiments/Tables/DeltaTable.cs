using System.Globalization;

namespace Ilt.Experiments;

/// <summary>The multi-task figure Δm: how much better all tasks together are than under a method that is taken as the base.</summary>
internal sealed class DeltaTable(TableSpec spec, IReadOnlyList<Observation> observations)
{
    public TableText Make()
    {
        var methods = observations.Select(one => one.Method).Distinct().Where(method => method != spec.Method).ToList();
        var rows = observations.GroupBy(one => string.Join('\n', spec.Rows.Select(dimension => one[dimension]))).ToList();
        var lines = rows.Select(row => (IReadOnlyList<TableCell>)
        [
            .. row.Key.Split('\n').Select(label => new TableCell(label)),
            .. methods.Select(method => new TableCell(Show(Sample.Of(row.GroupBy(one => one.Cell.Seed).OrderBy(seed => seed.Key).Select(seed => Delta([.. seed], method)))))),
        ]).ToList();
        var note = $"Δm in percent: the mean over the tasks (and what else the table does not tell apart) of the relative change of {string.Join(", ", spec.Measures)} against {spec.Method} at the same seed, with the sign turned where lower is better, so that "
            + "positive is better. The definition is that of Maninis, Radosavovic and Kokkinos (2019), whose base is one network per task. Means over the seeds ± sample standard deviations.";
        return new TableText(spec.Name, spec.Title, [.. spec.Rows, .. methods], spec.Rows.Count, lines, [note]);
    }

    /// <summary>Δm of a method at one seed; NaN where nothing can be compared.</summary>
    private double Delta(Observation[] seed, string method)
    {
        var changes = new List<double>();
        foreach (var pair in seed.GroupBy(one => string.Join('\n', one["data"], one["corruption"], one["corrupted"], one["level"], one["task"], one["measure"])))
        {
            if (pair.FirstOrDefault(one => one.Method == method) is { } own && pair.FirstOrDefault(one => one.Method == spec.Method) is { } other)
                changes.Add(Change(own.Figure.Value, other.Figure.Value, spec.HigherIsBetter ?? MeasureNames.HigherIsBetter(own.Figure.Measure)));
        }
        return changes.Count == 0 ? double.NaN : Of(changes);
    }

    /// <summary>The relative change of a figure, positive = better.</summary>
    public static double Change(double own, double other, bool higherIsBetter) => (higherIsBetter ? 1 : -1) * (own - other) / Math.Abs(other);

    /// <summary>Δm of the changes of all tasks, in percent.</summary>
    public static double Of(IEnumerable<double> changes) => 100 * changes.Average();

    private string Show(Sample? sample)
    {
        if (sample is null) return "";
        var digits = "0." + new string('0', spec.Digits);
        var mean = sample.Mean.ToString($"+{digits};-{digits};{digits}", CultureInfo.InvariantCulture);
        return double.IsNaN(sample.Deviation) ? mean : $"{mean} ± {sample.Deviation.ToString(digits, CultureInfo.InvariantCulture)}";
    }
}
