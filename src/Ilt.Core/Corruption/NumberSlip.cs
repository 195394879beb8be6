namespace Ilt.Corruption;

/// <summary>Numbers made wrong as slips of the pen and of units do: a shifted decimal point, inches for centimetres, a scale read wrongly. Immutable.</summary>
public sealed record NumberSlip
{
    /// <summary>A decimal point one place off, to either side.</summary>
    public static IReadOnlyList<double> DecimalPoint { get; } = [10, 0.1];

    /// <summary>Inches for centimetres, and the other way round.</summary>
    public static IReadOnlyList<double> InchOrCentimetre { get; } = [2.54, 1 / 2.54];

    /// <summary>Share F of the labelled rows to choose, from 0 to 1; round(F x labelled rows), halves up.</summary>
    public required double Fraction { get; init; }

    /// <summary>Seed. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Factors of which each chosen row gets one at random, for all its components; finite. Default {1}.</summary>
    public IReadOnlyList<double> Factors { get; init; } = [1];

    /// <summary>Shifts of which each chosen row gets one at random, added to all its components after the factor, in standard deviations of each component; finite. Default {0}.</summary>
    public IReadOnlyList<double> Shifts { get; init; } = [0];

    /// <summary>Whether numbers are counts: what becomes of them is rounded to a whole number of at least 0.</summary>
    public bool Counts { get; init; }

    /// <summary>Corrupts numbers, or vectors of numbers, in place.</summary>
    /// <param name="values">Labels [N x D], row-major; a row with a NaN component has no label and stays so.</param>
    /// <param name="dimensions">Components D per label, at least 1.</param>
    /// <returns>The exact truth: true only where a component really changed (0 x 10 is 0).</returns>
    /// <exception cref="ArgumentException">A value is out of its range, or an option is.</exception>
    public bool[] CorruptNumbers(Span<float> values, int dimensions)
    {
        CorruptionOrder.CheckFraction(Fraction);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (Factors.Count == 0 || Shifts.Count == 0 || Factors.Concat(Shifts).Any(number => !double.IsFinite(number)))
            throw new ArgumentException("A slip needs a factor and a shift at least, all finite numbers.");
        if (values.Length % dimensions != 0)
            throw new ArgumentException(FormattableString.Invariant($"Expected rows of {dimensions} numbers; {values.Length} numbers do not divide into such rows."), nameof(values));
        var before = values.ToArray();
        var labelled = new List<int>();
        for (var row = 0; row < before.Length / dimensions; row++)
            if (IsLabelled(before.AsSpan(row * dimensions, dimensions))) labelled.Add(row);
        var deviations = Enumerable.Range(0, dimensions).Select(d => Deviation(before, labelled, dimensions, d)).ToArray();
        var generator = new SeededGenerator(Seed);
        var wrong = new bool[before.Length / dimensions];
        foreach (var row in RowChoice.Choose([.. labelled], Fraction, generator))
        {
            var factor = Factors[generator.NextInt(Factors.Count)];
            var shift = Shifts[generator.NextInt(Shifts.Count)];
            for (var d = 0; d < dimensions; d++)
            {
                var value = (float)((before[(row * dimensions) + d] * factor) + (shift * deviations[d]));
                values[(row * dimensions) + d] = Counts ? MathF.Max(0, MathF.Round(value)) : value;
            }

            wrong[row] = !values.Slice(row * dimensions, dimensions).SequenceEqual(before.AsSpan(row * dimensions, dimensions));
        }

        return wrong;
    }

    private static double Deviation(float[] values, List<int> rows, int dimensions, int component)
    {
        if (rows.Count == 0) return 0;
        var mean = rows.Average(row => (double)values[(row * dimensions) + component]);
        return Math.Sqrt(rows.Average(row => Math.Pow(values[(row * dimensions) + component] - mean, 2)));
    }

    private static bool IsLabelled(ReadOnlySpan<float> label)
    {
        foreach (var value in label)
            if (float.IsNaN(value)) return false;
        return true;
    }
}
