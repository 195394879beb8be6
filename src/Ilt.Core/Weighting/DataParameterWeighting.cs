using Ilt.Imaging;
using Ilt.Parameters;
using Ilt.State;

namespace Ilt.Weighting;

/// <summary>
/// Data Parameters (Saxena, Tuzel and DeCoste, 2019, section 3): the logits of a row are divided by a learned temperature
/// sigma_ik = sigma_class(label) + sigma_instance(row), and the cross entropy of the result is what network and temperatures both minimise. The temperature of
/// a row whose label does not fit rises, which takes the row's gradient away. Prediction goes without temperatures.
/// </summary>
/// <remarks>
/// <para>
/// Both are learned as logarithms, by sparse SGD with momentum, clamped to 1/20 to 20 times their start: of the temperatures only those of rows and classes in
/// the batch move, and only their momentum. Decay pulls logarithms to their start.
/// </para>
/// <para>
/// A temperature makes of a likelihood p the likelihood p^(1 / sigma), scaled anew; for the classes the softmax does the scaling. The same for a task without
/// logits is the objective c (l / sigma + log sigma), with sigma = sigma_instance: exact for squared (c = 1/2) and absolute (c = 1) errors of one number; for
/// vectors it takes the loss as a whole, and counts are scaled as absolute errors are. At rest sigma is the row's loss. Masks have a temperature per image and
/// none per class, since an image holds many.
/// </para>
/// <para>
/// Departures: both temperatures of a class task start at 1/2, so that their sum starts at 1, where nothing is changed; the step of a row is per
/// visit and not divided by the batch size. The own temperature of a row of <see cref="WeightingTask.KnownRight"/> stays at its start.
/// </para>
/// </remarks>
public sealed class DataParameterWeighting : ITemperatureWeighting, IInstanceWeighting
{
    private static readonly double Bound = Math.Log(20);

    private readonly WeightingTask[] tasks;
    private readonly DataParameterOptions options;
    private readonly double[][] classLogs; // per task and class log(sigma / start), empty where the task has no classes per row
    private readonly double[][] classMomenta;
    private float[] gradients = [];

    /// <summary>Creates the weighting with temperatures of 1.</summary>
    /// <param name="rows">Number of training rows N.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="options">How temperatures move; null for the defaults.</param>
    /// <exception cref="ArgumentException">An argument or option is out of range.</exception>
    /// <param name="memory">Memory for the temperatures; null: the default of <see cref="InstanceTaskParameters"/>.</param>
    public DataParameterWeighting(int rows, IReadOnlyList<WeightingTask> tasks, DataParameterOptions? options = null, MemoryBudget? memory = null)
    {
        WeightingTask.Validate(tasks);
        WeightingTask.CheckRows(tasks, rows);
        this.options = options ?? new DataParameterOptions();
        this.options.Validate();
        this.tasks = [.. tasks];
        classLogs = Array.ConvertAll(this.tasks, task => new double[task.ClassCount]);
        classMomenta = Array.ConvertAll(this.tasks, task => new double[task.ClassCount]);
        foreach (var task in tasks)
            if (task.ClassCount > 0 && task.Classes.Length != rows)
                throw new ArgumentException($"Task '{task.Name}' has classes of {task.Classes.Length} rows; there are {rows}.", nameof(tasks));
        Parameters = new InstanceTaskParameters(rows, tasks.Count, new InstanceTaskParameterOptions
        {
            Minimum = -Bound, Maximum = Bound, StepSize = this.options.InstanceStepSize, Momentum = this.options.Momentum,
        }, memory);
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.DataParameters);

    /// <summary>Per row and task, log(sigma_instance / its start), between -log 20 and log 20: the higher, the less the label fits.</summary>
    public InstanceTaskParameters Parameters { get; }

    /// <summary>sigma_class of a class.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <param name="label">Class, from 0.</param>
    /// <returns>Above 0; NaN where the task has no classes per row.</returns>
    public double ClassTemperature(int task, int label) => classLogs[task].Length == 0 ? double.NaN : Start(task) * Math.Exp(classLogs[task][label]);

