using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(InputOutputColumnPair[] columns, DataKind outputKind)
        : base(new TypeConvertingTransformer(ColumnPairs.Checked(columns), outputKind))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var added = new List<SchemaShape.Column>();
        foreach (var pair in Transformer.Pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            Check.Supported(!column.IsKey && TypeConvertingTransformer.CanConvert(column.ItemType), $"to convert column '{column.Name}' of {column.GetTypeString()} items");
            added.Add(Shapes.Derive(column, pair.OutputColumnName, Transformer.Item, false, Shapes.Keep(column, Annotated.SlotNames)));
        }
        return inputSchema.With(added);
    }
}

/// <summary>Turns numbers and truth values into numbers.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    private const string Signature = "ConvertTransform";
    private readonly DataKind _kind;

    internal TypeConvertingTransformer(InputOutputColumnPair[] pairs, DataKind kind)
    {
        Pairs = pairs;
        _kind = kind;
        Item = DataKinds.TypeOf(kind);
        Check.Supported(Item is NumberDataViewType, $"to convert to {kind}");
    }

    internal InputOutputColumnPair[] Pairs { get; }

    internal PrimitiveDataViewType Item { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node =>
        new TypeConvertingTransformer(ColumnPairs.Read(node.Reader), (DataKind)node.Reader.ReadByte()));

    internal static bool CanConvert(DataViewType from) => from is NumberDataViewType or BooleanDataViewType;

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, Pairs);
        writer.Write((byte)_kind);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => Pairs.Map(inputSchema, MapColumn);

    private MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        var item = DataKinds.ItemType(input.Type);
        Check.Supported(CanConvert(item), $"to convert column '{input.Name}' of {input.Type} items");
        return new MappedColumn(
            name,
            Items.WithItem(input.Type, Item),
            Annotated.Keep(input, Annotated.SlotNames).ToAnnotations(),
            [input],
            row => item is BooleanDataViewType
                ? Generic.Call<Delegate>(FromBoolean<int>, [Item.RawType], row, input)
                : Generic.Call<Delegate>(FromNumber<int, int>, [item.RawType, Item.RawType], row, input));
    }

    private static Delegate FromBoolean<T>(DataViewRow row, DataViewSchema.Column input)
        where T : INumberBase<T> => Items.Map<bool, T>(row, input, (_, value) => value ? T.One : T.Zero);

    // Out of range becomes the nearest value that fits.
    private static Delegate FromNumber<TIn, TOut>(DataViewRow row, DataViewSchema.Column input)
        where TIn : INumberBase<TIn>
        where TOut : INumberBase<TOut> => Items.Map<TIn, TOut>(row, input, (_, value) => TOut.CreateSaturating(value));
}
