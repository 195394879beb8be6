using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(InputOutputColumnPair[] columns)
        : base(new KeyToValueMappingTransformer(ColumnPairs.Checked(columns)))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var added = new List<SchemaShape.Column>();
        foreach (var pair in Transformer.Pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            if (!column.IsKey)
                throw Columns.Mismatch(column.Name, "input", "key type", column.GetTypeString());
            if (!column.Annotations.TryFindColumn(Annotated.KeyValues, out var values))
                throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Input column '{column.Name}' doesn't contain key values metadata");
            added.Add(Shapes.Derive(column, pair.OutputColumnName, values.ItemType, values.IsKey, Shapes.Keep(column, Annotated.SlotNames)));
        }
        return inputSchema.With(added);
    }
}

public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    private const string Signature = "KeyToValueTransform";

    internal KeyToValueMappingTransformer(InputOutputColumnPair[] pairs) => Pairs = pairs;

    internal InputOutputColumnPair[] Pairs { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node => new KeyToValueMappingTransformer(ColumnPairs.Read(node.Reader)));

    private protected override void SaveModel(ModelSaveContext ctx) => ColumnPairs.Write(ctx.Begin(Signature, this), Pairs);

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => Pairs.Map(inputSchema, MapColumn);

    private static MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        if (DataKinds.ItemType(input.Type) is not KeyDataViewType key)
            throw Columns.Mismatch(input.Name, "input", "key type", input.Type.ToString());
        if (input.Annotations.Schema.GetColumnOrNull(Annotated.KeyValues)?.Type is not VectorDataViewType values)
            throw new ArgumentOutOfRangeException("inputSchema", $"Input column '{input.Name}' doesn't contain key values metadata");
        return new MappedColumn(
            name,
            Items.WithItem(input.Type, values.ItemType),
            Annotated.Keep(input, Annotated.SlotNames).ToAnnotations(),
            [input],
            row => Generic.Call<Delegate>(Getter<uint, int>, [key.RawType, values.ItemType.RawType], row, input));
    }

    private static Delegate Getter<TKey, TValue>(DataViewRow row, DataViewSchema.Column input)
        where TKey : struct, IConvertible
    {
        VBuffer<TValue> buffer = default;
        input.Annotations.GetValue(Annotated.KeyValues, ref buffer);
        TValue[] values = [.. buffer.DenseValues()];
        var missing = Items.Missing<TValue>();
        return Items.Map<TKey, TValue>(row, input, (_, key) =>
        {
            var raw = key.ToUInt64(null);
            return raw == 0 || raw > (ulong)values.Length ? missing : values[raw - 1];
        });
    }
}
