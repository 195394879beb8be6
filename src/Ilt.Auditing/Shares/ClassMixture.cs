namespace Ilt.Auditing;

/// <summary>
/// Class labels as a mixture per row: P(y | x) = sum over k of q_k(x) M_ky, where q are out-of-fold probabilities set right by the <see cref="AgreementCurve"/> and M
/// says how rows of class k are labelled.
/// </summary>
internal sealed class ClassMixture
{
    private const double Smallest = 1e-12;

    private readonly ClassRows rows;

    /// <summary>Fits it.</summary>
    /// <param name="rows">Labels and predictions.</param>
    /// <param name="seed">Seed of everything random.</param>
    public ClassMixture(ClassRows rows, int seed)
    {
        this.rows = rows;
        Curve = new AgreementCurve(rows, rows.Counted, seed);
        Probabilities = rows.WithTop(Curve.Right);
        var even = TransitionMatrix.Even(rows.Classes, Curve.Share);
        Transitions = Curve.Share > 0 ? rows.FitTransitions(Probabilities, even) : even;
    }

    /// <summary>The curve, which has the share of wrong labels.</summary>
    public AgreementCurve Curve { get; }

    /// <summary>[rows x classes]: probability of each class to be the right one, before the label is looked at.</summary>
    public double[] Probabilities { get; }

    /// <summary>How right classes are labelled.</summary>
    public TransitionMatrix Transitions { get; }

    /// <summary>The probability of a class to be the right one, of a row with its label; of one without, before a label is looked at.</summary>
    public double Posterior(int row, int right)
    {
        var before = Probabilities[row * rows.Classes + right];
        var label = rows.Label(row);
        return label < 0 ? before : before * Transitions[right, label] / Math.Max(rows.OfLabel(Probabilities, Transitions, row), Smallest);
    }

    /// <summary>Log odds that the label of a row is wrong.</summary>
    public double LogOdds(int row)
    {
        var right = Posterior(row, rows.Label(row));
        return Math.Log(Math.Max(1 - right, Smallest)) - Math.Log(Math.Max(right, Smallest));
    }
}
