namespace Ilt.Corruption;

/// <summary>Class labels made wrong as some classes are taken for others: how often, and for which, depends on the class. Immutable.</summary>
/// <remarks>
/// Row c of the matrix says how rows of class c are labelled. Its diagonal is taken as a relative rate only: round(F x labelled rows) labels become
/// wrong in all, shared among the classes in proportion to (rows of c) x (1 - diagonal of c), by largest remainders; within a class the rows are drawn at random and
/// their new labels from the rest of its row. With one seed, the wrong rows of a smaller fraction are among those of a larger one, but for rounding.
/// </remarks>
public sealed record ClassConfusion
{
    /// <summary>Share F of the labelled rows that become wrong, from 0 to 1.</summary>
    public required double Fraction { get; init; }

    /// <summary>Seed. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>C x C, not negative, rows of sum 1 (within 1e-6); null: drawn, see <see cref="Draw"/>.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Matrix { get; init; }

    /// <summary>How evenly a drawn matrix spreads the mistakes of a class over the others, above 0: small, nearly all go to one; 1, any spread is as likely; large, all alike. Default 0.5.</summary>
    public double Concentration { get; init; } = 0.5;

    /// <summary>
    /// Draws a matrix: the mistakes of a class are spread by a symmetric Dirichlet distribution, and the rates of mistakes of the classes, before they are scaled to the
    /// fraction, are uniform between 0 and 1.
    /// </summary>
    /// <param name="classCount">C, at least 2.</param>
    /// <returns>C x C, rows of sum 1.</returns>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public double[][] Draw(int classCount)
    {
        RequireClasses(classCount);
        if (!(Concentration > 0 && double.IsFinite(Concentration)))
            throw new ArgumentException(FormattableString.Invariant($"The concentration of a confusion must be a number above 0; found {Concentration}."));
        var generator = SeededGenerator.ForItem(Seed, -1);
        var matrix = new double[classCount][];
        for (var c = 0; c < classCount; c++)
        {
            var row = new double[classCount];
            for (var other = 0; other < classCount; other++)
                if (other != c) row[other] = LogGamma(generator);
            // In logarithms: with a small concentration every draw may lie below the least number above 0.
            var most = Enumerable.Range(0, classCount).Where(other => other != c).Max(other => row[other]);
            for (var other = 0; other < classCount; other++)
                row[other] = other == c ? 0 : Math.Exp(row[other] - most);
            var sum = row.Sum();
            var rate = generator.NextDouble();
            for (var other = 0; other < classCount; other++)
                row[other] = other == c ? 1 - rate : rate * row[other] / sum;
            matrix[c] = row;
        }

        return matrix;
    }

