namespace Microsoft.ML.Data;

/// <summary>
/// One appended column: its name, type and annotations, the input columns it reads, and how to make its
/// <see cref="ValueGetter{T}"/> over an input row.
/// </summary>
internal sealed record MappedColumn(
    string Name,
    DataViewType Type,
    DataViewSchema.Annotations Annotations,
    IReadOnlyList<DataViewSchema.Column> Sources,
    Func<DataViewRow, Delegate> MakeGetter)
{
    /// <summary>What to dispose with the row that a getter was made for, given that getter; null where it holds nothing.</summary>
    public Func<Delegate, IDisposable> OwnedBy { get; init; }

    /// <summary>The source column under another name, annotations and all.</summary>
    public static MappedColumn Copy(string name, DataViewSchema.Column source) =>
        new(name, source.Type, source.Annotations, [source], row => Columns.GetGetter(row, source));
}

/// <summary>Appended columns bound to one input schema: the output schema is the input's columns, then these.</summary>
internal sealed class RowMapper : IRowToRowMapper
{
    private readonly MappedColumn[] _columns;

    public RowMapper(DataViewSchema inputSchema, MappedColumn[] columns)
    {
        InputSchema = inputSchema;
        _columns = columns;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        foreach (var column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => InputsFor(Columns.Mask(OutputSchema, dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(ReferenceEquals(input.Schema, InputSchema), nameof(input), "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(input, this, Columns.Mask(OutputSchema, activeColumns));
    }

    /// <summary>The input columns needed for the wanted output columns.</summary>
    public IEnumerable<DataViewSchema.Column> InputsFor(bool[] wanted)
    {
        var needed = wanted[..InputSchema.Count];
        for (var i = 0; i < _columns.Length; i++)
            if (wanted[needed.Length + i])
                foreach (var source in _columns[i].Sources)
                    needed[source.Index] = true;
        return [.. InputSchema.Where(c => needed[c.Index])];
    }

    /// <summary>Getters of the wanted appended columns; null for the others.</summary>
    public Delegate[] MakeGetters(DataViewRow input, bool[] wanted) =>
        [.. _columns.Select((column, i) => wanted[InputSchema.Count + i] ? column.MakeGetter(input) : null)];

    /// <summary>Disposes what those getters hold.</summary>
    public void Release(Delegate[] getters)
    {
        for (var i = 0; i < getters.Length; i++)
            if (getters[i] is not null)
                _columns[i].OwnedBy?.Invoke(getters[i])?.Dispose();
    }
}

internal sealed class RowMapView(IDataView input, RowMapper mapper) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var wanted = Columns.Mask(Schema, columnsNeeded);
        return new MappedCursor(input.GetRowCursor(mapper.InputsFor(wanted), rand), mapper, wanted);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>A row of columns passed through and columns computed.</summary>
internal sealed class MappedRow(DataViewRow input, RowMapper mapper, bool[] active) : DataViewRow
{
    private readonly Delegate[] _getters = mapper.MakeGetters(input, active);

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Check.Param(column.Index < active.Length, nameof(column), "Column index is out of range");
        return active[column.Index];
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Check.Active(IsColumnActive(column), column.Name);
        var own = column.Index - input.Schema.Count;
        return own < 0 ? input.GetGetter<TValue>(input.Schema[column.Index]) : Check.Getter<TValue>(_getters[own], Schema[column.Index].Type);
    }

    protected override void Dispose(bool disposing)
    {
        mapper.Release(_getters);
        input.Dispose();
    }
}

/// <summary>The same as a cursor.</summary>
internal sealed class MappedCursor(DataViewRowCursor input, RowMapper mapper, bool[] active) : DataViewRowCursor
{
    private readonly MappedRow _row = new(input, mapper, active);

    public override DataViewSchema Schema => _row.Schema;

    public override long Position => _row.Position;

    public override long Batch => _row.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => _row.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing) => _row.Dispose();
}
