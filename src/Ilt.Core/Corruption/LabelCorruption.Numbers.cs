using System.Runtime.InteropServices;

namespace Ilt.Corruption;

public sealed partial record LabelCorruption
{
    private const double DefaultRangeInDeviations = 2;

    /// <summary>Corrupts numbers, or vectors of numbers, in place.</summary>
    /// <param name="values">Labels [N x D], row-major; a row with a NaN component has no label and stays so.</param>
    /// <param name="dimensions">Components D per label, at least 1.</param>
    /// <returns>The exact truth, one per row: true only where a component really changed.</returns>
    /// <exception cref="ArgumentException">The kind does not fit numbers, a value is out of range, or the column is constant and no range was given.</exception>
    public bool[] CorruptNumbers(Span<float> values, int dimensions)
    {
        Validate();
        if (Kind is not (LabelCorruptionKind.UniformNoise or LabelCorruptionKind.GaussianNoise or LabelCorruptionKind.Swap))
            throw WrongKind("numbers", LabelCorruptionKind.UniformNoise, LabelCorruptionKind.GaussianNoise, LabelCorruptionKind.Swap);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (values.Length % dimensions != 0)
            throw new ArgumentException(FormattableString.Invariant($"Expected rows of {dimensions} numbers; {values.Length} numbers do not divide into such rows."), nameof(values));

        var before = values.ToArray();
        var generator = new SeededGenerator(Seed);
        var labelled = LabelledRows(before, dimensions);
        var rows = RowChoice.Choose([.. labelled], Fraction, generator);
        if (Kind == LabelCorruptionKind.Swap)
            Swap(before, values, rows, dimensions, generator);
        else if (rows.Length > 0)
            AddNoise(values, rows, Deviations(before, labelled, dimensions), generator);

        var wrong = new bool[values.Length / dimensions];
        foreach (var row in rows)
            wrong[row] = !values.Slice(row * dimensions, dimensions).SequenceEqual(before.AsSpan(row * dimensions, dimensions));
        return wrong;
    }

    private void AddNoise(Span<float> values, int[] rows, double[] deviations, SeededGenerator generator)
    {
        var fromColumn = Kind == LabelCorruptionKind.UniformNoise ? double.IsNaN(Low) : double.IsNaN(StandardDeviation);
        if (fromColumn && deviations.All(deviation => deviation == 0))
            throw new ArgumentException("All labels of the column are equal, so no noise range can be derived from it. Give the range (or the standard deviation) of the noise.");
        foreach (var row in rows)
            for (var d = 0; d < deviations.Length; d++)
            {
                var value = values[(row * deviations.Length) + d] + (float)Noise(deviations[d], generator);
                values[(row * deviations.Length) + d] = Counts ? MathF.Max(0, MathF.Round(value)) : value;
            }
    }

    private double Noise(double deviation, SeededGenerator generator)
    {
        if (Kind == LabelCorruptionKind.GaussianNoise)
            return generator.NextGaussian() * (double.IsNaN(StandardDeviation) ? deviation : StandardDeviation);
        var low = double.IsNaN(Low) ? -DefaultRangeInDeviations * deviation : Low;
        var high = double.IsNaN(High) ? DefaultRangeInDeviations * deviation : High;
        return low + ((high - low) * generator.NextDouble());
    }

    private static void Swap(float[] before, Span<float> values, int[] rows, int dimensions, SeededGenerator generator)
    {
        // Equal vectors get equal numbers, so that "keeps its label" means the value and not the row.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var own = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var key = Key(before.AsSpan(rows[i] * dimensions, dimensions));
            if (!numbers.TryGetValue(key, out own[i]))
                numbers.Add(key, own[i] = numbers.Count);
        }

        var giver = LabelExchange.Permute(own, generator);
        for (var i = 0; i < rows.Length; i++)
            before.AsSpan(rows[giver[i]] * dimensions, dimensions).CopyTo(values.Slice(rows[i] * dimensions, dimensions));
    }

    private static string Key(ReadOnlySpan<float> vector)
    {
        Span<float> key = new float[vector.Length];
        for (var d = 0; d < key.Length; d++)
            key[d] = vector[d] + 0f; // -0 and 0 are the same number
        return new string(MemoryMarshal.Cast<float, char>(key)); // two characters per number, only compared
    }

    private static List<int> LabelledRows(float[] values, int dimensions)
    {
        var rows = new List<int>(values.Length / dimensions);
        for (var row = 0; row < values.Length / dimensions; row++)
        {
            var missing = false;
            foreach (var value in values.AsSpan(row * dimensions, dimensions))
            {
                if (float.IsInfinity(value))
                    throw new ArgumentException(FormattableString.Invariant($"Row {row + 1} has an infinite label; expected numbers, or NaN for no label."), nameof(values));
                missing |= float.IsNaN(value);
            }

            if (!missing)
                rows.Add(row);
        }

        return rows;
    }

    /// <summary>Population standard deviation of each component over the labelled rows.</summary>
    private static double[] Deviations(float[] values, List<int> rows, int dimensions)
    {
        var deviations = new double[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            var mean = rows.Average(row => (double)values[(row * dimensions) + d]);
            deviations[d] = Math.Sqrt(rows.Average(row => Math.Pow(values[(row * dimensions) + d] - mean, 2)));
        }

        return deviations;
    }
}
