using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>One row with added columns; owns and disposes its input row.</summary>
internal sealed class AddedColumnsRow(DataViewRow input, AddedColumnsMapper mapper, bool[] active, AddedGetters added) : DataViewRow
{
    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => AddedColumns.IsActive(active, column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => AddedColumns.Getter<TValue>(input, mapper, active, added, column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            added.Resource?.Dispose();
            input.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>A cursor over rows with added columns; owns and disposes its input cursor.</summary>
internal sealed class AddedColumnsCursor(DataViewRowCursor input, AddedColumnsMapper mapper, bool[] active, AddedGetters added) : DataViewRowCursor
{
    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => AddedColumns.IsActive(active, column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => AddedColumns.Getter<TValue>(input, mapper, active, added, column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            added.Resource?.Dispose();
            input.Dispose();
        }
        base.Dispose(disposing);
    }
}

file static class AddedColumns
{
    public static bool IsActive(bool[] active, DataViewSchema.Column column)
        => column.Index < active.Length
            ? active[column.Index]
            : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is no column of this row.");

    public static ValueGetter<TValue> Getter<TValue>(DataViewRow input, AddedColumnsMapper mapper, bool[] active, AddedGetters added, DataViewSchema.Column column)
    {
        if (!IsActive(active, column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active; name it when asking for the row or cursor.");
        var inputColumns = mapper.InputSchema.Count;
        if (column.Index < inputColumns) return input.GetGetter<TValue>(mapper.InputSchema[column.Index]);
        return added.Getters[column.Index - inputColumns] as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
    }
}
