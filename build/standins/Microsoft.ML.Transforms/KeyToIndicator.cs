using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Keys to vectors with a one at the key; a vector of keys to the vectors end to end, or ("bag") to their sum.</summary>
internal sealed class KeyToIndicatorTransformer(InputOutputColumnPair[] pairs, bool bag) : OneToOneTransformerBase
{
    private const string Signature = "KeyToVectorTransform";

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, (node, _) =>
        new KeyToIndicatorTransformer(ColumnPairs.Read(node.Reader), node.Reader.ReadBoolean()));

    internal SchemaShape GetOutputShape(SchemaShape inputSchema)
    {
        var added = new List<SchemaShape.Column>();
        foreach (var pair in pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            var scalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
            var annotations = new List<SchemaShape.Column>();
            if (column.Annotations.TryFindColumn(Annotated.KeyValues, out var values) && values.ItemType is TextDataViewType)
                annotations.Add(Shapes.Texts(Annotated.SlotNames));
            if (scalar || !bag)
                annotations.Add(Shapes.Normalized);
            added.Add(new SchemaShape.Column(
                pair.OutputColumnName,
                scalar || bag ? SchemaShape.Column.VectorKind.Vector : column.Kind,
                NumberDataViewType.Single,
                false,
                new SchemaShape(annotations)));
        }
        return inputSchema.With(added);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, pairs);
        writer.Write(bag);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => pairs.Map(inputSchema, MapColumn);

    private MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        if (DataKinds.ItemType(input.Type) is not KeyDataViewType key || key.RawType != typeof(uint) || key.Count > int.MaxValue)
            throw Columns.Mismatch(input.Name, "input", "Key<UInt32>", input.Type.ToString());
        var count = (int)key.Count;
        var slots = Items.SlotCount(input.Type);
        var sum = bag || slots == 1;
        var annotations = new DataViewSchema.Annotations.Builder();
        if (Annotated.Texts(input, Annotated.KeyValues, count) is { } values && (sum || slots > 0))
            annotations.AddVector(Annotated.SlotNames, TextDataViewType.Instance, sum ? values : SlotNames(input, slots, values));
        if (!bag || slots == 1)
            annotations.AddNormalized();
        var type = sum ? new VectorDataViewType(NumberDataViewType.Single, count) : new VectorDataViewType(NumberDataViewType.Single, slots, count);
        return new MappedColumn(
            name,
            type,
            annotations.ToAnnotations(),
            [input],
            row => input.Type is VectorDataViewType ? ManyGetter(row, input, count) : OneGetter(row, input, count));
    }

    private static ReadOnlyMemory<char>[] SlotNames(DataViewSchema.Column input, int slots, ReadOnlyMemory<char>[] values)
    {
        var names = Annotated.Texts(input, Annotated.SlotNames, slots);
        return [.. Enumerable.Range(0, slots).SelectMany(s => values.Select(v => $"{(names is null || names[s].IsEmpty ? $"[{s}]" : names[s])}.{v}".AsMemory()))];
    }

    private static Delegate OneGetter(DataViewRow row, DataViewSchema.Column input, int count)
    {
        var get = row.GetGetter<uint>(input);
        uint key = 0;
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> result) =>
        {
            get(ref key);
            var hit = key > 0 && key <= count;
            var editor = VBufferEditor.Create(ref result, count, hit ? 1 : 0);
            if (hit)
            {
                editor.Values[0] = 1;
                // A vector of one slot is full, not sparse, and has no indices.
                if (count > 1)
                    editor.Indices[0] = (int)key - 1;
            }
            result = editor.Commit();
        });
    }

    private Delegate ManyGetter(DataViewRow row, DataViewSchema.Column input, int count)
    {
        var get = row.GetGetter<VBuffer<uint>>(input);
        VBuffer<uint> keys = default;
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> result) =>
        {
            get(ref keys);
            var editor = VBufferEditor.Create(ref result, bag ? count : checked(keys.Length * count));
            editor.Values.Clear();
            foreach (var (slot, key) in keys.Items())
                if (key > 0 && key <= count)
                    editor.Values[(bag ? 0 : slot * count) + (int)key - 1]++;
            result = editor.Commit();
        });
    }
}
