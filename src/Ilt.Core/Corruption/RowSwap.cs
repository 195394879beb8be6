namespace Ilt.Corruption;

/// <summary>Whole rows that exchanged their labels of all tasks, as when two files, two samples or two lines of a table are mixed up. Immutable.</summary>
public sealed record RowSwap
{
    /// <summary>Share F of the rows to choose, from 0 to 1; round(F x rows), halves up.</summary>
    public required double Fraction { get; init; }

    /// <summary>Seed. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Says whose labels each row gets: the chosen rows, in random order, each those of the next, and the last those of the first. One row alone keeps
    /// its own. Whether a label is wrong then is for each task to see: another row may hold an equal one.
    /// </summary>
    /// <param name="rows">Number of rows.</param>
    /// <returns>Per row, the row whose labels it gets; itself where it is not chosen.</returns>
    /// <exception cref="ArgumentException">The fraction is out of its range.</exception>
    public int[] Givers(int rows)
    {
        CorruptionOrder.CheckFraction(Fraction);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        var givers = Enumerable.Range(0, rows).ToArray();
        var chosen = RowChoice.Choose([.. givers], Fraction, new SeededGenerator(Seed));
        for (var i = 0; i < chosen.Length; i++)
            givers[chosen[i]] = chosen[(i + 1) % chosen.Length];
        return givers;
    }
}
