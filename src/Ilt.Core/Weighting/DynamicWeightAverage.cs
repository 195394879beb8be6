using Ilt.State;

namespace Ilt.Weighting;

/// <summary>
/// DWA (Liu, Johns and Davison, 2019): objective sum_k lambda_k L_k with lambda_k = K softmax_k(r_k / T), where
/// r_k = L_k(t-1) / L_k(t-2) compares the mean losses of the last two epochs. lambda is 1 in the first two epochs.
/// </summary>
/// <remarks>
/// A task without a usable ratio (no labels, or a loss that is not finite) keeps lambda = 1 and is left out of the softmax.
/// DWA does not balance scales; give each task a loss scale.
/// </remarks>
public sealed class DynamicWeightAverage : ILossWeighting
{
    /// <summary>Default temperature.</summary>
    public const double DefaultTemperature = 2;

    // A smaller epoch mean counts as this, so that a fitted task does not divide by zero.
    private const double SmallestMean = 1e-12;

    private readonly double temperature;
    private double[]? previous;
    private double[]? beforePrevious;
    private double[]? lambda;

    /// <summary>Creates the weighting.</summary>
    /// <param name="temperature">Softmax temperature T, above 0; default 2. Higher is more even.</param>
    /// <exception cref="ArgumentException">The temperature is not above 0.</exception>
    public DynamicWeightAverage(double temperature = DefaultTemperature)
    {
        if (!(temperature > 0) || double.IsInfinity(temperature))
            throw new ArgumentException(FormattableString.Invariant($"The DWA temperature must be a finite number above 0; found {temperature}."), nameof(temperature));
        this.temperature = temperature;
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.DynamicWeightAverage);

    /// <summary>Current coefficient lambda_k of a task; 1 before two epochs have ended.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>lambda_k, at least 0.</returns>
    public double Coefficient(int task) => lambda is null ? 1 : lambda[task];

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        var sum = 0.0;
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            if (labelled > 0)
                sum += Coefficient(task) * mean;
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckLength(batch, weights);
        for (var task = 0; task < batch.TaskCount; task++)
        {
            batch.Mean(task, out var labelled);
            TaskWeights.Spread(batch, task, Coefficient(task), labelled, weights);
        }
    }

    /// <summary>Nothing to learn within an epoch.</summary>
    /// <param name="batch">Ignored.</param>
    public void Learn(in LossBatch batch)
    {
    }

    /// <summary>Nothing to prepare.</summary>
    /// <param name="epoch">Ignored.</param>
    public void BeginEpoch(int epoch)
    {
    }

    /// <summary>Computes the coefficients of the next epoch.</summary>
    /// <param name="meanLosses">Per task the mean loss of the epoch that ends; NaN for a task without labels.</param>
    public void EndEpoch(ReadOnlySpan<double> meanLosses)
    {
        beforePrevious = previous;
        previous = meanLosses.ToArray();
        if (beforePrevious is not null)
            lambda = Softmax(previous, beforePrevious, temperature);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        foreach (var values in (double[]?[])[previous, beforePrevious, lambda])
        {
            writer.Write(values is not null);
            if (values is not null) writer.WriteArray<double>(values);
        }
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        (previous, beforePrevious, lambda) = (Next(), Next(), Next());

        double[]? Next() => reader.ReadBoolean() ? reader.ReadArray<double>() : null;
    }

    private static double[] Softmax(double[] previous, double[] beforePrevious, double temperature)
    {
        var lambda = new double[previous.Length];
        var largest = double.NegativeInfinity;
        var count = 0;
        for (var task = 0; task < lambda.Length; task++)
        {
            lambda[task] = previous[task] / Math.Max(beforePrevious[task], SmallestMean) / temperature;
            if (!double.IsFinite(lambda[task]))
                continue;
            largest = Math.Max(largest, lambda[task]);
            count++;
        }

        var sum = 0.0;
        foreach (var ratio in lambda)
            if (double.IsFinite(ratio))
                sum += Math.Exp(ratio - largest);
        for (var task = 0; task < lambda.Length; task++)
            lambda[task] = double.IsFinite(lambda[task]) ? count * Math.Exp(lambda[task] - largest) / sum : 1;
        return lambda;
    }
}