    /// <summary>Corrupts class labels in place.</summary>
    /// <param name="labels">Class of each row, from 0; -1 where the row has no label, which stays so.</param>
    /// <param name="classCount">Number of classes C, at least 2.</param>
    /// <returns>The exact truth: true where the label changed.</returns>
    /// <exception cref="ArgumentException">A value is out of its range, the matrix is none, or it makes too few labels wrong for the fraction.</exception>
    public bool[] CorruptClasses(Span<int> labels, int classCount)
    {
        CorruptionOrder.CheckFraction(Fraction);
        RequireClasses(classCount);
        var matrix = Matrix is null ? Draw(classCount) : Check(Matrix, classCount);
        var generator = new SeededGenerator(Seed);
        var rowsOf = new List<int>[classCount];
        for (var c = 0; c < classCount; c++) rowsOf[c] = [];
        var labelled = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] < -1 || labels[row] >= classCount)
                throw new ArgumentException(FormattableString.Invariant($"Row {row + 1} has class {labels[row]}; expected -1 (no label) or 0 to {classCount - 1}."), nameof(labels));
            if (labels[row] < 0) continue;
            rowsOf[labels[row]].Add(row);
            labelled++;
        }

        var counts = Share((int)Math.Round(Fraction * labelled, MidpointRounding.AwayFromZero), rowsOf, matrix);
        var wrong = new bool[labels.Length];
        for (var c = 0; c < classCount; c++)
        {
            // All rows of the class get a draw, whatever the fraction, so that a larger one changes nothing about those of a smaller.
            foreach (var (row, place) in RowChoice.Choose(rowsOf[c], 1, generator).Select((row, place) => (row, place)))
            {
                var draw = generator.NextDouble() * (1 - matrix[c][c]);
                if (place >= counts[c]) continue;
                labels[row] = Pick(matrix[c], c, draw);
                wrong[row] = true;
            }
        }

        return wrong;
    }

    // As many as asked for in all; a class gives at most all its rows, and the rest falls to the others.
    private static int[] Share(int wanted, List<int>[] rowsOf, double[][] matrix)
    {
        var counts = new int[rowsOf.Length];
        var open = Enumerable.Range(0, rowsOf.Length).Where(c => rowsOf[c].Count > 0 && matrix[c][c] < 1).ToList();
        var room = open.Sum(c => rowsOf[c].Count);
        if (wanted > room)
            throw new ArgumentException(FormattableString.Invariant($"{wanted} labels are to become wrong, but the confusion concerns classes with {room} rows only; take a smaller fraction or another matrix."));
        while (wanted > 0)
        {
            var weights = open.Select(c => rowsOf[c].Count * (1 - matrix[c][c])).ToArray();
            var sum = weights.Sum();
            var exact = weights.Select(weight => wanted * weight / sum).ToArray();
            var given = exact.Select(share => (int)share).ToArray();
            var left = wanted - given.Sum();
            foreach (var i in Enumerable.Range(0, exact.Length).OrderByDescending(i => exact[i] - given[i]).ThenBy(i => i).Take(left)) given[i]++;
            for (var i = 0; i < given.Length; i++)
            {
                var taken = Math.Min(given[i], rowsOf[open[i]].Count - counts[open[i]]);
                counts[open[i]] += taken;
                wanted -= taken;
            }

            open.RemoveAll(c => counts[c] == rowsOf[c].Count);
        }

        return counts;
    }

    private static int Pick(double[] row, int own, double draw)
    {
        var last = -1;
        for (var other = 0; other < row.Length; other++)
        {
            if (other == own || row[other] == 0) continue;
            last = other;
            if (draw < row[other]) return other;
            draw -= row[other];
        }

        return last; // rounding may leave a trace of the draw
    }

    // Marsaglia and Tsang (2000) for shape + 1, brought down to the shape by a power of a uniform number; its logarithm.
    private double LogGamma(SeededGenerator generator)
    {
        var d = Concentration + 1 - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = generator.NextGaussian();
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - generator.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return Math.Log(d * v) + (Math.Log(1 - generator.NextDouble()) / Concentration);
        }
    }

    private static double[][] Check(IReadOnlyList<IReadOnlyList<double>> matrix, int classCount)
    {
        if (matrix.Count != classCount || matrix.Any(row => row.Count != classCount))
            throw new ArgumentException($"The confusion of {classCount} classes has {classCount} rows of {classCount} numbers; found {matrix.Count} rows of {string.Join(", ", matrix.Select(row => row.Count).Distinct())}.");
        for (var c = 0; c < classCount; c++)
        {
            if (matrix[c].Any(share => !(share >= 0)) || !(Math.Abs(matrix[c].Sum() - 1) <= 1e-6))
                throw new ArgumentException(FormattableString.Invariant($"Row {c + 1} of the confusion must hold shares of at least 0 whose sum is 1; found the sum {matrix[c].Sum()}."));
        }

        return [.. matrix.Select(row => row.ToArray())];
    }

    private static void RequireClasses(int classCount)
    {
        if (classCount < 2)
            throw new ArgumentException(FormattableString.Invariant($"At least 2 classes are needed to make a label wrong; found {classCount}."), nameof(classCount));
    }
}
