using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Which numbers are missing.</summary>
public sealed class MissingValueIndicatorEstimator : TrivialEstimator<MissingValueIndicatorTransformer>
{
    internal MissingValueIndicatorEstimator(InputOutputColumnPair[] columns)
        : base(new MissingValueIndicatorTransformer(ColumnPairs.Checked(columns)))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var added = new List<SchemaShape.Column>();
        foreach (var pair in Transformer.Pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            MissingValues.Require(column);
            added.Add(Shapes.Derive(
                column, pair.OutputColumnName, BooleanDataViewType.Instance, false, Shapes.Keep(column, Annotated.SlotNames).Append(Shapes.Normalized)));
        }
        return inputSchema.With(added);
    }
}

public sealed class MissingValueIndicatorTransformer : OneToOneTransformerBase
{
    private const string Signature = "NaIndicatorTransform";

    internal MissingValueIndicatorTransformer(InputOutputColumnPair[] pairs) => Pairs = pairs;

    internal InputOutputColumnPair[] Pairs { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node => new MissingValueIndicatorTransformer(ColumnPairs.Read(node.Reader)));

    private protected override void SaveModel(ModelSaveContext ctx) => ColumnPairs.Write(ctx.Begin(Signature, this), Pairs);

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => Pairs.Map(inputSchema, (_, name, input) =>
    {
        if (DataKinds.ItemType(input.Type) != NumberDataViewType.Single)
            throw Columns.Mismatch(input.Name, "input", "Single", input.Type.ToString());
        var annotations = Annotated.Keep(input, Annotated.SlotNames);
        annotations.AddNormalized();
        return new MappedColumn(
            name,
            Items.WithItem(input.Type, BooleanDataViewType.Instance),
            annotations.ToAnnotations(),
            [input],
            row => Items.Map<float, bool>(row, input, (_, x) => float.IsNaN(x)));
    });
}
