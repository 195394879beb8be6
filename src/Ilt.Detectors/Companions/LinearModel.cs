using Ilt.Torch;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Ilt.Detectors;

/// <summary>
/// Linear models on standardised features: ridge regression, whose penalty generalised cross-validation chooses (Golub, Heath and Wahba, 1979),
/// and ML.NET's multinomial logistic regression.
/// </summary>
internal sealed class LinearModel : TabularModel
{
    private static readonly double[] Penalties = [0.1, 1, 10, 100, 1000]; // per hundred rows

    public override string Name => "linear";

    public override string InWords => "a linear model";

    protected override float[] PredictNumber(TableData table, float[] values, int[] fit, float[]? weights, int[] held, int seed)
    {
        var scale = Standardisation.Of(table, fit);
        var roots = Vector<double>.Build.Dense(fit.Length, i => Math.Sqrt(weights?[i] ?? 1)); // weighted least squares: rows times sqrt(w)
        var total = roots * roots;
        var x = scale.MatrixOf(table, fit);
        var means = x.TransposeThisAndMultiply(roots.PointwisePower(2)) / total;
        var mean = values.Select((value, i) => value * roots[i] * roots[i]).Sum() / total;
        x = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, (i, d) => (x[i, d] - means[d]) * roots[i]);
        var y = Vector<double>.Build.Dense(values.Length, i => (values[i] - mean) * roots[i]);
        // X'X = V S V', so that every penalty costs one product.
        var gram = x.TransposeThisAndMultiply(x).Evd(Symmetricity.Symmetric);
        var variances = gram.EigenValues.Map(value => Math.Max(0, value.Real));
        var projected = gram.EigenVectors.TransposeThisAndMultiply(x.TransposeThisAndMultiply(y));
        var best = (Score: double.PositiveInfinity, Weights: Vector<double>.Build.Dense(x.ColumnCount));
        foreach (var penalty in Penalties)
        {
            var lambda = penalty * total / 100;
            var coefficients = gram.EigenVectors * projected.MapIndexed((i, value) => value / (variances[i] + lambda));
            var freedom = variances.Sum(variance => variance / (variance + lambda)) + 1;
            var residual = (y - x * coefficients).L2Norm();
            var score = freedom >= total ? double.PositiveInfinity : residual * residual / Math.Pow(1 - freedom / total, 2);
            if (score < best.Score) best = (score, coefficients);
        }
        return [.. (scale.MatrixOf(table, held) * best.Weights).Select(value => (float)(value + mean - means * best.Weights))];
    }

    protected override void PredictClasses(TableData table, PlainTargets targets, int[] fit, float[]? weights, int[] held, int seed, float[] predictions)
    {
        var ml = new MLContext(seed);
        var scaled = Standardisation.Of(table, fit).Apply(table);
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { ExampleWeightColumnName = TableRows.Weight, NumberOfThreads = 1, L1Regularization = 0, L2Regularization = 1 };
        var labels = Array.ConvertAll(fit, row => (int)targets.Values[row]);
        var model = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options).Fit(TableRows.Classes(ml, scaled, fit, weights, labels, targets.Columns));
        using var _ = model as IDisposable;
        ReadProbabilities(model.Transform(TableRows.Classes(ml, scaled, held, null, null, targets.Columns)), predictions);
        Normalise(predictions, targets.Columns);
    }

    /// <summary>Means and deviations of the features over the rows that are learned from; a feature that is one value there counts nothing.</summary>
    private sealed record Standardisation(double[] Means, double[] Factors)
    {
        // A value that the fitted rows hardly have must not be extrapolated to far beyond them.
        private const double Farthest = 6;

        public static Standardisation Of(TableData table, int[] rows)
        {
            var (means, factors) = (new double[table.FeatureCount], new double[table.FeatureCount]);
            for (var d = 0; d < means.Length; d++)
            {
                var column = d;
                means[d] = rows.Average(row => (double)table.Features[row * table.FeatureCount + column]);
                var deviation = Math.Sqrt(rows.Average(row => Math.Pow(table.Features[row * table.FeatureCount + column] - means[column], 2)));
                factors[d] = deviation > 1e-9 * Math.Max(1, Math.Abs(means[d])) ? 1 / deviation : 0;
            }
            return new(means, factors);
        }

        public Matrix<double> MatrixOf(TableData table, int[] rows) =>
            Matrix<double>.Build.Dense(rows.Length, table.FeatureCount, (i, d) => Value(table.Features[rows[i] * table.FeatureCount + d], d));

        public TableData Apply(TableData table)
        {
            var features = new float[table.Features.Length];
            for (var i = 0; i < features.Length; i++) features[i] = (float)Value(table.Features[i], i % table.FeatureCount);
            return new TableData(features, table.FeatureCount, table.Labels);
        }

        private double Value(float value, int d) => Math.Clamp((value - Means[d]) * Factors[d], -Farthest, Farthest);
    }
}
