using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Rows that are read once, at the first use, and kept. Columns that are neither primitive nor vectors are dropped.</summary>
internal sealed class CacheView : IDataView
{
    private readonly IDataView _input;
    private readonly DataViewSchema.Column[] _source;
    private readonly Lazy<(Store[] Columns, int Count)> _rows;

    public CacheView(IDataView input)
    {
        _input = input;
        _source = [.. input.Schema.Where(c => c.Type is PrimitiveDataViewType or VectorDataViewType)];
        _rows = new(Load);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(_source);
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows.IsValueCreated ? _rows.Value.Count : _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var order = Enumerable.Range(0, _rows.Value.Count).ToArray();
        rand?.Shuffle(order);
        return new Cursor(this, columnsNeeded, order);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private (Store[] Columns, int Count) Load()
    {
        using var cursor = _input.GetRowCursor(_source);
        var columns = _source.Select(column => column.Type is VectorDataViewType vector
            ? Generic.Call<Store>(Vectors<int>, [vector.ItemType.RawType], cursor, column)
            : Generic.Call<Store>(Values<int>, [column.Type.RawType], cursor, column)).ToArray();
        var count = 0;
        for (; cursor.MoveNext(); count++)
            foreach (var column in columns)
                column.Add();
        return (columns, count);
    }

    private static Store Values<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var (add, values) = Filled<T>(row, column);
        return new Store(add, slot => (ValueGetter<T>)((ref T value) => value = values[slot()]));
    }

    private static Store Vectors<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var (add, values) = Filled<VBuffer<T>>(row, column);
        return new Store(add, slot => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => values[slot()].CopyTo(ref value)));
    }

    private static (Action Add, List<T> Values) Filled<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        var values = new List<T>();
        return (() =>
        {
            T value = default;
            get(ref value);
            values.Add(value);
        }, values);
    }

    /// <summary>Values of one column: how to add the current row's, and a getter of the one in a slot.</summary>
    private sealed record Store(Action Add, Func<Func<int>, Delegate> Getter);

    private sealed class Cursor(CacheView view, IEnumerable<DataViewSchema.Column> columnsNeeded, int[] order) : RootCursor(view.Schema, columnsNeeded)
    {
        protected override long RowIndex => order[Position];

        protected override bool MoveNextCore() => Position + 1 < order.Length;

        protected override Delegate MakeGetter(int column) => view._rows.Value.Columns[column].Getter(() =>
        {
            CheckOnRow();
            return order[Position];
        });
    }
}
