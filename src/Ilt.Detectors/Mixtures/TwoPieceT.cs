using MathNet.Numerics;

namespace Ilt.Detectors;

/// <summary>
/// Student's t with a scale of its own on each side of the mode (two-piece): residuals of right numbers, in units of their local scale.
/// </summary>
/// <param name="Mode">Where it is highest.</param>
/// <param name="Left">Scale below.</param>
/// <param name="Right">Scale above.</param>
/// <param name="Freedom">Degrees of freedom: the smaller, the heavier the tails.</param>
internal sealed record TwoPieceT(double Mode, double Left, double Right, double Freedom) : IResidualShape
{
    private const double SmallestScale = 1e-3;

    /// <summary>The standard one.</summary>
    public static TwoPieceT Standard(double freedom) => new(0, 1, 1, freedom);

    private double LogFactor => SpecialFunctions.GammaLn((Freedom + 1) / 2) - SpecialFunctions.GammaLn(Freedom / 2)
        - 0.5 * Math.Log(Math.PI * Freedom) + Math.Log(2 / (Left + Right));

    /// <inheritdoc/>
    public double[] LogDensities(double[] values)
    {
        var factor = LogFactor;
        return Array.ConvertAll(values, value => factor - (Freedom + 1) / 2 * Math.Log(1 + Squared(value) / Freedom));
    }

    /// <summary>Weights of t as in Lange, Little and Taylor (1989), the sides as of a two-piece normal.</summary>
    public IResidualShape Step(double[] values, double[] weights)
    {
        double sum = 0, mode = 0, total = 0;
        var pulls = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            pulls[i] = weights[i] * (Freedom + 1) / (Freedom + Squared(values[i]));
            var side = values[i] < Mode ? Left : Right;
            sum += pulls[i] / (side * side);
            mode += pulls[i] * values[i] / (side * side);
            total += weights[i];
        }
        if (!(sum > 0)) return this;
        mode /= sum;
        double left = 0, right = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var square = pulls[i] * (values[i] - mode) * (values[i] - mode);
            if (values[i] < mode) left += square;
            else right += square;
        }
        var roots = Math.Cbrt(left) + Math.Cbrt(right);
        return this with
        {
            Mode = mode,
            Left = Math.Max(SmallestScale, Math.Cbrt(left) * Math.Sqrt(roots / total)),
            Right = Math.Max(SmallestScale, Math.Cbrt(right) * Math.Sqrt(roots / total)),
        };
    }

    private double Squared(double value)
    {
        var scaled = (value - Mode) / (value < Mode ? Left : Right);
        return scaled * scaled;
    }
}
