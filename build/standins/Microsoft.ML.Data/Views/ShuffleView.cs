namespace Microsoft.ML.Data;

/// <summary>Rows in an order drawn from the seed: the same order on every pass.</summary>
internal sealed class ShuffleView(IDataView input, int seed, int poolSize, bool shuffleSource) : IDataView
{
    private readonly StorableColumns _columns = new(input);

    public bool CanShuffle => true;

    public DataViewSchema Schema => _columns.Schema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var random = rand ?? new Random(seed);
        var needed = Columns.Mask(Schema, columnsNeeded);
        var sourceRandom = shuffleSource && input.CanShuffle ? new Random(random.Next()) : null;
        var source = input.GetRowCursor(_columns.Source.Where((_, i) => needed[i]), sourceRandom);
        return new Cursor(this, Schema.Where(c => needed[c.Index]), source, random, Math.Max(1, poolSize));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Holds a pool of rows; each step gives one of them at random and refills its slot from the source.</summary>
    private sealed class Cursor : RootCursor
    {
        private readonly ColumnStore[] _stores;
        private readonly List<Action<int>> _fill = [];
        private readonly DataViewRowCursor _source;
        private readonly Random _random;
        private readonly int[] _pool;
        private int _filled;
        private int _current = -1;
        private bool _sourceDone;

        public Cursor(ShuffleView view, IEnumerable<DataViewSchema.Column> needed, DataViewRowCursor source, Random random, int poolSize)
            : base(view.Schema, needed)
        {
            _source = source;
            _random = random;
            _stores = new ColumnStore[view.Schema.Count];
            foreach (var column in needed)
            {
                _stores[column.Index] = ColumnStore.Create(column.Type);
                _fill.Add(_stores[column.Index].Fill(source, view._columns.Source[column.Index]));
            }
            // One slot more than the pool: the row being shown keeps its slot until the next step.
            _pool = [.. Enumerable.Range(0, poolSize + 1)];
        }

        protected override bool MoveNextCore()
        {
            while (!_sourceDone && _filled < _pool.Length - 1)
            {
                if (_source.MoveNext())
                {
                    foreach (var put in _fill)
                        put(_pool[_filled]);
                    _filled++;
                }
                else
                {
                    _sourceDone = true;
                }
            }
            if (_filled == 0)
                return false;
            var pick = _random.Next(_filled--);
            _current = _pool[pick];
            // The slot shown goes to the very end, out of reach of the refill; the one that lay there comes back.
            _pool[pick] = _pool[_filled];
            _pool[_filled] = _pool[^1];
            _pool[^1] = _current;
            return true;
        }

        protected override Delegate MakeGetter(int column) => _stores[column].Getter(() =>
        {
            CheckOnRow();
            return _current;
        });

        protected override void Dispose(bool disposing)
        {
            _source.Dispose();
            base.Dispose(disposing);
        }
    }
}
