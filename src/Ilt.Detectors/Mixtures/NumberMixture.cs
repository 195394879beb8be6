namespace Ilt.Detectors;

/// <summary>
/// Numbers as a mixture per row: P(y | x) = (1 - share) f0(y | x) + share f1(y), where f0 is a t (of one number, two-piece) around the out-of-fold prediction, in units of
/// a local scale, and f1 the density of wrong numbers.
/// </summary>
internal sealed class NumberMixture
{
    private const int Steps = 25, ScaleEvery = 5;
    private const double FirstShare = 0.1, MostShare = 0.95, Least = 1e-300;

    private readonly NumberRows rows;
    private readonly double[] residuals, scaled, weights;

    private NumberMixture(NumberRows rows, double freedom, bool mixed)
    {
        this.rows = rows;
        Freedom = freedom;
        Share = mixed ? FirstShare : 0;
        (residuals, scaled, weights) = (new double[rows.Values.Length], new double[rows.Values.Length], new double[rows.Count]);
        Array.Fill(weights, 1.0);
        Scales = new double[rows.Count];
        Array.Fill(Scales, 1.0);
        WrongDensities = new double[rows.Count];
        Lines = [.. Enumerable.Repeat(CentreLine.Same, rows.Components)];
        IResidualShape shape = rows.Components == 1 ? TwoPieceT.Standard(freedom) : VectorT.Standard(rows.Components, freedom);
        for (var step = 0; step < Steps; step++)
        {
            if (step % ScaleEvery == 0) Centre(step > 0);
            if (step % ScaleEvery == 0 && mixed) WrongDensities = rows.WrongDensities(step > 0 ? Array.ConvertAll(weights, right => 1 - right) : null);
            RightDensities = Densities(shape);
            if (mixed) Weigh(step % ScaleEvery == ScaleEvery - 1);
            shape = shape.Step(scaled, weights);
        }
        RightDensities = Densities(shape);
        if (mixed) Weigh(true);
        for (var row = 0; row < rows.Count; row++) LogLikelihood += Math.Log(Math.Max(Least, Density(row)));
    }

    /// <summary>Degrees of freedom of right numbers.</summary>
    public double Freedom { get; }

    /// <summary>Share of wrong numbers.</summary>
    public double Share { get; private set; }

    /// <summary>[rows]: density of the numbers if they are right.</summary>
    public double[] RightDensities { get; private set; }

    /// <summary>[rows]: density if they are wrong.</summary>
    public double[] WrongDensities { get; private set; }

    /// <summary>[rows]: local scale, in the unit of the components.</summary>
    public double[] Scales { get; private set; }

    /// <summary>[components]: where right numbers lie over their predictions.</summary>
    public CentreLine[] Lines { get; }

    /// <summary>Log-likelihood of the numbers.</summary>
    public double LogLikelihood { get; }

    /// <summary>Fits the mixture.</summary>
    /// <param name="rows">Numbers and predictions.</param>
    /// <param name="freedom">Degrees of freedom.</param>
    public static NumberMixture Fit(NumberRows rows, double freedom) => new(rows, freedom, true);

    /// <summary>Fits right numbers alone.</summary>
    /// <inheritdoc cref="Fit"/>
    public static NumberMixture FitClean(NumberRows rows, double freedom) => new(rows, freedom, false);

    /// <summary>The probability that a row is right.</summary>
    public double Right(int row) => weights[row];

    /// <summary>Log odds that a row is wrong.</summary>
    public double LogOdds(int row) =>
        Math.Log(Math.Max(Share, 1e-6) / (1 - Share)) + Math.Log(Math.Max(WrongDensities[row], Least)) - Math.Log(Math.Max(RightDensities[row], Least));

    private double Density(int row) => (1 - Share) * RightDensities[row] + Share * WrongDensities[row];

    private void Weigh(bool wholly)
    {
        // The best share for these densities now and then, and a step towards it otherwise.
        if (wholly) Share = MixtureShare.Fit(RightDensities, WrongDensities);
        var sum = 0.0;
        for (var row = 0; row < weights.Length; row++) sum += 1 - (weights[row] = (1 - Share) * RightDensities[row] / Math.Max(Least, Density(row)));
        if (!wholly) Share = sum / weights.Length;
        Share = Math.Min(Share, MostShare);
    }

    private void Centre(bool sloped)
    {
        var precisions = weights.Zip(Scales, (weight, scale) => weight / (scale * scale)).ToArray();
        var errors = new double[rows.Count];
        for (var c = 0; c < rows.Components; c++)
        {
            if (sloped) Lines[c] = CentreLine.Fit(rows.Column(rows.Predicted, c), rows.Column(rows.Values, c), precisions);
            for (var row = 0; row < rows.Count; row++)
            {
                var at = row * rows.Components + c;
                residuals[at] = rows.Values[at] - Lines[c].At(rows.Predicted[at]);
                errors[row] += residuals[at] * residuals[at] / rows.Components;
            }
        }
        Scales = LocalScale.Of(rows.First, Array.ConvertAll(errors, Math.Sqrt), weights);
        for (var at = 0; at < scaled.Length; at++) scaled[at] = residuals[at] / Scales[at / rows.Components];
    }

    private double[] Densities(IResidualShape shape)
    {
        var densities = shape.LogDensities(scaled);
        for (var row = 0; row < densities.Length; row++) densities[row] = Math.Exp(densities[row] - rows.Components * Math.Log(Scales[row]));
        return densities;
    }
}
