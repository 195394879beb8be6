using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Keys to vectors with a one at the key.</summary>
internal sealed class KeyToIndicatorTransformer(InputOutputColumnPair[] pairs) : OneToOneTransformerBase
{
    private const string Signature = "KeyToVectorTransform";

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node => new KeyToIndicatorTransformer(ColumnPairs.Read(node.Reader)));

    internal SchemaShape GetOutputShape(SchemaShape inputSchema)
    {
        var added = new List<SchemaShape.Column>();
        foreach (var pair in pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            Check.Supported(column.Kind == SchemaShape.Column.VectorKind.Scalar, "indicators of a vector of keys");
            SchemaShape.Column[] annotations = column.Annotations.TryFindColumn(Annotated.KeyValues, out _) ? [Shapes.Texts(Annotated.SlotNames), Shapes.Normalized] : [Shapes.Normalized];
            added.Add(new SchemaShape.Column(pair.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, new SchemaShape(annotations)));
        }
        return inputSchema.With(added);
    }

    private protected override void SaveModel(ModelSaveContext ctx) => ColumnPairs.Write(ctx.Begin(Signature, this), pairs);

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => pairs.Map(inputSchema, (_, name, input) =>
    {
        if (input.Type is not KeyDataViewType key || key.RawType != typeof(uint) || key.Count > int.MaxValue)
            throw Columns.Mismatch(input.Name, "input", "Key<UInt32>", input.Type.ToString());
        var count = (int)key.Count;
        var annotations = new DataViewSchema.Annotations.Builder();
        if (Annotated.Texts(input, Annotated.KeyValues, count) is { } values)
            annotations.AddVector(Annotated.SlotNames, TextDataViewType.Instance, values);
        annotations.AddNormalized();
        return new MappedColumn(name, new VectorDataViewType(NumberDataViewType.Single, count), annotations.ToAnnotations(), [input], row => Getter(row, input, count));
    });

    private static Delegate Getter(DataViewRow row, DataViewSchema.Column input, int count)
    {
        var get = row.GetGetter<uint>(input);
        uint key = 0;
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> result) =>
        {
            get(ref key);
            var editor = VBufferEditor.Create(ref result, count);
            editor.Values.Clear();
            if (key > 0 && key <= count)
                editor.Values[(int)key - 1] = 1;
            result = editor.Commit();
        });
    }
}
