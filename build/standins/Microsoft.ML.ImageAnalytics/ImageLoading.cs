using System.Runtime.CompilerServices;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
{
    internal ImageLoadingEstimator(string imageFolder, InputOutputColumnPair[] pairs)
        : base(new ImageLoadingTransformer(imageFolder, pairs))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(Transformer.Pairs.Select(pair =>
    {
        var column = Columns.Find(inputSchema, pair.InputColumnName);
        if (column.ItemType is not TextDataViewType || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw Columns.Mismatch(pair.InputColumnName, "input", TextDataViewType.Instance.ToString(), column.GetTypeString());
        return new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Scalar, new ImageDataViewType(), false);
    }));
}

/// <summary>Reads pictures from the files that a text column names; an empty name gives no picture (null).</summary>
public sealed class ImageLoadingTransformer : OneToOneTransformerBase
{
    private const string Signature = "ImageLoaderTransform";

    private readonly string _imageFolder;

    internal ImageLoadingTransformer(string imageFolder, InputOutputColumnPair[] pairs)
    {
        _imageFolder = imageFolder;
        Pairs = pairs;
    }

    internal InputOutputColumnPair[] Pairs { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node =>
    {
        var folder = node.Reader.ReadString();
        return new ImageLoadingTransformer(folder.Length == 0 ? null : folder, ColumnPairs.Read(node.Reader));
    });

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        writer.Write(_imageFolder ?? "");
        ColumnPairs.Write(writer, Pairs);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => Pairs.Map(inputSchema, (_, name, input) =>
        input.Type is TextDataViewType
            ? ImageGetter.Column(name, new ImageDataViewType(), input, row => Loader(row, input))
            : throw Columns.Mismatch(input.Name, "input", TextDataViewType.Instance.ToString(), input.Type.ToString()));

    private Func<MLImage> Loader(DataViewRow row, DataViewSchema.Column input)
    {
        var get = row.GetGetter<ReadOnlyMemory<char>>(input);
        ReadOnlyMemory<char> name = default;
        return () =>
        {
            get(ref name);
            if (name.IsEmpty)
                return null;
            var path = string.IsNullOrWhiteSpace(_imageFolder) ? name.ToString() : Path.Combine(_imageFolder, name.ToString());
            var image = MLImage.CreateFromFile(path);
            image.Tag = path;
            return image;
        };
    }
}
