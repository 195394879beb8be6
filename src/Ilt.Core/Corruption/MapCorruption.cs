namespace Ilt.Corruption;

/// <summary>A recipe for making a known part of the maps (one number per pixel, NaN = no value) wrong. Immutable; thread-safe.</summary>
/// <remarks>
/// Maps are handled one by one, rows are drawn in one random order, and a map that cannot be made wrong gives its place to the next row,
/// as in <see cref="MaskCorruption"/>. Pixels without a value keep none, except that Swap exchanges whole maps.
/// </remarks>
public sealed record MapCorruption
{
    /// <summary>Upper end of the noise of the paper's disparity experiment.</summary>
    private const double PaperHigh = 0.2;

    /// <summary>How maps are made wrong.</summary>
    public required MapCorruptionKind Kind { get; init; }

    /// <summary>Share of the labelled rows to corrupt, from 0 to 1; round(share x rows), halves up.</summary>
    public required double Fraction { get; init; }

    /// <summary>Seed. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Lower end of the uniform numbers, in units of the map. Default NaN: 0 for UniformNoise, the smallest value of all maps for
    /// UniformValues.
    /// </summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>
    /// Upper end of the uniform numbers, in units of the map. Default NaN: 0.2 for UniformNoise (the paper's, made for disparity between
    /// 0 and 0.5), the largest value of all maps for UniformValues.
    /// </summary>
    public double High { get; init; } = double.NaN;

    /// <summary>Whether one number is drawn per image instead of one per pixel. Default false.</summary>
    public bool PerImage { get; init; }

