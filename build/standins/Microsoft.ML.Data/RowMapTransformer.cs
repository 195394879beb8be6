namespace Microsoft.ML.Data;

/// <summary>
/// The base of transformers that append columns computed from one row. A subclass binds itself to a schema (<see cref="Bind"/>, where
/// it also checks that its input columns exist and fit) and saves itself; laziness, cursors, mappers and disposal are here.
/// </summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase()
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return Bind(inputSchema).OutputSchema;
    }

    public IDataView Transform(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        return new RowMapView(input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return new RowMapper(Bind(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Check.NotNull(ctx, nameof(ctx));
        SaveModel(ctx);
    }

    /// <summary>Checks the schema and says which columns are appended; or override <see cref="Bind"/> where outputs share work.</summary>
    private protected virtual IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => [];

    private protected virtual RowMap Bind(DataViewSchema inputSchema) => new ColumnwiseRowMap(inputSchema, [.. MapColumns(inputSchema)]);

    private protected abstract void SaveModel(ModelSaveContext ctx);
}

public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected OneToOneTransformerBase()
    {
    }
}

/// <summary>An estimator with nothing to learn.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private protected readonly TTransformer Transformer;

    private protected TrivialEstimator(TTransformer transformer) => Transformer = transformer;

    public TTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        // Errors of the schema are told here, not at the first row.
        Transformer.GetOutputSchema(input.Schema);
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

/// <summary>
/// A <see cref="RowToRowTransformerBase"/> bound to one input schema: the output schema is the input's columns, then
/// <see cref="Outputs"/>. Subclasses say what an output column reads and make its getter over an input row.
/// </summary>
internal abstract class RowMap
{
    protected RowMap(DataViewSchema inputSchema, params DataViewSchema.DetachedColumn[] outputs)
    {
        InputSchema = inputSchema;
        Outputs = outputs;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumns(outputs);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public DataViewSchema.DetachedColumn[] Outputs { get; }

    /// <summary>The indices of the input columns that output number <paramref name="output"/> reads.</summary>
    public abstract IEnumerable<int> Dependencies(int output);

    /// <summary>The <see cref="ValueGetter{T}"/> of output number <paramref name="output"/>, T its raw type.</summary>
    public abstract Delegate MakeGetter(DataViewRow input, int output);

    /// <summary>
    /// One getter per output, null where not active. Override to share work between outputs (remember <c>input.Position</c>) or to
    /// return a <paramref name="disposer"/> that runs when the row or cursor is disposed.
    /// </summary>
    public virtual Delegate[] MakeGetters(DataViewRow input, Func<int, bool> active, out Action disposer)
    {
        disposer = null;
        return [.. Enumerable.Range(0, Outputs.Length).Select(i => active(i) ? MakeGetter(input, i) : null)];
    }

    /// <summary>The input columns needed for the wanted output columns.</summary>
    public IEnumerable<DataViewSchema.Column> InputsFor(bool[] wanted)
    {
        var needed = new bool[InputSchema.Count];
        wanted.AsSpan(0, needed.Length).CopyTo(needed);
        for (var i = 0; i < Outputs.Length; i++)
            if (wanted[needed.Length + i])
                foreach (var dependency in Dependencies(i))
                    needed[dependency] = true;
        return [.. InputSchema.Where(c => needed[c.Index])];
    }
}

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
    /// <summary>The source column under another name, annotations and all.</summary>
    public static MappedColumn Copy(string name, DataViewSchema.Column source) =>
        new(name, source.Type, source.Annotations, [source], row => Columns.GetGetter(row, source));
}

internal sealed class ColumnwiseRowMap(DataViewSchema inputSchema, MappedColumn[] columns)
    : RowMap(inputSchema, [.. columns.Select(c => new DataViewSchema.DetachedColumn(c.Name, c.Type, c.Annotations))])
{
    public override IEnumerable<int> Dependencies(int output) => columns[output].Sources.Select(s => s.Index);

    public override Delegate MakeGetter(DataViewRow input, int output) => columns[output].MakeGetter(input);
}

internal sealed class RowMapper(RowMap map) : IRowToRowMapper
{
    public DataViewSchema InputSchema => map.InputSchema;

    public DataViewSchema OutputSchema => map.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        map.InputsFor(Columns.Mask(OutputSchema, dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Check.NotNull(input, nameof(input));
        Check.Param(ReferenceEquals(input.Schema, InputSchema), nameof(input), "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(map, input, Columns.Mask(OutputSchema, activeColumns));
    }
}

internal sealed class RowMapView(IDataView input, RowMap map) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => map.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var wanted = Columns.Mask(Schema, columnsNeeded);
        return new MappedCursor(map, input.GetRowCursor(map.InputsFor(wanted), rand), wanted);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var wanted = Columns.Mask(Schema, columnsNeeded);
        return [.. input.GetRowCursorSet(map.InputsFor(wanted), n, rand).Select(c => new MappedCursor(map, c, wanted))];
    }
}

internal sealed class MappedRow(RowMap map, DataViewRow input, bool[] active) : DataViewRow
{
    private readonly MappedColumns _columns = new(map, input, active);

    public override DataViewSchema Schema => map.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.Getter<TValue>(column);

    protected override void Dispose(bool disposing) => _columns.Dispose();
}

internal sealed class MappedCursor(RowMap map, DataViewRowCursor input, bool[] active) : DataViewRowCursor
{
    private readonly MappedColumns _columns = new(map, input, active);

    public override DataViewSchema Schema => map.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.Getter<TValue>(column);

    protected override void Dispose(bool disposing) => _columns.Dispose();
}

/// <summary>What a mapped row and a mapped cursor share: columns passed through and columns computed.</summary>
internal sealed class MappedColumns : IDisposable
{
    private readonly DataViewRow _input;
    private readonly DataViewSchema _schema;
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private readonly Action _disposer;

    public MappedColumns(RowMap map, DataViewRow input, bool[] active)
    {
        _input = input;
        _schema = map.OutputSchema;
        _active = active;
        _getters = map.MakeGetters(input, i => active[map.InputSchema.Count + i], out _disposer);
    }

    public bool IsActive(DataViewSchema.Column column)
    {
        Check.Param(column.Index < _active.Length, nameof(column), "Column index is out of range");
        return _active[column.Index];
    }

    public ValueGetter<T> Getter<T>(DataViewSchema.Column column)
    {
        Check.Active(IsActive(column), column.Name);
        var own = column.Index - _input.Schema.Count;
        return own < 0 ? _input.GetGetter<T>(_input.Schema[column.Index]) : Check.Getter<T>(_getters[own], _schema[column.Index].Type);
    }

    public void Dispose()
    {
        _disposer?.Invoke();
        _input.Dispose();
    }
}
