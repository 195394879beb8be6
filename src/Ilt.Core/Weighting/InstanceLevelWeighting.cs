using Ilt.Imaging;
using Ilt.State;
using Ilt.Parameters;

namespace Ilt.Weighting;

/// <summary>
/// ILT (Vasu, Saxena and Tuzel, 2021, Eq. 1, 2, 4, 6): one learned log-variance s_ik per row and task, objective
/// sum_k 1/n_k sum_i [c_k l_ik exp(-s_ik) + s_ik], weight of a loss c_k exp(-s_ik) / n_k.
/// </summary>
/// <remarks>
/// <para>
/// After a warm-up with s frozen, every visit of a row moves its s by one sparse step along
/// g = 1 - c l exp(-s) + lambda_k (s - med_k), divided by its slope at rest, 1 + lambda_k. med_k is the median of s of the task at the end
/// of the last epoch, and lambda_k = gamma (median(c l) / ref_k clipped to [0, 1])^(1/4), with the losses of that epoch: the less of a
/// task is explained, the closer its s are held together, for then a large loss says little about its label.
/// </para>
/// <para>
/// Departures from the paper: g is not divided by the batch size (the step is per visit), n_k counts labelled rows only, and the
/// warm-up and the pull (gamma = 0 turns it off) are ours. The median of c l is read from a histogram, within 0.2 %.
/// </para>
/// <para>
/// Rows of <see cref="WeightingTask.KnownRight"/> have no s of their own: theirs is the median over the others, as it was at the end of the last epoch (0 in the
/// first), so that such a row weighs as a typical one does, however badly its label fits.
/// </para>
/// </remarks>
public sealed class InstanceLevelWeighting : IInstanceWeighting
{
    // The root tells 1 % unexplained (exact physics) from 5 % (counts of people) as clearly as 20 % from 100 %.
    private const double ShareExponent = 0.25;

    private readonly WeightingTask[] tasks;
    private readonly float[] coefficients;
    private readonly LossHistogram[] losses; // c l of the current epoch
    private readonly float[] medians;
    private readonly float[] pulls;
    private readonly double gamma;
    private readonly int warmup;
    private bool frozen = true;
    private float[] gradients = [];

    /// <summary>Creates the weighting.</summary>
    /// <param name="rows">Number of training rows N.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="totalEpochs">Planned length of the run, at least 1; decides the warm-up where the options leave it open.</param>
    /// <param name="options">How s moves.</param>
    /// <exception cref="ArgumentException">An argument or option is out of range.</exception>
    /// <param name="memory">Memory for the log-variances; null: the default of <see cref="InstanceTaskParameters"/>.</param>
    public InstanceLevelWeighting(int rows, IReadOnlyList<WeightingTask> tasks, int totalEpochs, InstanceTaskParameterOptions options, MemoryBudget? memory = null)
    {
        WeightingTask.Validate(tasks);
        WeightingTask.CheckRows(tasks, rows);
        ArgumentNullException.ThrowIfNull(options);
        Parameters = new InstanceTaskParameters(rows, tasks.Count, options, memory);
        this.tasks = [.. tasks];
        coefficients = [.. tasks.Select(task => (float)task.Coefficient)];
        losses = [.. tasks.Select(_ => new LossHistogram())];
        medians = new float[tasks.Count];
        pulls = new float[tasks.Count];
        gamma = options.MedianPull ?? InstanceTaskParameterOptions.DefaultMedianPull;
        warmup = options.ResolveWarmup(totalEpochs);
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.InstanceLevel);

    /// <summary>The log-variances s.</summary>
    public InstanceTaskParameters Parameters { get; }

