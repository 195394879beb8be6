using System.Globalization;

namespace Ilt.Experiments;

/// <summary>Makes the tables of an experiment. Equal figures give equal bytes.</summary>
internal sealed class TableMaker
{
    private readonly IReadOnlyList<Observation> observations;
    private readonly IReadOnlyList<(Cell Cell, CellResult Result)> results;

    /// <summary>Takes the results in the order of the grid.</summary>
    public TableMaker(IReadOnlyList<(Cell Cell, CellResult Result)> results)
    {
        this.results = results;
        observations = [.. results.SelectMany(result => result.Result.Measured.Select(figure => new Observation(result.Cell, figure)))];
    }

    /// <summary>All figures.</summary>
    public IReadOnlyList<Observation> Observations => observations;

    /// <summary>Makes one table.</summary>
    public TableText Make(TableSpec spec) => spec.Kind switch
    {
        TableSpec.Wins => new WinTable(spec, Chosen(spec)).Make(),
        TableSpec.DeltaM => new DeltaTable(spec, Chosen(spec)).Make(),
        TableSpec.Cost => CostTable.Make(spec, results),
        _ => new MeanTable(spec, Relative(spec)).Make(),
    };

    private IReadOnlyList<Observation> Chosen(TableSpec spec) =>
    [
        .. observations.Where(one => spec.Measures.Contains(one.Figure.Measure)
            && (spec.Of == "all" || one.IsOfCorrupted == (spec.Of == "corrupted"))
            && spec.Where.All(filter => filter.Value.Contains(one[filter.Key]))),
    ];

    // Each figure over that of the named values of dimensions, all else being equal; what has no such partner is left out.
    private IReadOnlyList<Observation> Relative(TableSpec spec)
    {
        var chosen = Chosen(spec);
        if (spec.RelativeTo.Count == 0) return chosen;
        var bases = observations.Where(one => spec.RelativeTo.All(pair => one[pair.Key] == pair.Value)).GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.First().Figure.Value);
        return [.. chosen.Where(one => bases.ContainsKey(KeyOf(one))).Select(one => one with { Figure = one.Figure with { Value = one.Figure.Value / bases[KeyOf(one)] } })];

        string KeyOf(Observation one) => string.Join('\n', Observation.Dimensions.Where(dimension => !Fixed(dimension)).Select(dimension => one[dimension]).Append(one.Cell.Seed.ToString(CultureInfo.InvariantCulture)));

        // Clean labels have no level and hit no task, and a method says its fit and score.
        bool Fixed(string dimension) => spec.RelativeTo.ContainsKey(dimension)
            || (spec.RelativeTo.ContainsKey("corruption") && dimension is "level" or "corrupted")
            || (spec.RelativeTo.ContainsKey("method") && dimension is "fit" or "score");
    }
}
