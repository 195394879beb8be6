namespace Ilt.Corruption;

/// <summary>Which rows of masks or maps become wrong, and the walk over them.</summary>
internal static class CorruptionOrder
{
    public delegate T[]? Change<T>(int row, T[] label, T[] giver);

    public static void CheckFraction(double fraction)
    {
        if (!(fraction is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"The fraction to corrupt must be between 0 and 1; found {fraction}."));
    }

    /// <summary>All labelled rows in random order: with one seed, the chosen rows of a smaller fraction come before the others of a larger one.</summary>
    public static int[] Draw(ReadOnlySpan<bool> hasLabel, int seed)
    {
        var rows = new List<int>(hasLabel.Length);
        for (var row = 0; row < hasLabel.Length; row++)
            if (hasLabel[row])
                rows.Add(row);
        return RowChoice.Choose(rows, 1, new SeededGenerator(seed));
    }

    /// <summary>
    /// Goes down the order until enough labels have changed. When labels are exchanged, each chosen row gets the label of the next one
    /// that differs, the last rows that of the first; each label is read before it is overwritten.
    /// </summary>
    public static bool[] Run<T>(
        int[] order, int rows, double fraction, bool exchange, Func<int, T[]> read, Action<int, T[], T[]> write, Change<T> change)
    {
        var count = (int)Math.Round(fraction * order.Length, MidpointRounding.AwayFromZero);
        var isChanged = new bool[rows];
        var first = exchange && count > 0 ? (T[])read(order[0]).Clone() : [];
        for (int i = 0, done = 0; i < (exchange ? count : order.Length) && done < count; i++)
        {
            var before = (T[])read(order[i]).Clone(); // the giver is read into the same buffer, perhaps
            T[]? after = null;
            if (exchange)
                for (var j = i + 1; j <= count && after is null; j++)
                    after = change(order[i], before, j < count ? read(order[j]) : first);
            else
                after = change(order[i], before, []);
            if (after is null)
                continue;
            write(order[i], before, after);
            isChanged[order[i]] = true;
            done++;
        }

        return isChanged;
    }
}
