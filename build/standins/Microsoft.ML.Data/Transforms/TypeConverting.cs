using System.Globalization;
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
            if (!TypeConvertingTransformer.CanConvert(column.ItemType, column.IsKey, Transformer.Item))
                throw Columns.Mismatch(column.Name, "input", $"a type that converts to {Transformer.Item}", column.GetTypeString());
            added.Add(Shapes.Derive(column, pair.OutputColumnName, Transformer.Item, false, Shapes.Keep(column, Annotated.SlotNames)));
        }
        return inputSchema.With(added);
    }
}

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    private const string Signature = "ConvertTransform";
    private readonly DataKind _kind;

    internal TypeConvertingTransformer(InputOutputColumnPair[] pairs, DataKind kind)
    {
        Pairs = pairs;
        _kind = kind;
        Item = DataKinds.TypeOf(kind);
    }

    internal InputOutputColumnPair[] Pairs { get; }

    internal PrimitiveDataViewType Item { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, (node, _) =>
        new TypeConvertingTransformer(ColumnPairs.Read(node.Reader), (DataKind)node.Reader.ReadByte()));

    internal static bool CanConvert(DataViewType from, bool isKey, DataViewType to) =>
        from.Equals(to) || (from is PrimitiveDataViewType && !(isKey && to is not NumberDataViewType)
            && from is NumberDataViewType or BooleanDataViewType or TextDataViewType
            && to is NumberDataViewType or BooleanDataViewType or TextDataViewType);

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
        var plain = item is KeyDataViewType ? DataKinds.NumberOf(item.RawType) : item;
        if (plain is null || !CanConvert(plain, item is KeyDataViewType, Item))
            throw Columns.Mismatch(input.Name, "input", $"a type that converts to {Item}", input.Type.ToString());
        return new MappedColumn(
            name,
            Items.WithItem(input.Type, Item),
            Annotated.Keep(input, Annotated.SlotNames).ToAnnotations(),
            [input],
            row => Generic.Call<Delegate>(Getter<int, int>, [item.RawType, Item.RawType], row, input));
    }

    private static Delegate Getter<TIn, TOut>(DataViewRow row, DataViewSchema.Column input)
    {
        var convert = Converter<TIn, TOut>();
        return Items.Map<TIn, TOut>(row, input, (_, value) => convert(value));
    }

    private static Func<TIn, TOut> Converter<TIn, TOut>()
    {
        if (typeof(TIn) == typeof(TOut))
            return value => (TOut)(object)value;
        if (typeof(TOut) == typeof(ReadOnlyMemory<char>))
            return value => (TOut)(object)(value is bool flag ? (flag ? "True" : "False") : Items.IsMissing(value) ? "" : Items.ToText(value)).AsMemory();
        if (typeof(TIn) == typeof(ReadOnlyMemory<char>))
            return text => FromText<TOut>(((ReadOnlyMemory<char>)(object)text).Span.Trim());
        if (typeof(TOut) == typeof(bool))
            return value => (TOut)(object)(Convert.ToDouble(value, CultureInfo.InvariantCulture) > 0);
        if (typeof(TIn) == typeof(bool))
        {
            var one = (TOut)Convert.ChangeType(1, typeof(TOut), CultureInfo.InvariantCulture);
            return value => (bool)(object)value ? one : default;
        }
        return Generic.Call<Func<TIn, TOut>>(Number<int, int>, [typeof(TIn), typeof(TOut)]);
    }

    // Out of range becomes the nearest value that fits.
    private static Func<TIn, TOut> Number<TIn, TOut>()
        where TIn : INumberBase<TIn>
        where TOut : INumberBase<TOut> => TOut.CreateSaturating;

    private static T FromText<T>(ReadOnlySpan<char> text)
    {
        if (typeof(T) == typeof(bool))
            return (T)(object)(bool.TryParse(text, out var flag) ? flag : text is "1");
        if (text.IsEmpty || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real))
                return Items.Missing<T>();
            return typeof(T) == typeof(float) ? (T)(object)(float)real : typeof(T) == typeof(double) ? (T)(object)real : default;
        }
        try
        {
            return (T)Convert.ChangeType(number, typeof(T), CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return default;
        }
    }
}
