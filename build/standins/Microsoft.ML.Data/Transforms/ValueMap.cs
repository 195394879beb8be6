using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The table of a value mapping: keys and, for each, a value or a vector of values.</summary>
internal abstract class ValueMap(PrimitiveDataViewType keyType, DataViewType valueType, string[] keyValues)
{
    public PrimitiveDataViewType KeyType { get; } = keyType;

    public DataViewType ValueType { get; } = valueType;

    /// <summary>What the keys of the output stand for, where the values were made keys.</summary>
    protected string[] KeyValues { get; } = keyValues;

    public DataViewSchema.Annotations Annotations
    {
        get
        {
            var builder = new DataViewSchema.Annotations.Builder();
            if (KeyValues is not null)
                builder.AddVector(Annotated.KeyValues, TextDataViewType.Instance, KeyValues.Select(v => v.AsMemory()).ToArray());
            return builder.ToAnnotations();
        }
    }

    public abstract Delegate Getter(DataViewRow row, DataViewSchema.Column input);

    public abstract void Write(BinaryWriter writer);

    public static ValueMap FromValues<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs, bool valuesAsKeys)
    {
        Check.NotNull(pairs, "keyValuePairs");
        KeyValuePair<TKey, TValue>[] table = [.. pairs];
        var keys = table.Select(p => p.Key).ToArray();
        if (!valuesAsKeys)
            return Create(keys, Plain<TValue>(), table.Select(p => p.Value).ToArray(), null);
        if (typeof(TValue) == typeof(uint) || typeof(TValue) == typeof(ulong))
            throw new NotSupportedException("Numbers that are used as keys directly are beyond this stand-in");
        var distinct = table.Select(p => p.Value).Distinct().ToArray();
        return Create(
            keys,
            new KeyDataViewType(typeof(uint), Math.Max(1, distinct.Length)),
            table.Select(p => (uint)Array.IndexOf(distinct, p.Value) + 1).ToArray(),
            [.. distinct.Select(Items.ToText)]);
    }

    public static ValueMap FromArrays<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue[]>> pairs)
    {
        Check.NotNull(pairs, "keyValuePairs");
        KeyValuePair<TKey, TValue[]>[] table = [.. pairs];
        var type = new VectorDataViewType(Plain<TValue>());
        var keys = table.Select(p => p.Key).ToArray();
        return typeof(TValue) == typeof(string)
            ? Create(keys, type, [.. table.Select(p => Vector((ReadOnlyMemory<char>[])(object)Texts(p.Value)))], null)
            : Create(keys, type, [.. table.Select(p => Vector(p.Value))], null);
    }

    public static ValueMap Read(BinaryReader reader)
    {
        var key = DataKinds.TypeOf((DataKind)reader.ReadByte());
        var value = DataKinds.TypeOf((DataKind)reader.ReadByte());
        var vector = reader.ReadBoolean();
        var keyCount = reader.ReadUInt64();
        var keyValues = reader.ReadBoolean() ? Items.Read<ReadOnlyMemory<char>>(reader).Select(v => v.ToString()).ToArray() : null;
        DataViewType type = vector ? new VectorDataViewType(value) : keyCount > 0 ? new KeyDataViewType(value.RawType, keyCount) : value;
        return vector
            ? Generic.Call<ValueMap>(ReadVectors<int, int>, [key.RawType, value.RawType], key, type, reader)
            : Generic.Call<ValueMap>(ReadValues<int, int>, [key.RawType, value.RawType], key, type, keyValues, reader);
    }

    protected void WriteTypes(BinaryWriter writer)
    {
        var item = DataKinds.ItemType(ValueType);
        writer.Write((byte)DataKinds.KindOf(KeyType).Value);
        writer.Write((byte)DataKinds.KindOf(DataKinds.NumberOf(item.RawType)).Value);
        writer.Write(ValueType is VectorDataViewType);
        writer.Write(item is KeyDataViewType key ? key.Count : 0UL);
        writer.Write(KeyValues is not null);
        if (KeyValues is not null)
            Items.Write<ReadOnlyMemory<char>>(writer, KeyValues.Select(v => v.AsMemory()).ToArray());
    }

    private static ValueMap ReadValues<TKey, TValue>(PrimitiveDataViewType key, DataViewType type, string[] keyValues, BinaryReader reader) =>
        new ValueMap<TKey, TValue>(key, type, keyValues, Items.Read<TKey>(reader), Items.Read<TValue>(reader));

    private static ValueMap ReadVectors<TKey, TItem>(PrimitiveDataViewType key, DataViewType type, BinaryReader reader)
    {
        var keys = Items.Read<TKey>(reader);
        return new VectorMap<TKey, TItem>(key, type, keys, [.. keys.Select(_ => Vector(Items.Read<TItem>(reader)))]);
    }

    private static ValueMap Create<TKey, TValue>(TKey[] keys, DataViewType type, TValue[] values, string[] keyValues)
    {
        var keyType = Plain<TKey>();
        return (Texts(keys), Texts(values)) switch
        {
            (ReadOnlyMemory<char>[] k, ReadOnlyMemory<char>[] v) => new ValueMap<ReadOnlyMemory<char>, ReadOnlyMemory<char>>(keyType, type, keyValues, k, v),
            (ReadOnlyMemory<char>[] k, TValue[] v) => new ValueMap<ReadOnlyMemory<char>, TValue>(keyType, type, keyValues, k, v),
            (TKey[] k, ReadOnlyMemory<char>[] v) => new ValueMap<TKey, ReadOnlyMemory<char>>(keyType, type, keyValues, k, v),
            _ => new ValueMap<TKey, TValue>(keyType, type, keyValues, keys, values),
        };
    }

    private static ValueMap Create<TKey, TItem>(TKey[] keys, DataViewType type, VBuffer<TItem>[] values, string[] keyValues) =>
        Texts(keys) is ReadOnlyMemory<char>[] texts
            ? new VectorMap<ReadOnlyMemory<char>, TItem>(Plain<TKey>(), type, texts, values)
            : new VectorMap<TKey, TItem>(Plain<TKey>(), type, keys, values);

    private static VBuffer<T> Vector<T>(T[] values) => new(values.Length, values);

    /// <summary>Strings as the text items of a view; anything else as it is.</summary>
    private static Array Texts<T>(T[] values) => values is string[] texts ? texts.Select(t => t.AsMemory()).ToArray() : values;

    private static PrimitiveDataViewType Plain<T>() =>
        DataKinds.NumberOf(typeof(T)) ?? throw new InvalidOperationException($"Unsupported type {typeof(T)} used in mapping.");
}

internal class ValueMap<TKey, TValue> : ValueMap
{
    private readonly Dictionary<TKey, TValue> _values;

    public ValueMap(PrimitiveDataViewType keyType, DataViewType valueType, string[] keyValues, TKey[] keys, TValue[] values)
        : base(keyType, valueType, keyValues)
    {
        _values = new Dictionary<TKey, TValue>(keys.Length, Items.Comparer<TKey>());
        for (var i = 0; i < keys.Length; i++)
            Check.That(_values.TryAdd(keys[i], values[i]), $"Duplicate keys in data '{keys[i]}'");
    }

    protected IReadOnlyDictionary<TKey, TValue> Values => _values;

    public override Delegate Getter(DataViewRow row, DataViewSchema.Column input)
    {
        var missing = ValueType is KeyDataViewType ? default : Items.Missing<TValue>();
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
    : ValueMap<TKey, VBuffer<TItem>>(keyType, valueType, null, keys, values)
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
            Items.Write<TItem>(writer, value.GetValues());
    }
}
