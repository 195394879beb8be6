namespace Ilt.Cli.Tables;

/// <summary>A number that may stand for a missing one, as -999 does: it repeats, is made of nines, and lies far from all others.</summary>
/// <param name="Value">The number.</param>
/// <param name="Count">How often it stands in the column.</param>
/// <param name="Nearest">The number nearest to it.</param>
internal readonly record struct Sentinel(float Value, int Count, float Nearest)
{
    private const int FewestOthers = 10;

    /// <summary>Looks for one at the ends of a column; null: there is none.</summary>
    /// <param name="values">The numbers; NaN is missing.</param>
    public static Sentinel? Find(ReadOnlySpan<float> values)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values)
        {
            if (value < low) low = value;
            if (value > high) high = value;
        }

        return Of(values, low, high) ?? Of(values, high, low);
    }

    /// <summary>What to say of it.</summary>
    /// <param name="where">The column or task.</param>
    public string Note(string where) => FormattableString.Invariant(
        $"{where}: {Numbers.Format(Value)} stands {Count} times, far from all others (the nearest is {Numbers.Format(Nearest)}), and is taken as a number; if it means a missing one say --missing {MissingWords.Default.OptionWith([Numbers.Format(Value)])}.");

    private static Sentinel? Of(ReadOnlySpan<float> values, float end, float otherEnd)
    {
        if (!IsOfNines(end) || end == otherEnd)
            return null;
        var (count, others, nearest) = (0, 0, otherEnd);
        foreach (var value in values)
        {
            if (float.IsNaN(value))
                continue;
            if (value == end)
                count++;
            else if (others++ >= 0 && Math.Abs(value - end) < Math.Abs(nearest - end))
                nearest = value;
        }

        // Farther from the nearest other one than all others are from each other.
        return count > 1 && others >= FewestOthers && Math.Abs(nearest - end) > Math.Abs(otherEnd - nearest) ? new Sentinel(end, count, nearest) : null;
    }

    // -9, 99, 999.9 and -9999; also the fill values of netCDF and of signed 16-bit numbers.
    private static bool IsOfNines(float value)
    {
        if (value is -32768 or 9.96921e36f or 1e20f or -1e20f)
            return true;
        var digits = Numbers.Format(Math.Abs(value)).Replace(".", "", StringComparison.Ordinal);
        return digits.Length is > 0 and <= 8 && digits.All(digit => digit == '9') && (digits.Length > 1 || value < 0);
    }
}
