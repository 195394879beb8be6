using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>The network's outputs for the current row of a row or cursor; one object per row or cursor, used by one thread.</summary>
internal abstract class RowPredictions : IDisposable
{
    /// <summary>Outputs of a task for the current row: probabilities, or numbers in the user's units.</summary>
    public abstract ReadOnlySpan<float> Of(int task);

    public virtual void Dispose() { }

    protected static void ReadInput(InputReader reader, Span<float> destination, long position)
    {
        if (reader.Read(destination) is { } problem)
            throw new InvalidOperationException(FormattableString.Invariant($"Row {position + 1}: {problem}."));
    }
}

/// <summary>Predicts one row at a time.</summary>
internal sealed class SinglePredictions(DataViewRow row, InputReader reader, FittedModel fitted) : RowPredictions
{
    private readonly float[] inputs = new float[reader.Size];
    private float[][] outputs = [];
    private long predicted = -1;

    public override ReadOnlySpan<float> Of(int task)
    {
        if (row.Position != predicted || predicted < 0)
        {
            ReadInput(reader, inputs, row.Position);
            outputs = fitted.Predict(inputs);
            predicted = row.Position;
        }
        return outputs[task];
    }
}

/// <summary>
/// Predicts many rows at a time through a second cursor over the same view, which runs ahead and reads the network's input only.
/// A view gives the same rows in the same order every time, so the two cursors match by position.
/// </summary>
internal sealed class LookaheadPredictions(DataViewRow row, DataViewRowCursor ahead, InputReader reader, FittedModel fitted) : RowPredictions
{
    // One call of the network costs about as much for 1 row of a table as for 100; memory is the only reason for a bound.
    private const int MostRowsAtOnce = 256;

    private readonly float[] inputs = new float[Math.Min(MostRowsAtOnce, fitted.Model.RowsAtOnce) * reader.Size];
    private readonly long[] positions = new long[Math.Min(MostRowsAtOnce, fitted.Model.RowsAtOnce)];
    private float[][] outputs = [];
    private int count;
    private int current;

    public override ReadOnlySpan<float> Of(int task)
    {
        var position = row.Position;
        while (current < count && positions[current] < position) current++;
        if (current == count) Refill(position);
        if (positions[current] != position)
            throw new InvalidOperationException($"The input view gave other rows when it was read a second time; views must be repeatable. Cache it first (mlContext.Data.Cache).");
        var size = outputs[task].Length / count;
        return outputs[task].AsSpan(current * size, size);
    }

    private void Refill(long position)
    {
        count = 0;
        current = 0;
        while (count < positions.Length && ahead.MoveNext())
        {
            if (ahead.Position < position) continue; // rows that nobody asked predictions for
            ReadInput(reader, inputs.AsSpan(count * reader.Size, reader.Size), ahead.Position);
            positions[count++] = ahead.Position;
        }
        if (count == 0)
            throw new InvalidOperationException($"The input view gave fewer rows when it was read a second time; views must be repeatable. Cache it first (mlContext.Data.Cache).");
        outputs = fitted.Predict(inputs.AsSpan(0, count * reader.Size));
    }

    public override void Dispose() => ahead.Dispose();
}