    /// <summary>lambda_k: how strongly s of a task is currently pulled to its median; 0 until the first epoch has ended.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>Between 0 and gamma.</returns>
    public double MedianPull(int task) => pulls[task];

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, tasks.Length);
        var sum = 0.0;
        for (var task = 0; task < tasks.Length; task++)
        {
            batch.Mean(task, out var labelled);
            for (var i = 0; i < batch.Rows.Length; i++)
            {
                var loss = batch.Losses[(i * tasks.Length) + task];
                if (float.IsNaN(loss))
                    continue;
                double s = Parameters[batch.Rows[i], task];
                sum += ((tasks[task].Coefficient * loss * Math.Exp(-s)) + s) / labelled;
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckTasks(batch, tasks.Length);
        TaskWeights.CheckLength(batch, weights);
        Parameters.BeginRead(batch.Rows);
        Span<float> scales = stackalloc float[tasks.Length]; // c_k / n_k
        for (var task = 0; task < scales.Length; task++)
        {
            batch.Mean(task, out var labelled);
            scales[task] = coefficients[task] / labelled;
        }

        for (var i = 0; i < batch.Rows.Length; i++)
        {
            var row = weights.Slice(i * scales.Length, scales.Length); // s first, then the weight in its place
            Parameters.Read(batch.Rows, i, row);
            for (var task = 0; task < row.Length; task++)
                row[task] = float.IsNaN(batch.Losses[(i * scales.Length) + task]) ? 0f : scales[task] * MathF.Exp(-row[task]);
        }
    }

    /// <summary>One sparse step of s for the rows of the batch; during the warm-up, only the losses are noted.</summary>
    /// <param name="batch">Losses of the batch, from the forward pass before the network's step.</param>
    public void Learn(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, tasks.Length);
        if (this.gradients.Length < batch.Losses.Length)
            this.gradients = new float[batch.Losses.Length];
        var gradients = this.gradients.AsSpan(0, batch.Losses.Length);
        Gradients(batch, gradients);
        for (var at = 0; at < gradients.Length; at++)
        {
            if (float.IsNaN(batch.Losses[at]))
                continue;
            var task = at % tasks.Length;
            losses[task].Add(coefficients[task] * batch.Losses[at]);
            // Frozen, a step of zero: the cell counts as labelled and stays where it is.
            gradients[at] = frozen && float.IsFinite(gradients[at]) ? 0 : gradients[at] / (1 + pulls[task]);
            if (tasks[task].IsKnownRight(batch.Rows[at / tasks.Length]))
                gradients[at] = float.NaN; // never stepped
        }

        Parameters.Step(batch.Rows, gradients);
    }

    /// <summary>Freezes s during the warm-up epochs and releases it after.</summary>
    /// <param name="epoch">Epoch, from 0.</param>
    public void BeginEpoch(int epoch)
    {
        frozen = epoch < warmup;
        foreach (var losses in this.losses)
            losses.Clear();
    }

    /// <summary>Computes med_k and lambda_k for the next epoch. O(N) where gamma is above 0, or rows are known to be right.</summary>
    /// <param name="meanLosses">Ignored.</param>
    public void EndEpoch(ReadOnlySpan<double> meanLosses)
    {
        for (var task = 0; task < tasks.Length; task++)
        {
            if (!tasks[task].KnownRight.IsEmpty && Parameters.Median(task) is var median && !double.IsNaN(median))
                Parameters.SetUnstepped(task, (float)median);
            var share = losses[task].Median() / tasks[task].ReferenceLoss;
            if (gamma == 0 || !(share >= 0) || !(tasks[task].ReferenceLoss > 0))
            {
                pulls[task] = 0;
                continue;
            }

            pulls[task] = (float)(gamma * Math.Pow(Math.Min(share, 1), ShareExponent));
            medians[task] = Parameters.Median(task) is var middle && double.IsNaN(middle) ? medians[task] : (float)middle;
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        Parameters.Save(writer);
        foreach (var histogram in losses) histogram.Save(writer);
        writer.WriteArray<float>(medians);
        writer.WriteArray<float>(pulls);
        writer.Write(frozen);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        Parameters.Restore(reader);
        foreach (var histogram in losses) histogram.Restore(reader);
        reader.ReadInto<float>(medians);
        reader.ReadInto<float>(pulls);
        frozen = reader.ReadBoolean();
    }

    /// <summary>g = 1 - c l exp(-s) + lambda (s - med) for every cell; NaN where there is no label.</summary>
    internal void Gradients(in LossBatch batch, Span<float> gradients)
    {
        Parameters.BeginRead(batch.Rows);
        for (var i = 0; i < batch.Rows.Length; i++)
        {
            var row = gradients.Slice(i * tasks.Length, tasks.Length); // s first, then the gradient in its place
            Parameters.Read(batch.Rows, i, row);
            for (var task = 0; task < row.Length; task++)
            {
                var loss = batch.Losses[(i * tasks.Length) + task];
                var s = row[task];
                row[task] = 1 - (coefficients[task] * loss * MathF.Exp(-s)) + (pulls[task] * (s - medians[task]));
            }
        }
    }
}
