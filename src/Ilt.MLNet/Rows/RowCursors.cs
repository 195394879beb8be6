using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Opens cursors for readers that must know which row a value could not be made for.</summary>
internal static class RowCursors
{
    /// <summary>
    /// A cursor on which a value that cannot be made fails alone. <c>GetRowCursor</c> may let several threads run ahead, and then an image file
    /// that is missing ends the reading of all rows, in some step between two rows; a set of one cursor reads row by row.
    /// </summary>
    public static DataViewRowCursor Open(IDataView view, IReadOnlyList<DataViewSchema.Column> columns, Random? rand = null)
    {
        var cursors = view.GetRowCursorSet(columns, 1, rand!);
        if (cursors is [var only]) return only;
        foreach (var cursor in cursors) cursor.Dispose();
        return view.GetRowCursor(columns, rand!);
    }
}
