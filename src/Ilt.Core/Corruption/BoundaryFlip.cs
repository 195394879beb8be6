namespace Ilt.Corruption;

/// <summary>Class labels made wrong where they are hard to tell: ambiguous rows are likelier to be chosen, and get the class they look like. Immutable.</summary>
/// <remarks>
/// Rows are drawn without replacement with probabilities in proportion to (ambiguity + 0.01)^sharpness (Efraimidis and Spirakis, 2006: the rows
/// with the highest u^(1/weight)), so with one seed, the rows chosen for a smaller fraction are among those for a larger one. The ambiguity must
/// come from a model that has not seen the row's label, such as <see cref="NeighbourAmbiguity"/>.
/// </remarks>
public sealed record BoundaryFlip
{
    private const double LeastAmbiguity = 0.01;

    /// <summary>Share F of the labelled rows to choose, from 0 to 1; round(F x labelled rows), halves up.</summary>
    public required double Fraction { get; init; }

    /// <summary>Seed. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How much ambiguity counts, at least 0; 0: not at all. Default 2.</summary>
    public double Sharpness { get; init; } = 2;

    /// <summary>Corrupts class labels in place.</summary>
    /// <param name="labels">Class of each row, from 0; -1 where the row has no label, which stays so.</param>
    /// <param name="classCount">Number of classes C, at least 2.</param>
    /// <param name="ambiguity">Per row, at least 0.</param>
    /// <param name="rival">Per row, the class it gets; where that is -1 or its own one, any other class at random.</param>
    /// <returns>The exact truth: true where the label changed.</returns>
    /// <exception cref="ArgumentException">A value is out of its range, or lengths differ.</exception>
    public bool[] CorruptClasses(Span<int> labels, int classCount, ReadOnlySpan<double> ambiguity, ReadOnlySpan<int> rival)
    {
        CorruptionOrder.CheckFraction(Fraction);
        if (!(Sharpness >= 0 && double.IsFinite(Sharpness)))
            throw new ArgumentException(FormattableString.Invariant($"The sharpness must be a number of at least 0; found {Sharpness}."));
        if (classCount < 2)
            throw new ArgumentException(FormattableString.Invariant($"At least 2 classes are needed to make a label wrong; found {classCount}."), nameof(classCount));
        if (ambiguity.Length != labels.Length || rival.Length != labels.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected an ambiguity and a rival for each of {labels.Length} rows; found {ambiguity.Length} and {rival.Length}."));
        var generator = new SeededGenerator(Seed);
        var keys = new List<(double Key, int Row, int Other)>(labels.Length);
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] < -1 || labels[row] >= classCount)
                throw new ArgumentException(FormattableString.Invariant($"Row {row + 1} has class {labels[row]}; expected -1 (no label) or 0 to {classCount - 1}."), nameof(labels));
            if (labels[row] < 0) continue;
            if (!(ambiguity[row] >= 0 && double.IsFinite(ambiguity[row])))
                throw new ArgumentException(FormattableString.Invariant($"Row {row + 1} has the ambiguity {ambiguity[row]}; expected a number of at least 0."), nameof(ambiguity));
            var weight = Math.Pow(ambiguity[row] + LeastAmbiguity, Sharpness);
            var other = (labels[row] + 1 + generator.NextInt(classCount - 1)) % classCount;
            if (rival[row] >= 0 && rival[row] < classCount && rival[row] != labels[row]) other = rival[row];
            keys.Add((Math.Log(1 - generator.NextDouble()) / weight, row, other));
        }

        var wrong = new bool[labels.Length];
        foreach (var (_, row, other) in keys.OrderByDescending(key => key.Key).ThenBy(key => key.Row).Take((int)Math.Round(Fraction * keys.Count, MidpointRounding.AwayFromZero)))
        {
            labels[row] = other;
            wrong[row] = true;
        }

        return wrong;
    }
}
