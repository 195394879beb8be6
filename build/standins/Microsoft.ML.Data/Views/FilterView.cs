namespace Microsoft.ML.Data;

/// <summary>
/// Some of the rows of a view: those for which a filter over the current row gives true, and no more than <c>limit</c>.
/// <c>makeFilter</c> is called once for each cursor, so a filter may count or draw numbers.
/// </summary>
internal sealed class FilterView(
    IDataView input,
    IReadOnlyList<DataViewSchema.Column> filterColumns,
    Func<DataViewRow, Func<bool>> makeFilter,
    long limit = long.MaxValue,
    Func<long?> rowCount = null) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => input.Schema;

    public long? GetRowCount() => rowCount?.Invoke();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var needed = Columns.Mask(Schema, columnsNeeded);
        var cursor = input.GetRowCursor(Schema.Where(c => needed[c.Index] || filterColumns.Any(f => f.Index == c.Index)));
        return new Cursor(cursor, needed, makeFilter(cursor), limit);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, Func<bool> filter, long limit) : DataViewRowCursor
    {
        private long _position = -1;
        private long _given;
        private bool _done;

        public override DataViewSchema Schema => input.Schema;

        public override long Position => _position;

        public override long Batch => input.Batch;

        public override bool MoveNext()
        {
            while (!_done && _given < limit && input.MoveNext())
            {
                if (!filter())
                    continue;
                _position = _given++;
                return true;
            }
            _done = true;
            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column)
        {
            Check.Param(column.Index < active.Length, nameof(column), "Column index is out of range");
            return active[column.Index];
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Check.Active(IsColumnActive(column), column.Name);
            return input.GetGetter<TValue>(column);
        }

        protected override void Dispose(bool disposing) => input.Dispose();
    }
}
