using Ilt.Corruption;
using MathNet.Numerics.LinearAlgebra;

namespace Ilt.Detectors;

/// <summary>
/// Numbers and predictions as a mixture takes them: one number as it is; vectors in their principal components, scaled to a variance of 1, of which the first are kept.
/// </summary>
internal sealed class NumberRows
{
    private const int MostComponents = 16;
    private const double LeastVariance = 1e-4, Least = 1e-30;

    /// <summary>Takes them over.</summary>
    /// <param name="values">[rows x columns].</param>
    /// <param name="predicted">The same of the predictions.</param>
    /// <param name="columns">Numbers per row.</param>
    public NumberRows(double[] values, double[] predicted, int columns)
    {
        (Values, Predicted, Components) = (values, predicted, 1);
        if (columns > 1)
        {
            var axes = Axes(values, columns);
            (Values, Predicted, Components) = (Project(values, axes), Project(predicted, axes), axes.Directions.GetLength(1));
        }
        First = Column(Predicted, 0);
    }

    private NumberRows(NumberRows all, int[] rows)
    {
        Components = all.Components;
        Values = Pick(all.Values, rows);
        Predicted = Pick(all.Predicted, rows);
        First = Column(Predicted, 0);
    }

    /// <summary>So many rows at random, or all where there are no more.</summary>
    /// <param name="most">How many.</param>
    /// <param name="seed">Which.</param>
    public NumberRows Drawn(int most, int seed)
    {
        if (Count <= most) return this;
        var rows = Enumerable.Range(0, Count).ToArray();
        new SeededGenerator(seed).Shuffle<int>(rows);
        return new NumberRows(this, rows[..most]);
    }

    /// <summary>Numbers per row that are left.</summary>
    public int Components { get; }

    /// <summary>[rows x components].</summary>
    public double[] Values { get; }

    /// <summary>[rows x components].</summary>
    public double[] Predicted { get; }

    /// <summary>[rows]: the first component that is predicted, by which rows are similar.</summary>
    public double[] First { get; }

    /// <summary>Rows.</summary>
    public int Count => Values.Length / Components;

    /// <summary>[rows]: density of the numbers if they are wrong, components being independent.</summary>
    /// <param name="wrong">How probably each is; null: that is not known yet.</param>
    public double[] WrongDensities(double[]? wrong)
    {
        var densities = new double[Count];
        Array.Fill(densities, 1.0);
        for (var c = 0; c < Components; c++)
        {
            var marginal = new MarginalDensity(Column(Values, c), wrong);
            for (var row = 0; row < Count; row++) densities[row] *= Math.Max(Least, marginal.At(Values[row * Components + c]));
        }
        return densities;
    }

    /// <summary>One component.</summary>
    public double[] Column(double[] of, int component)
    {
        var column = new double[of.Length / Components];
        for (var row = 0; row < column.Length; row++) column[row] = of[row * Components + component];
        return column;
    }

    private double[] Pick(double[] of, int[] rows)
    {
        var picked = new double[rows.Length * Components];
        for (var i = 0; i < picked.Length; i++) picked[i] = of[rows[i / Components] * Components + i % Components];
        return picked;
    }

    private static (double[] Means, double[] Deviations, double[,] Directions) Axes(double[] values, int columns)
    {
        var rows = values.Length / columns;
        var (means, deviations) = (new double[columns], new double[columns]);
        for (var c = 0; c < columns; c++)
        {
            for (var row = 0; row < rows; row++) means[c] += values[row * columns + c] / rows;
            for (var row = 0; row < rows; row++) deviations[c] += Math.Pow(values[row * columns + c] - means[c], 2) / rows;
            deviations[c] = deviations[c] > 0 ? Math.Sqrt(deviations[c]) : 1;
        }
        var scaled = Matrix<double>.Build.Dense(rows, columns, (row, c) => (values[row * columns + c] - means[c]) / deviations[c]);
        var parts = (scaled.TransposeThisAndMultiply(scaled) / rows).Evd(Symmetricity.Symmetric);
        var kept = Enumerable.Range(0, columns).OrderByDescending(k => parts.EigenValues[k].Real).Take(MostComponents)
            .Where((k, place) => place == 0 || parts.EigenValues[k].Real > LeastVariance * columns).ToArray();
        var directions = new double[columns, kept.Length];
        for (var k = 0; k < kept.Length; k++)
            for (var c = 0; c < columns; c++) directions[c, k] = parts.EigenVectors[c, kept[k]] / Math.Sqrt(Math.Max(parts.EigenValues[kept[k]].Real, 1e-12));
        return (means, deviations, directions);
    }

    private static double[] Project(double[] values, (double[] Means, double[] Deviations, double[,] Directions) axes)
    {
        var (columns, components) = (axes.Directions.GetLength(0), axes.Directions.GetLength(1));
        var projected = new double[values.Length / columns * components];
        for (var row = 0; row < values.Length / columns; row++)
            for (var c = 0; c < columns; c++)
            {
                var scaled = (values[row * columns + c] - axes.Means[c]) / axes.Deviations[c];
                for (var k = 0; k < components; k++) projected[row * components + k] += scaled * axes.Directions[c, k];
            }
        return projected;
    }
}
