using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The table of a value mapping: keys and, for each, a value or a vector of values.</summary>
internal abstract class ValueMap(PrimitiveDataViewType keyType, DataViewType valueType)
{
    public PrimitiveDataViewType KeyType { get; } = keyType;

    public DataViewType ValueType { get; } = valueType;

    public abstract Delegate Getter(DataViewRow row, DataViewSchema.Column input);

    public abstract void Write(BinaryWriter writer);

    public static ValueMap FromValues<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        Check.NotNull(pairs, "keyValuePairs");
        KeyValuePair<TKey, TValue>[] table = [.. pairs];
        Check.Supported(typeof(TValue) != typeof(string), "texts as values of a mapping");
        return Create(table.Select(p => p.Key).ToArray(), Plain<TValue>(), table.Select(p => p.Value).ToArray());
    }

    public static ValueMap FromArrays<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue[]>> pairs)
    {
        Check.NotNull(pairs, "keyValuePairs");
        KeyValuePair<TKey, TValue[]>[] table = [.. pairs];
        Check.Supported(typeof(TKey) != typeof(string) && typeof(TValue) != typeof(string), "texts in a mapping to vectors");
        return new VectorMap<TKey, TValue>(
            Plain<TKey>(), new VectorDataViewType(Plain<TValue>()), table.Select(p => p.Key).ToArray(), [.. table.Select(p => new VBuffer<TValue>(p.Value.Length, p.Value))]);
    }

    public static ValueMap Read(BinaryReader reader)
    {
        var key = DataKinds.TypeOf((DataKind)reader.ReadByte());
        var value = DataKinds.TypeOf((DataKind)reader.ReadByte());
        return reader.ReadBoolean()
            ? Generic.Call<ValueMap>(ReadVectors<int, int>, [key.RawType, value.RawType], key, value, reader)
            : Generic.Call<ValueMap>(ReadValues<int, int>, [key.RawType, value.RawType], key, value, reader);
    }

    protected void WriteTypes(BinaryWriter writer)
    {
        writer.Write((byte)DataKinds.KindOf(KeyType).Value);
        writer.Write((byte)DataKinds.KindOf(DataKinds.ItemType(ValueType)).Value);
        writer.Write(ValueType is VectorDataViewType);
    }

    private static ValueMap ReadValues<TKey, TValue>(PrimitiveDataViewType key, PrimitiveDataViewType value, BinaryReader reader) =>
        new ValueMap<TKey, TValue>(key, value, Items.Read<TKey>(reader), Items.Read<TValue>(reader));

    private static ValueMap ReadVectors<TKey, TItem>(PrimitiveDataViewType key, PrimitiveDataViewType item, BinaryReader reader)
    {
        var keys = Items.Read<TKey>(reader);
        return new VectorMap<TKey, TItem>(key, new VectorDataViewType(item), keys, [.. keys.Select(_ => Items.Read<TItem>(reader)).Select(v => new VBuffer<TItem>(v.Length, v))]);
    }

    // Strings are the text items of a view.
    private static ValueMap Create<TKey, TValue>(TKey[] keys, PrimitiveDataViewType type, TValue[] values) => keys is string[] texts
        ? new ValueMap<ReadOnlyMemory<char>, TValue>(TextDataViewType.Instance, type, [.. texts.Select(t => t.AsMemory())], values)
        : new ValueMap<TKey, TValue>(Plain<TKey>(), type, keys, values);

    private static PrimitiveDataViewType Plain<T>() =>
        DataKinds.NumberOf(typeof(T)) ?? throw new InvalidOperationException($"Unsupported type {typeof(T)} used in mapping.");
}

internal class ValueMap<TKey, TValue> : ValueMap
{
    private readonly Dictionary<TKey, TValue> _values;

    public ValueMap(PrimitiveDataViewType keyType, DataViewType valueType, TKey[] keys, TValue[] values)
        : base(keyType, valueType)
    {
        _values = new Dictionary<TKey, TValue>(keys.Length, Items.Comparer<TKey>());
        for (var i = 0; i < keys.Length; i++)
            Check.That(_values.TryAdd(keys[i], values[i]), $"Duplicate keys in data '{keys[i]}'");
    }

    protected IReadOnlyDictionary<TKey, TValue> Values => _values;

    public override Delegate Getter(DataViewRow row, DataViewSchema.Column input)
    {
        var missing = Items.Missing<TValue>();
        return Items.Map<TKey, TValue>(row, input, (_, key) => _values.GetValueOrDefault(key, missing));
    }

    public override void Write(BinaryWriter writer)
    {
        WriteTypes(writer);
        Items.Write<TKey>(writer, _values.Keys.ToArray());
        Items.Write<TValue>(writer, _values.Values.ToArray());
    }
}

internal sealed class VectorMap<TKey, TItem>(PrimitiveDataViewType keyType, DataViewType valueType, TKey[] keys, VBuffer<TItem>[] values)
    : ValueMap<TKey, VBuffer<TItem>>(keyType, valueType, keys, values)
{
    public override Delegate Getter(DataViewRow row, DataViewSchema.Column input)
    {
        var get = row.GetGetter<TKey>(input);
        TKey key = default;
        return (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> result) =>
        {
            get(ref key);
            // A copy: the table must not change when the caller writes into the buffer.
            Values.GetValueOrDefault(key).CopyTo(ref result);
        });
    }

    public override void Write(BinaryWriter writer)
    {
        WriteTypes(writer);
        Items.Write<TKey>(writer, Values.Keys.ToArray());
        foreach (var value in Values.Values)
            Items.Write(writer, value.Values);
    }
}
