namespace Microsoft.ML.Data;

/// <summary>The objects of an enumerable as rows. Each pass enumerates anew; it cannot be shuffled.</summary>
internal sealed class EnumerableView<TRow> : IDataView
    where TRow : class
{
    private readonly IEnumerable<TRow> _data;
    private readonly MemberColumn[] _columns = MemberColumn.Of(typeof(TRow), write: false);

    public EnumerableView(IEnumerable<TRow> data)
    {
        _data = data;
        Schema = ObjectGetters.Schema(_columns);
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => (_data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(EnumerableView<TRow> view, IEnumerable<DataViewSchema.Column> columnsNeeded) : RootCursor(view.Schema, columnsNeeded)
    {
        private readonly IEnumerator<TRow> _rows = view._data.GetEnumerator();

        protected override bool MoveNextCore()
        {
            if (!_rows.MoveNext())
                return false;
            Check.That(_rows.Current is not null, "Encountered unexpected null row");
            return true;
        }

        protected override Delegate MakeGetter(int column) => ObjectGetters.Make(view._columns[column], Current);

        protected override void Dispose(bool disposing)
        {
            _rows.Dispose();
            base.Dispose(disposing);
        }

        private TRow Current()
        {
            CheckOnRow();
            return _rows.Current;
        }
    }
}
