using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(bool keep, string[] names)
        : base(new ColumnSelectingTransformer(keep, names))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        Transformer.CheckNames(inputSchema.Select(c => c.Name));
        return Transformer.Keep
            ? new SchemaShape(Transformer.Names.Select(n => Columns.Find(inputSchema, n)))
            : new SchemaShape(inputSchema.Where(c => !Transformer.Names.Contains(c.Name)));
    }
}

public sealed class ColumnSelectingTransformer : ITransformer
{
    private const string Signature = "SelectColumnsTransform";

    internal ColumnSelectingTransformer(bool keep, string[] names)
    {
        Check.NotNull(names, "columnNames");
        Check.That(names.Length > 0, "Neither keepColumns or dropColumns is set, one must be specified.");
        Keep = keep;
        Names = [.. names];
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal bool Keep { get; }

    internal string[] Names { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, (node, _) => new ColumnSelectingTransformer(
        node.Reader.ReadBoolean(), [.. Items.Read<ReadOnlyMemory<char>>(node.Reader).Select(n => n.ToString())]));

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Select(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        return new SelectedView(input, Select(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Select(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Check.NotNull(ctx, nameof(ctx));
        var writer = ctx.Begin(Signature, this);
        writer.Write(Keep);
        Items.Write<ReadOnlyMemory<char>>(writer, Names.Select(n => n.AsMemory()).ToArray());
    }

    internal void CheckNames(IEnumerable<string> known)
    {
        var missing = Names.Except(known).ToArray();
        if (missing.Length > 0)
            throw Columns.Missing(string.Join(",", missing), "input", "inputSchema");
    }

    private ColumnSelection Select(DataViewSchema inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        var visible = inputSchema.Where(c => !c.IsHidden).ToArray();
        CheckNames(visible.Select(c => c.Name));
        return new ColumnSelection(inputSchema, Keep
            ? [.. Names.Select(n => inputSchema[n])]
            : [.. visible.Where(c => !Names.Contains(c.Name))]);
    }
}

/// <summary>Some columns of a schema, in an order of their own.</summary>
internal sealed class ColumnSelection : IRowToRowMapper
{
    private readonly DataViewSchema.Column[] _sources;

    public ColumnSelection(DataViewSchema inputSchema, DataViewSchema.Column[] sources)
    {
        InputSchema = inputSchema;
        _sources = sources;
        var builder = new DataViewSchema.Builder();
        foreach (var source in sources)
            builder.AddColumn(source.Name, source.Type, source.Annotations);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public DataViewSchema.Column Source(DataViewSchema.Column column)
    {
        Check.Param(column.Index < _sources.Length, nameof(column), "Column index is out of range");
        return _sources[column.Index];
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        [.. dependingColumns.Select(Source).Distinct()];

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Check.NotNull(input, nameof(input));
        return new SelectedRow(this, input, Columns.Mask(OutputSchema, activeColumns));
    }
}

internal sealed class SelectedView(IDataView input, ColumnSelection selection) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => selection.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = Columns.Mask(Schema, columnsNeeded);
        return new SelectedCursor(selection, input.GetRowCursor(Sources(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = Columns.Mask(Schema, columnsNeeded);
        return [.. input.GetRowCursorSet(Sources(active), n, rand).Select(c => new SelectedCursor(selection, c, active))];
    }

    private IEnumerable<DataViewSchema.Column> Sources(bool[] active) => selection.GetDependencies(Schema.Where(c => active[c.Index]));
}

internal sealed class SelectedRow(ColumnSelection selection, DataViewRow input, bool[] active) : DataViewRow
{
    public override DataViewSchema Schema => selection.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var source = selection.Source(column);
        Check.Active(active[column.Index], column.Name);
        return input.GetGetter<TValue>(source);
    }

    protected override void Dispose(bool disposing) => input.Dispose();
}

internal sealed class SelectedCursor(ColumnSelection selection, DataViewRowCursor input, bool[] active) : DataViewRowCursor
{
    private readonly SelectedRow _row = new(selection, input, active);

    public override DataViewSchema Schema => _row.Schema;

    public override long Position => _row.Position;

    public override long Batch => _row.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => _row.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing) => _row.Dispose();
}
