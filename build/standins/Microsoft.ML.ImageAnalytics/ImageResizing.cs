using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageResizingEstimator : TrivialEstimator<ImageResizingTransformer>
{
    internal ImageResizingEstimator(InputOutputColumnPair[] pairs, int width, int height, ResizingKind resizing, Anchor anchor)
        : base(new ImageResizingTransformer(pairs, new ImageDataViewType(height, width), resizing, anchor))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(Transformer.Pairs.Select(pair =>
    {
        var column = Columns.Find(inputSchema, pair.InputColumnName);
        if (column.ItemType is not ImageDataViewType || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw Columns.Mismatch(pair.InputColumnName, "input", new ImageDataViewType().ToString(), column.GetTypeString());
        return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Scalar, Transformer.Size, false);
    }));

    public enum ResizingKind : byte
    {
        IsoPad = 0,
        IsoCrop = 1,
        Fill = 2,
    }

    public enum Anchor : byte
    {
        Right = 0,
        Left = 1,
        Top = 2,
        Bottom = 3,
        Center = 4,
    }
}

/// <summary>Makes pictures of one size: stretched, or scaled alike in both directions and cropped or padded with black.</summary>
public sealed class ImageResizingTransformer : OneToOneTransformerBase
{
    private const string Signature = "ImageScalerTransform";
    private readonly ImageResizingEstimator.ResizingKind _kind;
    private readonly ImageResizingEstimator.Anchor _anchor;

    internal ImageResizingTransformer(InputOutputColumnPair[] pairs, ImageDataViewType size, ImageResizingEstimator.ResizingKind kind, ImageResizingEstimator.Anchor anchor)
    {
        Pairs = pairs;
        Size = size;
        _kind = kind;
        _anchor = anchor;
    }

    internal InputOutputColumnPair[] Pairs { get; }

    internal ImageDataViewType Size { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node => new ImageResizingTransformer(
        ColumnPairs.Read(node.Reader),
        new ImageDataViewType(node.Reader.ReadInt32(), node.Reader.ReadInt32()),
        (ImageResizingEstimator.ResizingKind)node.Reader.ReadByte(),
        (ImageResizingEstimator.Anchor)node.Reader.ReadByte()));

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, Pairs);
        writer.Write(Size.Height);
        writer.Write(Size.Width);
        writer.Write((byte)_kind);
        writer.Write((byte)_anchor);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => Pairs.Map(inputSchema, (_, name, input) =>
        input.Type is ImageDataViewType
            ? ImageGetter.Column(name, Size, input, row => Resizer(row, input))
            : throw Columns.Mismatch(input.Name, "input", "image", input.Type.ToString()));

    private Func<MLImage> Resizer(DataViewRow row, DataViewSchema.Column input)
    {
        var get = row.GetGetter<MLImage>(input);
        MLImage source = null;
        return () =>
        {
            get(ref source);
            if (source is null)
                return null;
            var resized = Resize(source);
            resized.Tag = source.Tag;
            return resized;
        };
    }

    private MLImage Resize(MLImage source)
    {
        var target = Target(source.Width, source.Height);
        var pixels = Resampling.Draw(source.Pixels, source.Width, source.Height, target, Size.Width, Size.Height, smooth: _kind != ImageResizingEstimator.ResizingKind.Fill);
        return MLImage.CreateFromPixels(Size.Width, Size.Height, source.PixelFormat, pixels);
    }

    /// <summary>Where the whole source lies in the result, in pixels of the result; it may stick out, or not fill it.</summary>
    private Area Target(int width, int height)
    {
        if (_kind == ImageResizingEstimator.ResizingKind.Fill)
            return new Area(0, 0, Size.Width, Size.Height);
        var (across, down) = ((float)Size.Width / width, (float)Size.Height / height);
        var crop = _kind == ImageResizingEstimator.ResizingKind.IsoCrop;
        var scale = crop ? Math.Max(across, down) : Math.Min(across, down);
        var (roomX, roomY) = (Size.Width - width * scale, Size.Height - height * scale);
        var x = down < across ^ crop ? (int)(roomX * ShareBefore(ImageResizingEstimator.Anchor.Left, ImageResizingEstimator.Anchor.Right, crop)) : 0;
        var y = down < across ^ crop ? 0 : (int)(roomY * ShareBefore(ImageResizingEstimator.Anchor.Top, ImageResizingEstimator.Anchor.Bottom, crop));
        return new Area(x, y, (int)(width * scale), (int)(height * scale));
    }

    // Padding is always equal on both sides.
    private float ShareBefore(ImageResizingEstimator.Anchor first, ImageResizingEstimator.Anchor last, bool crop) =>
        !crop ? 0.5f : _anchor == first ? 0 : _anchor == last ? 1 : 0.5f;
}
