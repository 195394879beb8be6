using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(string outputColumnName, string inputColumnName)
        : base(new ColumnCopyingTransformer(ColumnPairs.One(outputColumnName, inputColumnName)))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        inputSchema.With(Transformer.Pairs.Select(p => Columns.Find(inputSchema, p.InputColumnName).Renamed(p.OutputColumnName)));
}

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    private const string Signature = "CopyTransform";

    internal ColumnCopyingTransformer(InputOutputColumnPair[] pairs) => Pairs = pairs;

    internal InputOutputColumnPair[] Pairs { get; }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node => new ColumnCopyingTransformer(ColumnPairs.Read(node.Reader)));

    private protected override void SaveModel(ModelSaveContext ctx) => ColumnPairs.Write(ctx.Begin(Signature, this), Pairs);

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) =>
        Pairs.Map(inputSchema, (_, name, input) => MappedColumn.Copy(name, input));
}
