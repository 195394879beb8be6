using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>A view with added columns, computed only when a cursor asks for them.</summary>
internal sealed class AddedColumnsView(IDataView input, AddedColumnsMapper mapper) : IDataView
{
    public bool CanShuffle => input.CanShuffle && mapper.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => Open(columnsNeeded, rand, rowByRow: false);

    // One cursor is a legal answer, and the fast one: it predicts many rows at a time.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [Open(columnsNeeded, rand, rowByRow: n == 1)];

    private AddedColumnsCursor Open(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand, bool rowByRow)
    {
        var active = mapper.Active(columnsNeeded);
        var added = mapper.ActiveAdded(active);
        if (!CanShuffle) rand = null; // as every view that cannot shuffle does
        // A shuffled order cannot be repeated by a second cursor.
        var lookahead = rand is null && mapper.CanLookAhead(added);
        var columns = mapper.InputColumns(active, lookahead);
        var cursor = rowByRow ? RowCursors.Open(input, columns, rand) : input.GetRowCursor(columns, rand!);
        try
        {
            return new AddedColumnsCursor(cursor, mapper, active, mapper.CreateGetters(cursor, added, lookahead ? input : null));
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }
}