    /// <summary>sigma_ik, by which the row's logits are divided, or sigma_instance where the task has no classes per row.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    /// <returns>Above 0.</returns>
    public double Temperature(int row, int task)
    {
        var instance = Start(task) * Math.Exp(Parameters[row, task]);
        return ClassOf(row, task) is >= 0 and var label ? instance + ClassTemperature(task, label) : instance;
    }

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, tasks.Length);
        var sum = 0.0;
        for (var task = 0; task < tasks.Length; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            if (labelled == 0)
                continue;
            if (tasks[task].HasLogits)
            {
                sum += mean;
                continue;
            }

            for (var i = 0; i < batch.Rows.Length; i++)
            {
                var loss = batch.Losses[(i * tasks.Length) + task];
                if (!float.IsNaN(loss) && Temperature(batch.Rows[i], task) is var sigma)
                    sum += tasks[task].Coefficient * ((loss / sigma) + Math.Log(sigma)) / labelled;
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckTasks(batch, tasks.Length);
        TaskWeights.CheckLength(batch, weights);
        for (var task = 0; task < tasks.Length; task++)
        {
            batch.Mean(task, out var labelled);
            TaskWeights.Spread(batch, task, tasks[task].HasLogits ? 1 : tasks[task].Coefficient, labelled, weights);
            for (var i = 0; i < batch.Rows.Length && !tasks[task].HasLogits; i++)
                weights[(i * tasks.Length) + task] /= (float)Temperature(batch.Rows[i], task);
        }
    }

    /// <inheritdoc/>
    public void Temper(ReadOnlySpan<int> rows, Span<float> temperatures)
    {
        for (var at = 0; at < temperatures.Length; at++)
            temperatures[at] = (float)Temperature(rows[at / tasks.Length], at % tasks.Length);
    }

    /// <summary>One sparse step of the temperatures of tasks without logits; those of the others wait for <see cref="LearnTemperatures"/>.</summary>
    /// <param name="batch">Losses of the batch.</param>
    public void Learn(in LossBatch batch)
    {
        var gradients = Gradients(batch);
        for (var at = 0; at < gradients.Length; at++)
        {
            var (row, task) = (batch.Rows[at / tasks.Length], at % tasks.Length);
            gradients[at] = tasks[task].HasLogits || tasks[task].IsKnownRight(row)
                ? float.NaN
                : (float)(Decayed(row, task) + (tasks[task].Coefficient * (1 - (batch.Losses[at] / Temperature(row, task)))));
        }

        Parameters.Step(batch.Rows, gradients);
    }

    /// <inheritdoc/>
    public void LearnTemperatures(in LossBatch batch, ReadOnlySpan<float> gradients)
    {
        var instances = Gradients(batch);
        var classes = Array.ConvertAll(classLogs, logs => Array.ConvertAll(logs, _ => double.NaN));
        for (var task = 0; task < tasks.Length; task++)
        {
            batch.Mean(task, out var labelled);
            for (var i = 0; i < batch.Rows.Length; i++)
            {
                var (at, row) = ((i * tasks.Length) + task, batch.Rows[i]);
                instances[at] = float.NaN;
                if (!tasks[task].HasLogits || float.IsNaN(batch.Losses[at]))
                    continue;
                if (!tasks[task].IsKnownRight(row))
                    instances[at] = (float)(Decayed(row, task) + ((double)gradients[at] * labelled * Start(task) * Math.Exp(Parameters[row, task])));
                if (ClassOf(row, task) is >= 0 and var label)
                    classes[task][label] = (double.IsNaN(classes[task][label]) ? 0 : classes[task][label]) + (gradients[at] * ClassTemperature(task, label));
            }
        }

        for (var task = 0; task < tasks.Length; task++)
            for (var label = 0; label < classes[task].Length; label++)
                StepClass(task, label, classes[task][label]);
        Parameters.Step(batch.Rows, instances);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        Parameters.Save(writer);
        foreach (var values in classLogs.Concat(classMomenta)) writer.WriteArray<double>(values);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        Parameters.Restore(reader);
        foreach (var values in classLogs.Concat(classMomenta)) reader.ReadInto<double>(values);
    }

    private double Decayed(int row, int task) => options.Decay * Parameters[row, task];

    private double Start(int task) => classLogs[task].Length == 0 ? 1 : 0.5;

    private int ClassOf(int row, int task) => classLogs[task].Length == 0 ? -1 : tasks[task].Classes.Span[row];

    private Span<float> Gradients(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, tasks.Length);
        if (gradients.Length < batch.Losses.Length)
            gradients = new float[batch.Losses.Length];
        return gradients.AsSpan(0, batch.Losses.Length);
    }

    // NaN: no row of the class is in the batch.
    private void StepClass(int task, int label, double gradient)
    {
        if (double.IsNaN(gradient))
            return;
        ref var log = ref classLogs[task][label];
        ref var momentum = ref classMomenta[task][label];
        momentum = (options.Momentum * momentum) + gradient + (options.Decay * log);
        log = Math.Clamp(log - (options.ClassStepSize * momentum), -Bound, Bound);
    }
}
