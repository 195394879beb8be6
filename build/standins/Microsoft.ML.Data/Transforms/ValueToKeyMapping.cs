using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly InputOutputColumnPair[] _pairs;
    private readonly int _maximumNumberOfKeys;
    private readonly bool _asText;

    internal ValueToKeyMappingEstimator(InputOutputColumnPair[] columns, int maximumNumberOfKeys, bool addKeyValueAnnotationsAsText, IDataView keyData)
    {
        Check.Param(maximumNumberOfKeys > 0, nameof(maximumNumberOfKeys), "Must be positive");
        Check.Supported(keyData is null, "keys from other data than the fitted");
        _pairs = ColumnPairs.Checked(columns);
        _maximumNumberOfKeys = maximumNumberOfKeys;
        _asText = addKeyValueAnnotationsAsText;
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        _ = GetOutputSchema(SchemaShape.Create(input.Schema));
        return new ValueToKeyMappingTransformer(_pairs, [.. _pairs.Select(p => Learn(input, input.Schema[p.InputColumnName]))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var added = new List<SchemaShape.Column>();
        foreach (var pair in _pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            if (column.IsKey || column.ItemType is not PrimitiveDataViewType || DataKinds.KindOf(column.ItemType) is null)
                throw Columns.Mismatch(column.Name, "input", "a text, number or boolean value", column.GetTypeString());
            var values = new SchemaShape.Column(
                Annotated.KeyValues, SchemaShape.Column.VectorKind.Vector, _asText ? TextDataViewType.Instance : column.ItemType, false);
            added.Add(Shapes.Derive(column, pair.OutputColumnName, NumberDataViewType.UInt32, true, Shapes.Keep(column, Annotated.SlotNames).Append(values)));
        }
        return inputSchema.With(added);
    }

    private KeyMap Learn(IDataView input, DataViewSchema.Column column)
    {
        var item = DataKinds.ItemType(column.Type);
        return Generic.Call<KeyMap>(Learn<int>, [item.RawType], input, column, item);
    }

    private KeyMap<T> Learn<T>(IDataView data, DataViewSchema.Column source, PrimitiveDataViewType item)
    {
        var seen = new HashSet<T>(Items.Comparer<T>());
        var values = new List<T>();
        Items.ForEach<T>(data, source, (_, value) =>
        {
            if (values.Count < _maximumNumberOfKeys && !Items.IsMissing(value) && !seen.Contains(value))
            {
                // The memory behind a text may be reused for the next row.
                var kept = value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;
                seen.Add(kept);
                values.Add(kept);
            }
        });
        return new KeyMap<T>(item, [.. values], _asText);
    }
}

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    private const string Signature = "TermTransform";
    private readonly InputOutputColumnPair[] _pairs;
    private readonly KeyMap[] _maps;

    internal ValueToKeyMappingTransformer(InputOutputColumnPair[] pairs, KeyMap[] maps)
    {
        _pairs = pairs;
        _maps = maps;
    }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node =>
    {
        var pairs = ColumnPairs.Read(node.Reader);
        return new ValueToKeyMappingTransformer(pairs, [.. pairs.Select(_ => KeyMap.Read(node.Reader))]);
    });

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, _pairs);
        foreach (var map in _maps)
            map.Write(writer);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => _pairs.Map(inputSchema, MapColumn);

    private MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        var map = _maps[index];
        if (!map.Item.Equals(DataKinds.ItemType(input.Type)))
            throw Columns.Mismatch(input.Name, "input", map.Item.ToString(), input.Type.ToString());
        var annotations = Annotated.Keep(input, Annotated.SlotNames);
        map.AddKeyValues(annotations);
        var type = Items.WithItem(input.Type, new KeyDataViewType(typeof(uint), Math.Max(1, map.Count)));
        return new MappedColumn(name, type, annotations.ToAnnotations(), [input], row => map.Getter(row, input));
    }
}

/// <summary>The values of one column, in the order of their keys.</summary>
internal abstract class KeyMap(PrimitiveDataViewType item)
{
    public PrimitiveDataViewType Item { get; } = item;

    public abstract int Count { get; }

    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations);

    public abstract Delegate Getter(DataViewRow row, DataViewSchema.Column input);

    public abstract void Write(BinaryWriter writer);

    public static KeyMap Read(BinaryReader reader)
    {
        var item = DataKinds.TypeOf((DataKind)reader.ReadByte());
        return Generic.Call<KeyMap>(Read<int>, [item.RawType], item, reader);
    }

    private static KeyMap<T> Read<T>(PrimitiveDataViewType item, BinaryReader reader)
    {
        var asText = reader.ReadBoolean();
        return new KeyMap<T>(item, Items.Read<T>(reader), asText);
    }
}

internal sealed class KeyMap<T> : KeyMap
{
    private readonly T[] _values;
    private readonly bool _asText;
    private readonly Dictionary<T, uint> _keys = new(Items.Comparer<T>());

    public KeyMap(PrimitiveDataViewType item, T[] values, bool asText)
        : base(item)
    {
        _values = values;
        _asText = asText;
        for (var i = 0; i < values.Length; i++)
            _keys[values[i]] = (uint)i + 1;
    }

    public override int Count => _values.Length;

    public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations)
    {
        if (_values.Length == 0)
            return;
        if (_asText)
            annotations.AddVector(Annotated.KeyValues, TextDataViewType.Instance, _values.Select(v => Items.ToText(v).AsMemory()).ToArray());
        else
            annotations.AddVector(Annotated.KeyValues, Item, _values);
    }

    public override Delegate Getter(DataViewRow row, DataViewSchema.Column input) =>
        Items.Map<T, uint>(row, input, (_, value) => _keys.GetValueOrDefault(value));

    public override void Write(BinaryWriter writer)
    {
        writer.Write((byte)DataKinds.KindOf(Item).Value);
        writer.Write(_asText);
        Items.Write<T>(writer, _values);
    }
}
