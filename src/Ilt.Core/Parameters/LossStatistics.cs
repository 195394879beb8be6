using Ilt.Imaging;
using Ilt.State;
using Ilt.Weighting;

namespace Ilt.Parameters;

/// <summary>
/// What is remembered of a row's losses beside its log-variance, per row and task: last loss, mean loss, mean margin,
/// epoch-weighted mean log loss (the noise score) and how often it was forgotten. NaN everywhere for a cell never seen with a label.
/// </summary>
/// <remarks>
/// A row is expected once per epoch, so running means divide by the epoch and need no counter per cell. Recording costs time
/// proportional to the batch. Memory: 20 bytes per cell; beyond a budget in a scratch file, with the same values. Not thread-safe.
/// </remarks>
public sealed class LossStatistics : IStateful
{
    /// <summary>
    /// Added to a loss before its logarithm (nats, or squared standard deviations, times the task's loss scale). It decides what counts as fitted: losses well
    /// below it are all the same, so that a row which the network has memorised keeps what its early losses said.
    /// </summary>
    public const double LogLossOffset = 0.05;

    // Keeps the running means of an overflowing row finite (and the row at the top of every ranking).
    private const float LargestLoss = 1e30f;

    private const int Last = 0, Mean = 1, Margin = 2, MeanLog = 3, Forgotten = 4, PerCell = 5;

    // In place of twice the events, plus 1 where the last visit was right.
    private const float NeverRight = -1;

    private readonly CellArray cells; // per row: K cells of five numbers
    private readonly int tasks;
    private readonly IReadOnlyList<int>? epochs;
    private int recorded; // epochs

    /// <summary>Creates statistics in which no cell has been seen.</summary>
    /// <param name="rows">Number of training rows N, at least 0.</param>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="epochs">Per task, how many epochs <see cref="MeanLogLoss"/> takes in, from the first; null = all.</param>
    /// <param name="memory">Memory that may be used, shared with others; beyond it they are in a scratch file. Null: <see cref="MemoryBudget.ShareOfMachine"/> for these.</param>
    /// <exception cref="IOException">A scratch file is needed and cannot be made.</exception>
    public LossStatistics(int rows, int tasks, IReadOnlyList<int>? epochs = null, MemoryBudget? memory = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        if (epochs is not null && epochs.Count != tasks)
            throw new ArgumentException(FormattableString.Invariant($"Expected a number of epochs for each of {tasks} tasks; found {epochs.Count}."), nameof(epochs));
        this.tasks = tasks;
        this.epochs = epochs;
        var fill = new float[tasks * PerCell];
        Array.Fill(fill, float.NaN);
        cells = new CellArray(rows, fill, memory);
    }

    /// <summary>Bytes held.</summary>
    public long Bytes => cells.Bytes;

    /// <summary>Asks for what is on disk of a batch whose step is still to come.</summary>
    internal void RequestPages(ReadOnlySpan<int> rows) => cells.RequestPages(rows);

    /// <summary>Whether they are in a scratch file.</summary>
    internal bool IsInFile => cells.IsInFile;

    /// <summary>Adds the losses of one batch.</summary>
    /// <param name="epoch">Epoch, from 0.</param>
    /// <param name="batch">Losses of the forward pass before the network's step; NaN cells are skipped.</param>
    /// <param name="margins">Margins [rows x tasks] row-major, NaN where there is none; or empty.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a row is out of range.</exception>
    public void Record(int epoch, in LossBatch batch, ReadOnlySpan<float> margins)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (batch.TaskCount != tasks)
            throw new ArgumentException(FormattableString.Invariant($"Expected losses of {tasks} tasks; found {batch.TaskCount}."), nameof(batch));
        if (!margins.IsEmpty && margins.Length != batch.Losses.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected no margins or {batch.Losses.Length}; found {margins.Length}."), nameof(margins));

        recorded = Math.Max(recorded, epoch + 1);
        this.cells.PrefetchFirst(batch.Rows);
        var share = 1f / (epoch + 1);
        var lateShare = 2f / (epoch + 2); // what makes epoch e weigh e + 1
        for (var i = 0; i < batch.Rows.Length; i++)
        {
            this.cells.PrefetchAhead(batch.Rows, i);
            this.cells.Check(batch.Rows[i]);
            var cells = this.cells.Row(batch.Rows[i]);
            var losses = batch.Losses.Slice(i * tasks, tasks);
            for (var task = 0; task < losses.Length; task++)
            {
                if (float.IsNaN(losses[task]))
                    continue;
                var cell = cells.Slice(task * PerCell, PerCell);
                var loss = Math.Min(losses[task], LargestLoss);
                cell[Last] = loss;
                Average(ref cell[Mean], loss, share);
                if (epochs is null || epoch < epochs[task])
                    Average(ref cell[MeanLog], (float)Math.Log(loss + LogLossOffset), lateShare);
                if (margins.IsEmpty || float.IsNaN(margins[(i * tasks) + task]))
                    continue;
                Average(ref cell[Margin], margins[(i * tasks) + task], share);
                CountForgetting(ref cell[Forgotten], isRight: margins[(i * tasks) + task] > 0);
            }
        }

        GC.KeepAlive(this.cells);
    }

    /// <summary>Loss at the row's last visit; NaN if never seen.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    public float LastLoss(int row, int task) => Cell(row, task, Last);

    /// <summary>Mean loss over the epochs so far; NaN if never seen.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    public float MeanLoss(int row, int task) => Cell(row, task, Mean);

    /// <summary>Mean margin over the epochs so far (area under the margin); NaN if never given.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    public float MeanMargin(int row, int task) => Cell(row, task, Margin);

    /// <summary>
    /// Mean of log(loss + <see cref="LogLossOffset"/>) over the epochs so far, in which the n-th epoch weighs n: the noise score, higher =
    /// more likely mislabelled. NaN if never seen. Late epochs know more, early ones have not yet learned wrong labels by heart.
    /// </summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    public float MeanLogLoss(int row, int task) => Cell(row, task, MeanLog);

    /// <summary>
    /// Forgetting events (Toneva et al. 2019, An Empirical Study of Example Forgetting during Deep Neural Network Learning): how often the label was
    /// predicted (a margin above 0) at one visit and no longer at the next. Higher = more likely mislabelled. A row whose label never was predicted has
    /// the number of epochs so far, more than any that was. NaN if no margin was ever given.
    /// </summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    public float ForgettingEvents(int row, int task) => Cell(row, task, Forgotten) switch
    {
        float.NaN => float.NaN,
        NeverRight => recorded,
        var counted => (int)counted >> 1,
    };

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.Write(recorded);
        cells.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        recorded = reader.ReadInt32();
        cells.Restore(reader);
    }

    // A float counts whole numbers exactly up to 16 million.
    private static void CountForgetting(ref float counted, bool isRight)
    {
        if (float.IsNaN(counted) || counted == NeverRight)
        {
            counted = isRight ? 1 : NeverRight;
            return;
        }

        var (events, wasRight) = ((int)counted >> 1, ((int)counted & 1) == 1);
        counted = (2 * (wasRight && !isRight ? events + 1 : events)) + (isRight ? 1 : 0);
    }

    private static void Average(ref float mean, float value, float share) =>
        mean = float.IsNaN(mean) || share == 1 ? value : mean + ((value - mean) * share);

    private float Cell(int row, int task, int statistic)
    {
        cells.Check(row);
        ArgumentOutOfRangeException.ThrowIfNegative(task);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(task, tasks);
        var value = cells.Read(row)[(task * PerCell) + statistic];
        GC.KeepAlive(cells);
        return value;
    }
}
