namespace Microsoft.ML.Data;

/// <summary>The base of cursors that read from a source of their own. A getter is made when it is first asked for.</summary>
internal abstract class RootCursor : DataViewRowCursor
{
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private long _position = -1;
    private bool _done;

    protected RootCursor(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        Schema = schema;
        _active = Columns.Mask(schema, columnsNeeded);
        _getters = new Delegate[schema.Count];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public sealed override bool MoveNext()
    {
        if (_done)
            return false;
        if (MoveNextCore())
        {
            _position++;
            return true;
        }
        Dispose();
        return false;
    }

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Check.Param(column.Index < _active.Length, nameof(column), "Column index is out of range");
        return _active[column.Index];
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        CheckOnRow();
        value = new DataViewRowId((ulong)RowIndex, 0);
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Check.Active(IsColumnActive(column), column.Name);
        return Check.Getter<TValue>(_getters[column.Index] ??= MakeGetter(column.Index), Schema[column.Index].Type);
    }

    /// <summary>The row's number in the source, which its id is made of.</summary>
    protected virtual long RowIndex => _position;

    protected abstract bool MoveNextCore();

    protected abstract Delegate MakeGetter(int column);

    protected void CheckOnRow() => Check.That(_position >= 0 && !_done, "Cursor is not on a row: call MoveNext first, and no getter after it gave false");

    protected override void Dispose(bool disposing)
    {
        _done = true;
        _position = -1;
    }
}
