namespace Ilt.Corruption;

public sealed partial record LabelCorruption
{
    /// <summary>Corrupts class labels in place.</summary>
    /// <param name="labels">Class of each row, from 0; -1 where the row has no label, which stays so.</param>
    /// <param name="classCount">Number of classes C, at least 2.</param>
    /// <returns>The exact truth: true only where the label really changed.</returns>
    /// <exception cref="ArgumentException">The kind does not fit classes, a value is out of range, or a label is.</exception>
    public bool[] CorruptClasses(Span<int> labels, int classCount)
    {
        Validate();
        if (Kind is LabelCorruptionKind.UniformNoise or LabelCorruptionKind.GaussianNoise)
            throw WrongKind("class labels", LabelCorruptionKind.UniformFlip, LabelCorruptionKind.PairFlip, LabelCorruptionKind.PermuteClasses, LabelCorruptionKind.Swap);
        if (classCount < 2)
            throw new ArgumentException(FormattableString.Invariant($"At least 2 classes are needed to make a label wrong; found {classCount}."), nameof(classCount));

        var before = labels.ToArray();
        var generator = new SeededGenerator(Seed);
        var rows = RowChoice.Choose(LabelledRows(labels, classCount), Fraction, generator);
        switch (Kind)
        {
            case LabelCorruptionKind.UniformFlip:
                foreach (var row in rows)
                    labels[row] = (labels[row] + 1 + generator.NextInt(classCount - 1)) % classCount;
                break;
            case LabelCorruptionKind.PairFlip:
                foreach (var row in rows)
                    labels[row] = (labels[row] + 1) % classCount;
                break;
            case LabelCorruptionKind.PermuteClasses:
                var renamed = CyclicPermutation(classCount, generator);
                foreach (var row in rows)
                    labels[row] = renamed[labels[row]];
                break;
            default:
                var own = Array.ConvertAll(rows, row => before[row]);
                var giver = LabelExchange.Permute(own, generator);
                for (var i = 0; i < rows.Length; i++)
                    labels[rows[i]] = own[giver[i]];
                break;
        }

        var wrong = new bool[labels.Length];
        for (var row = 0; row < wrong.Length; row++)
            wrong[row] = labels[row] != before[row];
        return wrong;
    }

    /// <summary>A random permutation of one single cycle (Sattolo's algorithm): no class keeps its name.</summary>
    private static int[] CyclicPermutation(int count, SeededGenerator generator)
    {
        var permutation = new int[count];
        for (var i = 0; i < count; i++)
            permutation[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = generator.NextInt(i);
            (permutation[i], permutation[j]) = (permutation[j], permutation[i]);
        }

        return permutation;
    }

    private static List<int> LabelledRows(ReadOnlySpan<int> labels, int classCount)
    {
        var rows = new List<int>(labels.Length);
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] < -1 || labels[row] >= classCount)
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {row + 1} has class {labels[row]}; expected -1 (no label) or 0 to {classCount - 1}."), nameof(labels));
            if (labels[row] >= 0)
                rows.Add(row);
        }

        return rows;
    }
}
