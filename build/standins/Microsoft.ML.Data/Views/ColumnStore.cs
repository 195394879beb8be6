using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Values of one column, copied out of rows.</summary>
internal abstract class ColumnStore
{
    /// <summary>Only columns whose values can be copied without knowing what they are.</summary>
    public static bool CanHold(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;

    public static ColumnStore Create(DataViewType type) => Generic.Call<ColumnStore>(New<int>, [type.RawType]);

    /// <summary>Binds the store to a row; the action then copies the row's value into a slot.</summary>
    public abstract Action<int> Fill(DataViewRow row, DataViewSchema.Column column);

    public abstract Delegate Getter(Func<int> slot);

    private static ColumnStore New<T>() =>
        typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>)
            ? Generic.Call<ColumnStore>(NewVector<int>, [typeof(T).GetGenericArguments()[0]])
            : new Store<T>((in T source, ref T destination) => destination = source);

    private static ColumnStore NewVector<T>() => new Store<VBuffer<T>>((in VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination));

    private delegate void Copier<T>(in T source, ref T destination);

    private sealed class Store<T>(Copier<T> copy) : ColumnStore
    {
        private T[] _values = [];

        public override Action<int> Fill(DataViewRow row, DataViewSchema.Column column)
        {
            var get = row.GetGetter<T>(column);
            return slot =>
            {
                if (slot >= _values.Length)
                    Array.Resize(ref _values, Math.Max(16, Math.Max(slot + 1, 2 * _values.Length)));
                get(ref _values[slot]);
            };
        }

        public override Delegate Getter(Func<int> slot) => (ValueGetter<T>)((ref T value) => copy(in _values[slot()], ref value));
    }
}

/// <summary>A view without the columns that cannot be stored.</summary>
internal sealed class StorableColumns
{
    public StorableColumns(IDataView input)
    {
        Input = input;
        Source = [.. input.Schema.Where(c => ColumnStore.CanHold(c.Type))];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(Source);
        Schema = builder.ToSchema();
    }

    public IDataView Input { get; }

    public DataViewSchema Schema { get; }

    /// <summary>The input column of each column of <see cref="Schema"/>.</summary>
    public DataViewSchema.Column[] Source { get; }
}
