namespace Microsoft.ML.Data;

/// <summary>Keeps the columns that were read once. Columns that are neither primitive nor vectors are dropped.</summary>
internal sealed class CacheView : IDataView
{
    private readonly StorableColumns _columns;
    private readonly ColumnStore[] _stores;
    private readonly object _lock = new();
    private int? _count;

    public CacheView(IDataView input)
    {
        _columns = new StorableColumns(input);
        _stores = new ColumnStore[_columns.Schema.Count];
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _columns.Schema;

    public long? GetRowCount() => _count ?? _columns.Input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) => GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var needed = Columns.Mask(Schema, columnsNeeded);
        var count = Load(needed);
        var order = Enumerable.Range(0, count).ToArray();
        if (rand is not null)
            rand.Shuffle(order);
        // Blocks of rows go to the cursors in turn; the batch number says in which order they belong.
        n = Math.Max(1, Math.Min(n, (count + BlockSize - 1) / BlockSize));
        return [.. Enumerable.Range(0, n).Select(i => new Cursor(this, Schema.Where(c => needed[c.Index]), order, i, n))];
    }

    private const int BlockSize = 64;

    private int Load(bool[] needed)
    {
        lock (_lock)
        {
            var missing = Schema.Where(c => needed[c.Index] && _stores[c.Index] is null).ToArray();
            if (missing.Length == 0 && _count is { } known)
                return known;
            using var cursor = _columns.Input.GetRowCursor(missing.Select(c => _columns.Source[c.Index]));
            var stores = missing.Select(c => ColumnStore.Create(c.Type)).ToArray();
            var fill = missing.Select((c, i) => stores[i].Fill(cursor, _columns.Source[c.Index])).ToArray();
            var count = 0;
            for (; cursor.MoveNext(); count++)
                foreach (var put in fill)
                    put(count);
            for (var i = 0; i < missing.Length; i++)
                _stores[missing[i].Index] = stores[i];
            _count = count;
            return count;
        }
    }

    private sealed class Cursor(CacheView view, IEnumerable<DataViewSchema.Column> columnsNeeded, int[] order, int first, int step)
        : RootCursor(view.Schema, columnsNeeded)
    {
        private int _next = first * BlockSize;
        private int _current;

        public override long Batch => _current / BlockSize;

        protected override long RowIndex => order[_current];

        protected override bool MoveNextCore()
        {
            if (_next >= order.Length)
                return false;
            _current = _next++;
            if (_next % BlockSize == 0)
                _next += (step - 1) * BlockSize;
            return true;
        }

        protected override Delegate MakeGetter(int column) => view._stores[column].Getter(() =>
        {
            CheckOnRow();
            return order[_current];
        });
    }
}
