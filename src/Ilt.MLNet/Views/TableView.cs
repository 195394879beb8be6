using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>A view over values that are computed from the row number.</summary>
internal sealed class TableView : IDataView
{
    private readonly IReadOnlyList<TableColumn> columns;
    private readonly long rows;

    public TableView(long rows, IReadOnlyList<TableColumn> columns)
    {
        this.rows = rows;
        this.columns = columns;
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns) builder.AddColumn(column.Name, column.Type);
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new bool[columns.Count];
        foreach (var column in columnsNeeded) active[column.Index] = true;
        return new Cursor(this, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(TableView view, bool[] active) : DataViewRowCursor
    {
        private long position = -1;

        public override long Position => position < view.rows ? position : -1;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext()
        {
            if (position < view.rows) position++;
            return position < view.rows;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter()
            => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Current(), 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index])
                throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active; name it when asking for the cursor.");
            return view.columns[column.Index].CreateGetter(Current) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
        }

        private long Current() => Position >= 0
            ? position
            : throw new InvalidOperationException("The cursor stands on no row; call MoveNext first, and stop when it returns false.");
    }
}

/// <summary>A column of a <see cref="TableView"/>.</summary>
internal abstract class TableColumn(string name, DataViewType type)
{
    public string Name => name;

    public DataViewType Type => type;

    public abstract Delegate CreateGetter(Func<long> row);

    public static TableColumn Text(string name, Func<long, string> value)
        => new TableColumn<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, row => value(row).AsMemory());

    public static TableColumn Single(string name, Func<long, float> value)
        => new TableColumn<float>(name, NumberDataViewType.Single, value);

    public static TableColumn Boolean(string name, Func<long, bool> value)
        => new TableColumn<bool>(name, BooleanDataViewType.Instance, value);

    public static TableColumn Int32(string name, Func<long, int> value)
        => new TableColumn<int>(name, NumberDataViewType.Int32, value);

    /// <summary>The same numbers in every row. Readers get the array itself and must not write into it.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">At least as many numbers as the column has.</param>
    /// <param name="length">Numbers per row.</param>
    public static TableColumn Vector(string name, float[] values, int length) => new VectorColumn(name, values, length);
}

internal sealed class VectorColumn(string name, float[] values, int length) : TableColumn(name, new VectorDataViewType(NumberDataViewType.Single, length))
{
    public override Delegate CreateGetter(Func<long> row)
        => new ValueGetter<VBuffer<float>>((ref VBuffer<float> destination) => destination = new VBuffer<float>(length, values));
}

internal sealed class TableColumn<T>(string name, PrimitiveDataViewType type, Func<long, T> value) : TableColumn(name, type)
{
    public override Delegate CreateGetter(Func<long> row)
        => new ValueGetter<T>((ref T destination) => destination = value(row()));
}