    /// <summary>Checks the recipe.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Kind))
            throw new ArgumentException($"Unknown kind of map corruption {Kind}; expected one of {string.Join(", ", Enum.GetNames<MapCorruptionKind>())}.");
        CorruptionOrder.CheckFraction(Fraction);
        if (double.IsNaN(Low) != double.IsNaN(High))
            throw new ArgumentException(FormattableString.Invariant($"Give both ends of the noise range or neither; found {Low} and {High}."));
        if (!double.IsNaN(Low) && !(double.IsFinite(Low) && double.IsFinite(High) && Low < High))
            throw new ArgumentException(FormattableString.Invariant($"The noise range must be two finite numbers, the lower first; found {Low} and {High}."));
    }

    /// <summary>All rows that have a map, in the order in which they are corrupted.</summary>
    /// <param name="hasLabel">Per row, whether it has a map.</param>
    /// <returns>Row numbers; the first round(fraction x rows), halves up, are chosen, the rest are spare.</returns>
    /// <exception cref="ArgumentException">A value of the recipe is out of its range.</exception>
    public int[] ChooseRows(ReadOnlySpan<bool> hasLabel)
    {
        Validate();
        return CorruptionOrder.Draw(hasLabel, Seed);
    }

    /// <summary>Makes the maps of a data set wrong.</summary>
    /// <param name="hasLabel">Per row, whether it has a map.</param>
    /// <param name="read">Gives the map of a row; NaN where a pixel has no value.</param>
    /// <param name="write">
    /// Takes, for each row made wrong, its number, its map before and its new map. It may overwrite what <paramref name="read"/> gives
    /// for that row.
    /// </param>
    /// <returns>The exact list of wrong rows: true only where a value really changed.</returns>
    /// <exception cref="ArgumentException">A value of the recipe is out of range, maps differ in size, hold infinite values, or are all equal and no range was given.</exception>
    public bool[] Corrupt(ReadOnlySpan<bool> hasLabel, Func<int, float[]> read, Action<int, float[], float[]> write)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        var order = ChooseRows(hasLabel);
        var recipe = Kind == MapCorruptionKind.UniformValues && double.IsNaN(Low) && Fraction > 0 && order.Length > 0 ? WithRangeOf(order, read) : this;
        return CorruptionOrder.Run(order, hasLabel.Length, Fraction, Kind == MapCorruptionKind.Swap, read, write,
            (row, map, giver) => recipe.CorruptMap(row, map, giver));
    }

    /// <summary>Makes the map of one row wrong.</summary>
    /// <param name="row">The row's number, at least 0.</param>
    /// <param name="map">Value of each pixel; NaN where it has none.</param>
    /// <param name="giver">For <see cref="MapCorruptionKind.Swap"/> alone: the map of another row, of the same size.</param>
    /// <returns>The new map; null when nothing could be changed.</returns>
    /// <exception cref="ArgumentException">
    /// A value of the recipe is out of range, the map holds an infinite value, Swap lacks a map of the same size, or UniformValues its range
    /// (<see cref="Corrupt"/> finds it by itself).
    /// </exception>
    public float[]? CorruptMap(int row, ReadOnlySpan<float> map, ReadOnlySpan<float> giver = default)
    {
        Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        CheckFinite(row, map);
        if (Kind == MapCorruptionKind.Swap)
        {
            if (giver.Length != map.Length)
                throw new ArgumentException(FormattableString.Invariant($"Row {row + 1}: to swap, another row's map of {map.Length} pixels is needed; found {giver.Length} pixels."), nameof(giver));
            CheckFinite(row, giver);
            return AnyChanged(map, giver) ? giver.ToArray() : null;
        }

        if (Kind == MapCorruptionKind.UniformValues && double.IsNaN(Low))
            throw new ArgumentException($"{nameof(MapCorruptionKind.UniformValues)} draws from a range; give {nameof(Low)} and {nameof(High)}.");
        var low = double.IsNaN(Low) ? 0 : Low;
        var high = double.IsNaN(High) ? PaperHigh : High;
        var generator = SeededGenerator.ForItem(Seed, row);
        var number = low + ((high - low) * generator.NextDouble());
        var changed = map.ToArray();
        for (var pixel = 0; pixel < changed.Length; pixel++)
        {
            if (float.IsNaN(changed[pixel]))
                continue;
            if (!PerImage)
                number = low + ((high - low) * generator.NextDouble());
            changed[pixel] = (float)(Kind == MapCorruptionKind.UniformNoise ? changed[pixel] + number : number);
        }

        return AnyChanged(map, changed) ? changed : null;
    }

    /// <summary>Which pixels a corruption has made wrong: those that had a value before and have another one now.</summary>
    /// <param name="before">The map before.</param>
    /// <param name="after">The map after, of the same size.</param>
    /// <returns>One value per pixel.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public bool[] ChangedPixels(ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        if (before.Length != after.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected maps of equal size; found {before.Length} and {after.Length} pixels."), nameof(after));
        var changed = new bool[before.Length];
        for (var pixel = 0; pixel < changed.Length; pixel++)
            changed[pixel] = IsChanged(before[pixel], after[pixel]);
        return changed;
    }

    private MapCorruption WithRangeOf(int[] rows, Func<int, float[]> read)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var row in rows)
        {
            var map = read(row);
            CheckFinite(row, map);
            foreach (var value in map)
                if (!float.IsNaN(value))
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (low > high)
            return this with { Low = 0, High = 1 }; // no pixel has a value, so none is drawn
        if (low == high)
            throw new ArgumentException(FormattableString.Invariant($"All values of the maps are {low}, so no range can be derived from them. Give {nameof(Low)} and {nameof(High)}."));
        return this with { Low = low, High = high };
    }

    // A pixel that lost its value is not a wrong label: nothing is trained on it.
    private static bool IsChanged(float before, float after) => before != after && !float.IsNaN(before) && !float.IsNaN(after);

    private static bool AnyChanged(ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        for (var pixel = 0; pixel < before.Length; pixel++)
            if (IsChanged(before[pixel], after[pixel]))
                return true;
        return false;
    }

    private static void CheckFinite(int row, ReadOnlySpan<float> map)
    {
        for (var pixel = 0; pixel < map.Length; pixel++)
            if (float.IsInfinity(map[pixel]))
                throw new ArgumentException(FormattableString.Invariant($"Row {row + 1}: the map is infinite at pixel {pixel}; expected numbers, or NaN where a pixel has no value."), nameof(map));
    }
}
