namespace Ilt.Auditing;

/// <summary>Labels and out-of-fold probabilities of rows of classes.</summary>
internal sealed class ClassRows
{
    private const int TransitionSteps = 30;
    private const double Smallest = 1e-6;
    // A matrix of transitions is held near the even one as if so many wrong labels per class had been seen to be spread evenly.
    private const double PriorRows = 20;

    private readonly double[] given;
    private readonly int[] labels, tops;

    /// <summary>Keeps rows.</summary>
    /// <param name="probabilities">[rows x classes].</param>
    /// <param name="labels">Class of each row; -1: none, or none that is to count.</param>
    /// <param name="classes">Number of classes.</param>
    public ClassRows(double[] probabilities, int[] labels, int classes)
    {
        this.labels = labels;
        Classes = classes;
        given = Normalise(probabilities, classes);
        tops = new int[labels.Length];
        for (var row = 0; row < tops.Length; row++)
            for (var k = 1; k < classes; k++)
                if (given[row * classes + k] > given[row * classes + tops[row]]) tops[row] = k;
        Counted = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] >= 0)];
        Frequencies = new double[classes];
        foreach (var row in Counted) Frequencies[labels[row]] += 1.0 / Counted.Length;
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Rows.</summary>
    public int Count => labels.Length;

    /// <summary>The rows whose labels count, ascending.</summary>
    public int[] Counted { get; }

    /// <summary>The given class of a row.</summary>
    public int Label(int row) => labels[row];

    /// <summary>Share of each class among the given labels.</summary>
    public double[] Frequencies { get; }

    /// <summary>The most probable class of a row.</summary>
    public int Top(int row) => tops[row];

    /// <summary>The log odds of the most probable class.</summary>
    public double Confidence(int row)
    {
        var top = given[row * Classes + tops[row]];
        return Math.Clamp(Math.Log(top / Math.Max(1 - top, Smallest)), -AgreementCurve.MostLogOdds, AgreementCurve.MostLogOdds);
    }

    /// <summary>The given class's part in the probability of all but the most probable one.</summary>
    public double RestOfLabel(int row) => Rest(row, labels[row]);

    /// <summary>[rows x classes]: probabilities with the most probable class's set anew.</summary>
    /// <param name="ofTop">What it becomes, of its log odds.</param>
    public double[] WithTop(Func<double, double> ofTop)
    {
        var probabilities = new double[given.Length];
        for (var row = 0; row < Count; row++)
        {
            var top = Math.Clamp(ofTop(Confidence(row)), Smallest, 1 - Smallest);
            for (var k = 0; k < Classes; k++) probabilities[row * Classes + k] = k == tops[row] ? top : (1 - top) * Rest(row, k);
        }
        return probabilities;
    }

    private double Rest(int row, int k) => given[row * Classes + k] / Math.Max(1 - given[row * Classes + tops[row]], Smallest);

    /// <summary>Probability of the given label.</summary>
    public double OfLabel(double[] probabilities, TransitionMatrix transitions, int row)
    {
        var sum = 0.0;
        for (var right = 0; right < Classes; right++) sum += probabilities[row * Classes + right] * transitions[right, labels[row]];
        return sum;
    }

    /// <summary>Log-likelihood of the labels that count.</summary>
    public double LogLikelihood(double[] probabilities, TransitionMatrix transitions)
    {
        var sum = 0.0;
        foreach (var row in Counted) sum += Math.Log(Math.Max(OfLabel(probabilities, transitions, row), Smallest));
        return sum;
    }

    /// <summary>The transitions of the largest posterior, by expectation and maximisation from even ones, which are the prior.</summary>
    public TransitionMatrix FitTransitions(double[] probabilities, TransitionMatrix even)
    {
        var at = even;
        for (var step = 0; step < TransitionSteps; step++)
        {
            var counts = new double[Classes, Classes];
            foreach (var row in Counted)
            {
                var of = Math.Max(OfLabel(probabilities, at, row), Smallest);
                for (var right = 0; right < Classes; right++)
                    counts[right, labels[row]] += probabilities[row * Classes + right] * at[right, labels[row]] / of;
            }
            for (var right = 0; right < Classes; right++)
            {
                var sum = 0.0;
                for (var given = 0; given < Classes; given++) sum += counts[right, given] += PriorRows * even[right, given];
                for (var given = 0; given < Classes; given++) counts[right, given] /= sum;
            }
            at = new TransitionMatrix(counts);
        }
        return at;
    }

    private static double[] Normalise(double[] probabilities, int classes)
    {
        var normal = new double[probabilities.Length];
        for (var start = 0; start < normal.Length; start += classes)
        {
            var sum = 0.0;
            for (var k = start; k < start + classes; k++) sum += normal[k] = Math.Max(probabilities[k], Smallest);
            for (var k = start; k < start + classes; k++) normal[k] /= sum;
        }
        return normal;
    }
}
