using Ilt.Corruption;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Ilt.Auditing;

/// <summary>
/// How often labels agree with the most probable class, by how confident the models are of it: a logistic curve that wrong labels keep from reaching 1, as lapses do in
/// the psychometric functions of Wichmann and Hill (2001). The share of wrong labels is the lapse; it can be told where the curve comes to a plateau.
/// </summary>
internal sealed class AgreementCurve
{
    /// <summary>Confidences beyond these log odds count as these.</summary>
    internal const double MostLogOdds = 7;

    /// <summary>The largest share that is looked for.</summary>
    internal const double MostShare = 0.9;

    private const int MostRows = 8000, Thirds = 16, Halvings = 12, MostSteps = 400;
    private const double Smallest = 1e-9, Tolerance = 1e-4;
    // Beliefs that only tell where the labels do not: models are hardly less sure than they say (the curve is hardly flatter than their own), for wrong labels make
    // them less sure than is right, not more; and they do not call a class probable that is not.
    private const double FlatterDeviation = 0.25, SteeperDeviation = 1, OffsetDeviation = 1;
    // Half the 95 % point of chi squared with one degree of freedom.
    private static readonly double Drop = ChiSquared.InvCDF(1, 0.95) / 2;

    private readonly double[] confidences, rests;
    private readonly bool[] agrees;
    private readonly int classes;
    private readonly double weight;
    private Vector<double> start = Vector<double>.Build.Dense([0, 0]);

    /// <summary>Fits the curve.</summary>
    /// <param name="rows">Labels and predictions.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="seed">Which are drawn where there are many.</param>
    public AgreementCurve(ClassRows rows, int[] chosen, int seed)
    {
        var drawn = (int[])chosen.Clone();
        if (chosen.Length > MostRows) new SeededGenerator(seed).Shuffle<int>(drawn);
        drawn = drawn[..Math.Min(chosen.Length, MostRows)];
        classes = rows.Classes;
        // What is drawn counts for all rows, so that intervals are those of all.
        weight = (double)chosen.Length / drawn.Length;
        confidences = Array.ConvertAll(drawn, rows.Confidence);
        agrees = Array.ConvertAll(drawn, row => rows.Label(row) == rows.Top(row));
        rests = Array.ConvertAll(drawn, rows.RestOfLabel);
        CleanLogLikelihood = -Loss(0);
        var best = Best();
        (Share, LogLikelihood) = -Loss(best) > CleanLogLikelihood ? (best, -Loss(best)) : (0, CleanLogLikelihood);
        Loss(Share);
        (Offset, Slope) = (start[0], Math.Exp(start[1]));
        Low = CleanLogLikelihood > LogLikelihood - Drop ? 0 : End(0, Share);
        High = End(MostShare, Share);
    }

    /// <summary>The share of wrong labels of the largest likelihood.</summary>
    public double Share { get; }

    /// <summary>Lower end of the 95 % interval of the profile likelihood.</summary>
    public double Low { get; }

    /// <summary>Upper end of it.</summary>
    public double High { get; }

    /// <summary>Log odds that the most probable class is right: this and <see cref="Slope"/> times its log odds by the models.</summary>
    public double Offset { get; }

    /// <inheritdoc cref="Offset"/>
    public double Slope { get; }

    /// <summary>The largest log-likelihood.</summary>
    public double LogLikelihood { get; }

    /// <summary>The largest without wrong labels.</summary>
    public double CleanLogLikelihood { get; }

    /// <summary>The probability that the most probable class is right.</summary>
    public double Right(double confidence) => SpecialFunctions.Logistic(Offset + Slope * confidence);

    // The profile has one maximum, perhaps at an end, which MathNet's searches do not allow: the better two of three parts are kept.
    private double Best()
    {
        var (low, high) = (0.0, MostShare);
        for (var step = 0; step < Thirds; step++)
        {
            var third = (high - low) / 3;
            if (Loss(low + third) < Loss(high - third)) high -= third;
            else low += third;
        }
        return (low + high) / 2;
    }

    private double End(double outside, double inside)
    {
        for (var step = 0; step < Halvings; step++)
        {
            var middle = (outside + inside) / 2;
            if (-Loss(middle) > LogLikelihood - Drop) inside = middle;
            else outside = middle;
        }
        return (outside + inside) / 2;
    }

    // Minus the log-likelihood at the best offset and slope, which are kept: the next share asked for is near.
    private double Loss(double share)
    {
        var result = NelderMeadSimplex.Minimum(ObjectiveFunction.Value(at => Loss(share, at[0], at[1])), start, Vector<double>.Build.Dense([0.5, 0.5]), Tolerance, MostSteps);
        start = result.MinimizingPoint;
        return result.FunctionInfoAtMinimum.Value;
    }

    private double Loss(double share, double offset, double logSlope)
    {
        var (sum, slope) = (0.0, Math.Exp(logSlope));
        for (var i = 0; i < agrees.Length; i++)
        {
            var right = SpecialFunctions.Logistic(offset + slope * confidences[i]);
            var label = agrees[i] ? right : (1 - right) * rests[i];
            sum -= Math.Log(Math.Max(Smallest, (1 - share) * label + share * (1 - label) / (classes - 1)));
        }
        return weight * sum + Square(logSlope / (logSlope < 0 ? FlatterDeviation : SteeperDeviation)) / 2 + Square(offset / OffsetDeviation) / 2;
    }

    private static double Square(double value) => value * value;
}
