using Ilt.Corruption;

namespace Ilt.Weighting;

/// <summary>
/// RLW (Lin, Ye, Zhang and Tsang, "Reasonable Effectiveness of Random Weighting", 2022): objective sum_k lambda_k L_k, with lambda the softmax of K
/// standard normal numbers that are drawn anew in every step.
/// </summary>
/// <remarks>
/// The lambdas of a step sum to 1 over all tasks, those without a labelled row among them. Those of step t follow from the seed and t alone,
/// so a checkpoint keeps t.
/// </remarks>
public sealed class RandomLossWeighting : ILossWeighting
{
    private readonly double[] lambdas;
    private readonly int seed;
    private int steps;

    /// <summary>Creates the weighting and draws the lambdas of the first step.</summary>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    public RandomLossWeighting(int tasks, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        lambdas = new double[tasks];
        this.seed = seed;
        Draw();
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.RandomLoss);

    /// <summary>lambda_k of the step under way.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>Above 0, below 1.</returns>
    public double Coefficient(int task) => lambdas[task];

    /// <inheritdoc/>
    public double Objective(in LossBatch batch) => TaskWeights.Total(batch, lambdas);

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights) => TaskWeights.SpreadAll(batch, lambdas, weights);

    /// <summary>Draws the lambdas of the next step.</summary>
    /// <param name="batch">Ignored but for its number of tasks.</param>
    public void Learn(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, lambdas.Length);
        steps++;
        Draw();
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => writer.Write(steps);

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        steps = reader.ReadInt32();
        Draw();
    }

    private void Draw()
    {
        var generator = SeededGenerator.ForItem(seed, steps);
        for (var task = 0; task < lambdas.Length; task++)
            lambdas[task] = generator.NextGaussian();
        Softmax.InPlace(lambdas);
    }
}
