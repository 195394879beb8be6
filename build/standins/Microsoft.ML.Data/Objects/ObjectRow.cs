namespace Microsoft.ML.Data;

/// <summary>A row over one object; the prediction engine's input.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly Delegate[] _getters;
    private TRow _value;
    private long _position = -1;

    public ObjectRow()
    {
        var columns = MemberColumn.Of(typeof(TRow), write: false);
        Schema = ObjectGetters.Schema(columns);
        _getters = [.. columns.Select(c => ObjectGetters.Make(c, () => _value))];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public void MoveTo(TRow value)
    {
        Check.NotNull(value, "example");
        _value = value;
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Check.Getter<TValue>(_getters[column.Index], column.Type);
}
