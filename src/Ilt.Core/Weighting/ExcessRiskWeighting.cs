using Ilt.State;

namespace Ilt.Weighting;

/// <summary>
/// ExcessMTL (He et al., "Robust Multi-Task Learning with Excess Risks", 2024, Eq. 3 to 5, Algorithm 1): objective sum_k alpha_k L_k, where alpha grows by
/// alpha_k = alpha_k exp(eta E_k) and is scaled anew. E_k estimates how far the task is from the best it can reach, whatever noise its labels hold:
/// g_k' H_k^-1 g_k with the gradient g_k and, as the Hessian, the diagonal sqrt(sum of g_k^2 over the steps so far), divided by the first
/// estimate of the task.
/// </summary>
/// <remarks>
/// The alphas move before the batch is weighed. Departures: gradients are those at the last shared weights, see <see cref="ITrunkGradientWeighting"/>, not those
/// of the whole trunk; and the alphas sum to K in place of 1, so that they start as equal weights. They are kept as logarithms. A task without a
/// labelled row in the batch is not estimated; its alpha changes by the scaling only. Memory: a number per task and weight of that layer.
/// </remarks>
public sealed class ExcessRiskWeighting : ITrunkGradientWeighting
{
    private const double Stabiliser = 1e-7; // within the square root, for weights that never had a gradient

    private readonly double[] logAlphas;
    private readonly double[] firstRisks; // 0 until the task's first estimate
    private readonly double[] alphas;
    private readonly double stepSize;
    private float[] squares = []; // [K x P] sums of squared gradients

    /// <summary>Creates the weighting with alpha_k = 1.</summary>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="options">Step; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ExcessRiskWeighting(int tasks, ExcessRiskOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        options ??= new ExcessRiskOptions();
        options.Validate();
        (logAlphas, firstRisks, alphas, stepSize) = (new double[tasks], new double[tasks], new double[tasks], options.StepSize);
        Array.Fill(alphas, 1);
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.ExcessRisk);

    /// <summary>alpha_k of a task.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>At least 0; the mean over the tasks is 1.</returns>
    public double Coefficient(int task) => alphas[task];

    /// <inheritdoc/>
    public double Objective(in LossBatch batch) => TaskWeights.Total(batch, alphas);

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights) => TaskWeights.SpreadAll(batch, alphas, weights);

    /// <inheritdoc/>
    public void Observe(in LossBatch batch, ReadOnlySpan<float> gradients)
    {
        TaskWeights.CheckTasks(batch, alphas.Length);
        if (squares.Length == 0)
            squares = new float[gradients.Length];
        if (squares.Length != gradients.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected {squares.Length} numbers of gradients, as before; found {gradients.Length}."), nameof(gradients));
        var size = gradients.Length / alphas.Length;
        for (var task = 0; task < alphas.Length; task++)
        {
            batch.Mean(task, out var labelled);
            if (labelled == 0)
                continue;
            var risk = Risk(gradients.Slice(task * size, size), squares.AsSpan(task * size, size));
            if (firstRisks[task] > 0)
                logAlphas[task] += stepSize * risk / firstRisks[task];
            else
                firstRisks[task] = risk;
        }

        Scale();
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<double>(logAlphas);
        writer.WriteArray<double>(firstRisks);
        writer.WriteArray<double>(alphas);
        writer.WriteArray<float>(squares);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        reader.ReadInto<double>(logAlphas);
        reader.ReadInto<double>(firstRisks);
        reader.ReadInto<double>(alphas);
        squares = reader.ReadArray<float>();
    }

    private static double Risk(ReadOnlySpan<float> gradient, Span<float> squares)
    {
        var risk = 0.0;
        for (var i = 0; i < gradient.Length; i++)
        {
            squares[i] += gradient[i] * gradient[i];
            risk += (double)gradient[i] * gradient[i] / Math.Sqrt(squares[i] + Stabiliser);
        }

        return risk;
    }

    // The largest logarithm becomes 0, so that they do not grow without bound.
    private void Scale()
    {
        logAlphas.CopyTo(alphas, 0);
        Softmax.InPlace(alphas);
        var largest = logAlphas.Max();
        for (var task = 0; task < alphas.Length; task++)
        {
            logAlphas[task] -= largest;
            alphas[task] *= alphas.Length;
        }
    }
}
