using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>Chosen rows of columns in memory, as ML.NET reads them.</summary>
internal sealed class TableDataView : IDataView
{
    private readonly IReadOnlyList<ViewColumn> columns;
    private readonly int[] rows;

    /// <summary>Shows the given table rows, in that order.</summary>
    public TableDataView(IReadOnlyList<ViewColumn> columns, int[] rows)
    {
        this.columns = columns;
        this.rows = rows;
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, column.Type);
        Schema = builder.ToSchema();
    }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public long? GetRowCount() => rows.Length;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly TableDataView view;
        private readonly Delegate?[] getters;
        private int position = -1;

        public Cursor(TableDataView view, IEnumerable<DataViewSchema.Column> needed)
        {
            this.view = view;
            getters = new Delegate?[view.columns.Count];
            foreach (var column in needed)
                getters[column.Index] = view.columns[column.Index].CreateGetter(() => view.rows[Current()]);
        }

        public override long Position => position < view.rows.Length ? position : -1;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext()
        {
            if (position < view.rows.Length)
                position++;
            return position < view.rows.Length;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var getter = getters[column.Index]
                ?? throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when the cursor was made.");
            return getter as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}; it cannot be read as {typeof(TValue)}.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Current(), 0);

        private int Current() => Position >= 0
            ? position
            : throw new InvalidOperationException("The cursor stands on no row; call MoveNext first, and stop when it returns false.");
    }
}
