using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImagePixelExtractingEstimator : TrivialEstimator<ImagePixelExtractingTransformer>
{
    internal ImagePixelExtractingEstimator(InputOutputColumnPair[] pairs, PixelLayout layout)
        : base(new ImagePixelExtractingTransformer(pairs, layout))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(Transformer.Pairs.Select(pair =>
    {
        var column = Columns.Find(inputSchema, pair.InputColumnName);
        if (column.ItemType is not ImageDataViewType || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw Columns.Mismatch(pair.InputColumnName, "input", new ImageDataViewType().ToString(), column.GetTypeString());
        return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Vector, Transformer.Layout.Item, false);
    }));

    [Flags]
    public enum ColorBits : byte
    {
        Alpha = 1,
        Red = 2,
        Green = 4,
        Blue = 8,
        Rgb = 14,
    }

    public enum ColorsOrder : byte
    {
        ARGB = 1,
        ABGR = 4,
    }
}

/// <summary>Which colours go where in the vector, and as what.</summary>
internal sealed record PixelLayout(
    ImagePixelExtractingEstimator.ColorBits Colours,
    ImagePixelExtractingEstimator.ColorsOrder Order,
    bool Interleaved,
    float Offset,
    float Scale,
    bool AsFloat)
{
    public PrimitiveDataViewType Item => AsFloat ? NumberDataViewType.Single : NumberDataViewType.Byte;

    /// <summary>The wanted colours in their order, as offsets in a pixel of the given format.</summary>
    public int[] Offsets(MLPixelFormat format)
    {
        var bytes = format == MLPixelFormat.Bgra32 ? "BGRA" : "RGBA";
        return [.. Order.ToString().Where(Wanted).Select(c => bytes.IndexOf(c))];
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Colours);
        writer.Write((byte)Order);
        writer.Write(Interleaved);
        writer.Write(Offset);
        writer.Write(Scale);
        writer.Write(AsFloat);
    }

    public static PixelLayout Read(BinaryReader reader) => new(
        (ImagePixelExtractingEstimator.ColorBits)reader.ReadByte(),
        (ImagePixelExtractingEstimator.ColorsOrder)reader.ReadByte(),
        reader.ReadBoolean(),
        reader.ReadSingle(),
        reader.ReadSingle(),
        reader.ReadBoolean());

    private bool Wanted(char colour) => Colours.HasFlag(colour switch
    {
        'A' => ImagePixelExtractingEstimator.ColorBits.Alpha,
        'R' => ImagePixelExtractingEstimator.ColorBits.Red,
        'G' => ImagePixelExtractingEstimator.ColorBits.Green,
        _ => ImagePixelExtractingEstimator.ColorBits.Blue,
    });
}

/// <summary>Turns pictures of a known size into vectors, colour plane by colour plane [C, H, W] or pixel by pixel [H, W, C].</summary>
public sealed class ImagePixelExtractingTransformer : OneToOneTransformerBase
{
    private const string Signature = "ImagePixelExtractor";

    internal ImagePixelExtractingTransformer(InputOutputColumnPair[] pairs, PixelLayout layout)
    {
        Check.Param(layout.Offsets(MLPixelFormat.Bgra32).Length > 0, "colorsToExtract", "Need to use at least one color plane");
        Check.Param(float.IsFinite(layout.Offset), "offsetImage", "Must be finite");
        Check.Param(float.IsFinite(layout.Scale) && layout.Scale != 0, "scaleImage", "Must be finite and not zero");
        Pairs = pairs;
        Layout = layout;
    }

    internal InputOutputColumnPair[] Pairs { get; }

    internal PixelLayout Layout { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node => new ImagePixelExtractingTransformer(ColumnPairs.Read(node.Reader), PixelLayout.Read(node.Reader)));

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, Pairs);
        Layout.Write(writer);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => Pairs.Map(inputSchema, (_, name, input) =>
    {
        if (input.Type is not ImageDataViewType size)
            throw Columns.Mismatch(input.Name, "input", "image", input.Type.ToString());
        if (size.Height == 0)
            throw Columns.Mismatch(input.Name, "input", "known-size image", "unknown-size image");
        var planes = Layout.Offsets(MLPixelFormat.Bgra32).Length;
        var type = Layout.Interleaved
            ? new VectorDataViewType(Layout.Item, size.Height, size.Width, planes)
            : new VectorDataViewType(Layout.Item, planes, size.Height, size.Width);
        return new MappedColumn(name, type, null, [input], row => Layout.AsFloat
            ? Extractor(row, input, type.Size, value => (value - Layout.Offset) * Layout.Scale)
            : Extractor(row, input, type.Size, value => value));
    });

    private Delegate Extractor<T>(DataViewRow row, DataViewSchema.Column input, int length, Func<byte, T> convert)
    {
        var get = row.GetGetter<MLImage>(input);
        var size = (ImageDataViewType)input.Type;
        MLImage image = null;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> result) =>
        {
            get(ref image);
            var editor = VBufferEditor.Create(ref result, length);
            if (image is null)
                editor.Values.Clear();
            else
                Extract(image, editor.Values);
            result = editor.Commit();
        });

        void Extract(MLImage source, Span<T> values)
        {
            Check.That(source.Height == size.Height && source.Width == size.Width, $"Image dimensions are {source.Height} x {source.Width} in column '{input.Name}' of {size}");
            var offsets = Layout.Offsets(source.PixelFormat);
            var pixels = source.Pixels;
            var count = pixels.Length / 4;
            for (var c = 0; c < offsets.Length; c++)
                for (var i = 0; i < count; i++)
                    values[Layout.Interleaved ? i * offsets.Length + c : c * count + i] = convert(pixels[i * 4 + offsets[c]]);
        }
    }
}
