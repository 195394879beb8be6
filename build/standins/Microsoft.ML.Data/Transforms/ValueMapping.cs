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
        var added = new List<SchemaShape.Column>();
        foreach (var pair in Transformer.Pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.IsKey || !column.ItemType.Equals(map.KeyType))
                throw Columns.Mismatch(column.Name, "input", map.KeyType.ToString(), column.GetTypeString());
            added.Add(SchemaShape.Create(pair.OutputColumnName, map.ValueType, null));
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

/// <summary>Single values to what a table gives for them.</summary>
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
    internal static void Register() => ModelLoaders.Register(Signature, node =>
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
        if (!Map.KeyType.Equals(input.Type))
            throw Columns.Mismatch(input.Name, "input", Map.KeyType.ToString(), input.Type.ToString());
        return new MappedColumn(name, Map.ValueType, DataViewSchema.Annotations.Empty, [input], row => Map.Getter(row, input));
    }
}
