using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>The rows of a view that pass a condition on boolean columns, with all its columns.</summary>
/// <param name="input">The view.</param>
/// <param name="conditions">The columns that are asked.</param>
/// <param name="keep">True keeps rows of which any is true, false those of which none is.</param>
internal sealed class FilteredView(IDataView input, IReadOnlyList<DataViewSchema.Column> conditions, bool keep) : IDataView
{
    /// <summary>By one column.</summary>
    public static FilteredView Where(IDataView input, string column, bool keep) => new(input, [input.Schema[column]], keep);

    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => input.Schema;

    // Not known before it is read.
    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var wanted = columnsNeeded.ToArray();
        return new Cursor(input.GetRowCursor(wanted.Union(conditions), rand!), wanted, conditions, keep);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly DataViewRowCursor input;
        private readonly HashSet<int> active;
        private readonly ValueGetter<bool>[] getters;
        private readonly bool keep;
        private long position = -1;

        public Cursor(DataViewRowCursor input, DataViewSchema.Column[] wanted, IReadOnlyList<DataViewSchema.Column> conditions, bool keep)
        {
            (this.input, this.keep) = (input, keep);
            active = [.. wanted.Select(column => column.Index)];
            getters = [.. conditions.Select(input.GetGetter<bool>)];
        }

        public override long Position => position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => input.Schema;

        public override bool MoveNext()
        {
            while (input.MoveNext())
            {
                if (IsAnyTrue() != keep) continue;
                position++;
                return true;
            }
            position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => IsColumnActive(column)
            ? input.GetGetter<TValue>(column)
            : throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active; name it when asking for the cursor.");

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
            base.Dispose(disposing);
        }

        private bool IsAnyTrue()
        {
            foreach (var getter in getters)
            {
                var value = false;
                getter(ref value);
                if (value) return true;
            }
            return false;
        }
    }
}
