namespace Ilt.Detectors;

/// <summary>How a prune picks rows, see <see cref="ConfidentJoint.Prune"/>.</summary>
public enum ConfidentPruning
{
    /// <summary>For each pair of classes, as many rows as the joint says, those that are furthest on the other class's side (PBNR).</summary>
    NoiseRate,

    /// <summary>For each class, as many rows as the joint says, those with the least confidence in their label (PBC).</summary>
    ByClass,

    /// <summary>What both pick (C+NR).</summary>
    Both,
}

/// <summary>
/// The joint distribution of given and true classes, estimated from out-of-fold probabilities (Northcutt, Jiang and Chuang, Confident Learning:
/// Estimating Uncertainty in Dataset Labels, 2021, sections 3.1 and 3.2).
/// </summary>
public sealed class ConfidentJoint
{
    private readonly float[] probabilities;
    private readonly int[] classes;
    private readonly int classCount;
    private readonly int[] rows; // labelled, with probabilities

    private ConfidentJoint(float[] probabilities, int[] classes, int classCount)
    {
        (this.probabilities, this.classes, this.classCount) = (probabilities, classes, classCount);
        rows = [.. Enumerable.Range(0, classes.Length).Where(row => classes[row] >= 0 && !float.IsNaN(probabilities[row * classCount]))];
        Thresholds = new double[classCount];
        Counts = new int[classCount, classCount];
        Joint = new double[classCount, classCount];
    }

    /// <summary>t_j: the mean probability of class j over the rows that are labelled j; NaN for a class without rows.</summary>
    public double[] Thresholds { get; }

    /// <summary>
    /// The confident joint C [given, true]: rows labelled i for which j is the most probable of the classes whose probability is at least their threshold.
    /// Rows that are sure of no class are not counted.
    /// </summary>
    public int[,] Counts { get; }

    /// <summary>Q [given, true]: the counts with each given class scaled to its number of rows, over all rows; sums to 1.</summary>
    public double[,] Joint { get; }

    /// <summary>Rows that took part.</summary>
    public int RowCount => rows.Length;

    /// <summary>Estimated number of wrong labels: the rows times the sum of Q off its diagonal.</summary>
    public double WrongLabels
    {
        get
        {
            var off = 0.0;
            for (var i = 0; i < classCount; i++)
                for (var j = 0; j < classCount; j++)
                    if (i != j) off += Joint[i, j];
            return RowCount * off;
        }
    }

    /// <summary>Estimates the joint.</summary>
    /// <param name="probabilities">[rows x classes], row-major, of models that had not seen the row; a NaN leaves the row out.</param>
    /// <param name="classes">The given class of every row, from 0; -1 where it has none.</param>
    /// <param name="classCount">Number of classes, at least 2.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static ConfidentJoint Estimate(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> classes, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (probabilities.Length != classes.Length * classCount)
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected {classes.Length} rows x {classCount} classes = {classes.Length * classCount} probabilities; found {probabilities.Length}."), nameof(probabilities));
        var joint = new ConfidentJoint(probabilities.ToArray(), classes.ToArray(), classCount);
        var labelled = joint.CountLabels();
        foreach (var row in joint.rows)
        {
            var sure = -1;
            for (var j = 0; j < classCount; j++)
                if (joint.P(row, j) >= joint.Thresholds[j] && (sure < 0 || joint.P(row, j) > joint.P(row, sure))) sure = j;
            if (sure >= 0) joint.Counts[joint.classes[row], sure]++;
        }
        joint.Calibrate(labelled);
        return joint;
    }

    /// <summary>The rows that are likely wrong. Never one whose given class is the most probable.</summary>
    /// <param name="pruning">How to pick them.</param>
    /// <returns>[rows], true = picked.</returns>
    public bool[] Prune(ConfidentPruning pruning)
    {
        var picked = new bool[classes.Length];
        if (pruning is ConfidentPruning.NoiseRate or ConfidentPruning.Both)
            for (var i = 0; i < classCount; i++)
                for (var j = 0; j < classCount; j++)
                    if (i != j) Pick(i, RowCount * Joint[i, j], row => P(row, j) - P(row, i), picked);
        if (pruning is ConfidentPruning.ByClass or ConfidentPruning.Both)
        {
            var byClass = new bool[classes.Length];
            for (var i = 0; i < classCount; i++)
                Pick(i, RowCount * Enumerable.Range(0, classCount).Where(j => j != i).Sum(j => Joint[i, j]), row => -P(row, i), byClass);
            for (var row = 0; row < picked.Length; row++) picked[row] = byClass[row] && (picked[row] || pruning is ConfidentPruning.ByClass);
        }
        foreach (var row in rows) picked[row] &= Margin(row) < 0;
        return picked;
    }

    /// <summary>The probability of the given class less the largest other one, from -1 to 1.</summary>
    internal double Margin(int row)
    {
        var other = 0f;
        for (var j = 0; j < classCount; j++)
            if (j != classes[row]) other = Math.Max(other, P(row, j));
        return P(row, classes[row]) - (double)other;
    }

    /// <summary>The probability of the given class.</summary>
    internal double SelfConfidence(int row) => P(row, classes[row]);

    /// <summary>Whether the row takes part.</summary>
    internal bool Has(int row) => classes[row] >= 0 && !float.IsNaN(probabilities[row * classCount]);

    private float P(int row, int of) => probabilities[(row * classCount) + of];

    private int[] CountLabels()
    {
        var labelled = new int[classCount];
        foreach (var row in rows)
        {
            labelled[classes[row]]++;
            Thresholds[classes[row]] += P(row, classes[row]);
        }
        for (var j = 0; j < classCount; j++) Thresholds[j] /= labelled[j];
        return labelled;
    }

    private void Calibrate(int[] labelled)
    {
        for (var i = 0; i < classCount; i++)
        {
            var sum = Enumerable.Range(0, classCount).Sum(j => Counts[i, j]);
            for (var j = 0; j < classCount; j++)
            {
                // Where no row is sure of anything, nothing says that a label is wrong.
                var share = sum > 0 ? Counts[i, j] / (double)sum : i == j ? 1 : 0;
                Joint[i, j] = share * labelled[i] / Math.Max(1, RowCount);
            }
        }
    }

    private void Pick(int given, double count, Func<int, float> key, bool[] picked)
    {
        var wanted = (int)Math.Round(count, MidpointRounding.AwayFromZero);
        foreach (var row in rows.Where(row => classes[row] == given).OrderByDescending(key).ThenBy(row => row).Take(wanted)) picked[row] = true;
    }
}
