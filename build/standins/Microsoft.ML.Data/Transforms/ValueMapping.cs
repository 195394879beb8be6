using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    internal ValueMappingEstimator(ValueMap map, InputOutputColumnPair[] pairs)
        : base(new ValueMappingTransformer(pairs, map))
    {
    }

    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var map = Transformer.Map;
        var value = SchemaShape.Create("Value", map.ValueType, map.Annotations);
        var added = new List<SchemaShape.Column>();
        foreach (var pair in Transformer.Pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            var vector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
            if (column.IsKey || !column.ItemType.Equals(map.KeyType) || (vector && map.ValueType is VectorDataViewType))
                throw Columns.Mismatch(column.Name, "input", map.KeyType.ToString(), column.GetTypeString());
            added.Add(new SchemaShape.Column(pair.OutputColumnName, vector ? column.Kind : value.Kind, value.ItemType, value.IsKey, value.Annotations));
        }
        return inputSchema.With(added);
    }
}

public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
{
    internal ValueMappingEstimator(ValueMap map, InputOutputColumnPair[] pairs)
        : base(map, pairs)
    {
    }
}

public class ValueMappingTransformer : OneToOneTransformerBase
{
    private const string Signature = "ValueMappingTransformer";

    internal ValueMappingTransformer(InputOutputColumnPair[] pairs, ValueMap map)
    {
        Pairs = pairs;
        Map = map;
    }

    internal InputOutputColumnPair[] Pairs { get; }

    internal ValueMap Map { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, (node, _) =>
        new ValueMappingTransformer(ColumnPairs.Read(node.Reader), ValueMap.Read(node.Reader)));

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, Pairs);
        Map.Write(writer);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => Pairs.Map(inputSchema, MapColumn);

    private MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        var vector = input.Type is VectorDataViewType;
        if (!Map.KeyType.Equals(DataKinds.ItemType(input.Type)) || (vector && Map.ValueType is VectorDataViewType))
            throw Columns.Mismatch(input.Name, "input", Map.KeyType.ToString(), input.Type.ToString());
        var type = vector ? Items.WithItem(input.Type, (PrimitiveDataViewType)Map.ValueType) : Map.ValueType;
        return new MappedColumn(name, type, Map.Annotations, [input], row => Map.Getter(row, input));
    }
}
