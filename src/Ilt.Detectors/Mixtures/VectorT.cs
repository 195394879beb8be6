using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Ilt.Detectors;

/// <summary>Student's t of several components around 0: residuals of right vectors, in units of their local scale.</summary>
/// <param name="Factor">[components, components]: lower Cholesky factor of the scatter matrix.</param>
/// <param name="Freedom">Degrees of freedom.</param>
internal sealed record VectorT(double[,] Factor, double Freedom) : IResidualShape
{
    // Added to the diagonal, as a share of the mean variance: components may follow from each other.
    private const double Ridge = 1e-4;

    /// <summary>The standard one.</summary>
    public static VectorT Standard(int components, double freedom) => new(Matrix<double>.Build.DenseIdentity(components).ToArray(), freedom);

    private int Components => Factor.GetLength(0);

    /// <inheritdoc/>
    public double[] LogDensities(double[] scaled)
    {
        var half = (Freedom + Components) / 2;
        var constant = SpecialFunctions.GammaLn(half) - SpecialFunctions.GammaLn(Freedom / 2) - 0.5 * Components * Math.Log(Math.PI * Freedom);
        for (var c = 0; c < Components; c++) constant -= Math.Log(Factor[c, c]);
        return Array.ConvertAll(Squares(scaled), square => constant - half * Math.Log(1 + square / Freedom));
    }

    /// <summary>As in Lange, Little and Taylor (1989).</summary>
    public IResidualShape Step(double[] scaled, double[] weights)
    {
        var squares = Squares(scaled);
        var scatter = new double[Components, Components];
        var total = 0.0;
        for (var row = 0; row < squares.Length; row++)
        {
            var pull = weights[row] * (Freedom + Components) / (Freedom + squares[row]);
            total += weights[row];
            for (var a = 0; a < Components; a++)
                for (var b = 0; b <= a; b++) scatter[a, b] += pull * scaled[row * Components + a] * scaled[row * Components + b];
        }
        var matrix = Matrix<double>.Build.Dense(Components, Components, (a, b) => scatter[Math.Max(a, b), Math.Min(a, b)] / Math.Max(total, 1e-12));
        var ridge = Ridge * matrix.Trace() / Components + 1e-9;
        for (var c = 0; c < Components; c++) matrix[c, c] += ridge;
        return this with { Factor = matrix.Cholesky().Factor.ToArray() };
    }

    // Mahalanobis distances, by substitution.
    private double[] Squares(double[] scaled)
    {
        var squares = new double[scaled.Length / Components];
        var solved = new double[Components];
        for (var row = 0; row < squares.Length; row++)
            for (var a = 0; a < Components; a++)
            {
                var rest = scaled[row * Components + a];
                for (var b = 0; b < a; b++) rest -= Factor[a, b] * solved[b];
                solved[a] = rest / Factor[a, a];
                squares[row] += solved[a] * solved[a];
            }
        return squares;
    }
}
