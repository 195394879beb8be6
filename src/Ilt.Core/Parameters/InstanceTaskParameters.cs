using Ilt.Imaging;
using Ilt.State;
using System.Runtime.CompilerServices;

namespace Ilt.Parameters;

/// <summary>
/// One learned log-variance s[row, task] for every training row and task (Eq. 1 of the paper): dimensionless, higher where the
/// label disagrees with the network. Moved by sparse SGD with optional momentum (section 3.1).
/// </summary>
/// <remarks>
/// A step costs time proportional to the rows it is given, whatever <see cref="Rows"/> is. Memory: 4 bytes per cell, 8 with momentum; beyond a
/// budget in a scratch file, with the same values. Not thread-safe.
/// </remarks>
public sealed class InstanceTaskParameters : IStateful
{
    private readonly CellArray cells; // per row: s[0..K), then its momentum [0..K) if any
    private readonly float[] unstepped; // per task: s of a cell that was never stepped
    private readonly float initial;
    private readonly float minimum;
    private readonly float maximum;
    private readonly float step;
    private readonly float momentum;

    /// <summary>Creates the parameters, all at the initial value.</summary>
    /// <param name="rows">Number of training rows N, at least 0.</param>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="options">Start, bounds and step.</param>
    /// <param name="memory">Memory that may be used, shared with others; beyond it they are in a scratch file. Null: <see cref="MemoryBudget.ShareOfMachine"/> for these.</param>
    /// <exception cref="ArgumentException">An argument or option is out of range.</exception>
    /// <exception cref="IOException">A scratch file is needed and cannot be made.</exception>
    public InstanceTaskParameters(int rows, int tasks, InstanceTaskParameterOptions options, MemoryBudget? memory = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Rows = rows;
        Tasks = tasks;
        initial = (float)options.InitialValue;
        unstepped = new float[tasks];
        Array.Fill(unstepped, initial);
        minimum = (float)(options.Minimum ?? InstanceTaskParameterOptions.DefaultMinimum);
        maximum = (float)options.Maximum;
        step = (float)options.StepSize;
        momentum = (float)options.Momentum;
        // NaN marks a cell that was never stepped: the statistics then know which cells have a label, at no cost in memory.
        var fill = new float[HasMomentum ? 2 * tasks : tasks];
        fill.AsSpan(0, tasks).Fill(float.NaN);
        cells = new CellArray(rows, fill, memory);
    }

    /// <summary>Number of training rows N.</summary>
    public int Rows { get; }

    /// <summary>Number of tasks K.</summary>
    public int Tasks { get; }

    /// <summary>Bytes held for s and, where used, its momentum.</summary>
    public long Bytes => cells.Bytes;

    private bool HasMomentum => momentum > 0;

    /// <summary>The log-variance of a cell: the initial value until its first step; the task's median where it is never to be stepped (<see cref="Weighting.WeightingTask.KnownRight"/>).</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    public float this[int row, int task]
    {
        get
        {
            cells.Check(row);
            ArgumentOutOfRangeException.ThrowIfNegative(task);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(task, Tasks);
            var value = OrUnstepped(cells.Read(row)[task], task);
            GC.KeepAlive(cells);
            return value;
        }
    }

    /// <summary>One sparse step: buf = m buf + g; s = clamp(s - step buf), only for the rows given.</summary>
    /// <param name="rows">Rows of the batch. A row given twice is stepped twice.</param>
    /// <param name="gradients">
    /// d total / d s of each row and task, [rows x tasks] row-major. A NaN or infinite gradient leaves value and momentum of its
    /// cell untouched (no label). A gradient of zero is a step like any other.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a row is out of range.</exception>
    public void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> gradients)
    {
        if (gradients.Length != rows.Length * Tasks)
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected {rows.Length} rows x {Tasks} tasks = {rows.Length * Tasks} gradients; found {gradients.Length}."), nameof(gradients));
        cells.PrefetchFirst(rows);
        for (var i = 0; i < rows.Length; i++)
        {
            cells.PrefetchAhead(rows, i);
            cells.Check(rows[i]);
            StepRow(cells.Row(rows[i]), gradients.Slice(i * Tasks, Tasks));
        }

        GC.KeepAlive(cells);
    }

    /// <summary>Copies s of one task for all rows.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <param name="destination">At least <see cref="Rows"/> long.</param>
    public void CopyTo(int task, Span<float> destination)
    {
        if (destination.Length < Rows)
            throw new ArgumentException(FormattableString.Invariant($"Expected room for {Rows} values; found {destination.Length}."), nameof(destination));
        cells.BeginWalk();
        for (var row = 0; row < Rows; row++)
            destination[row] = this[row, task];
        cells.EndWalk();
    }

    /// <summary>Median of s of one task over the cells that were stepped at least once, that is, over the labelled rows.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>The median (mean of the two middle values for an even count); NaN when no cell was stepped. O(N).</returns>
    public double Median(int task) => OrderStatistics.Quantile(SteppedValues(task), 0.5);

    /// <summary>s of one task for every cell that was stepped at least once, in row order. O(N).</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>A new array.</returns>
    public float[] SteppedValues(int task)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(task);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(task, Tasks);
        var values = new float[Rows];
        var count = 0;
        cells.BeginWalk();
        for (var row = 0; row < Rows; row++)
        {
            var value = cells.Read(row)[task];
            if (!float.IsNaN(value))
                values[count++] = value;
        }

        cells.EndWalk();
        GC.KeepAlive(cells);

        Array.Resize(ref values, count);
        return values;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        cells.Save(writer);
        writer.WriteArray<float>(unstepped);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        cells.Restore(reader);
        reader.ReadInto<float>(unstepped);
    }

    /// <summary>Asks for what is on disk of a batch whose step is still to come.</summary>
    internal void RequestPages(ReadOnlySpan<int> rows) => cells.RequestPages(rows);

    /// <summary>Whether they are in a scratch file.</summary>
    internal bool IsInFile => cells.IsInFile;

    /// <summary>Sets what s of one task is for all cells that are never stepped: the initial value until then.</summary>
    internal void SetUnstepped(int task, float value) => unstepped[task] = value;

    /// <summary>Announces a walk over a batch by <see cref="Read"/>, so that its first rows are on their way.</summary>
    internal void BeginRead(ReadOnlySpan<int> rows) => cells.PrefetchFirst(rows);

    /// <summary>Reads s of every task for the i-th row of a batch being walked from front to back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Read(ReadOnlySpan<int> rows, int i, Span<float> destination)
    {
        this.cells.PrefetchAhead(rows, i);
        this.cells.Check(rows[i]);
        var cells = this.cells.Read(rows[i]);
        for (var task = 0; task < destination.Length; task++)
            destination[task] = OrUnstepped(cells[task], task);
        GC.KeepAlive(this.cells);
    }

    // A cell's first step starts at the initial value, whatever it read as before.
    private float OrInitial(float raw) => float.IsNaN(raw) ? initial : raw;

    private float OrUnstepped(float raw, int task) => float.IsNaN(raw) ? unstepped[task] : raw;

    private void StepRow(Span<float> cells, ReadOnlySpan<float> gradients)
    {
        for (var task = 0; task < gradients.Length; task++)
        {
            var direction = gradients[task];
            if (!float.IsFinite(direction))
                continue;
            if (HasMomentum)
            {
                direction = (momentum * cells[Tasks + task]) + direction;
                cells[Tasks + task] = direction;
            }

            cells[task] = Math.Clamp(OrInitial(cells[task]) - (step * direction), minimum, maximum);
        }
    }
}
