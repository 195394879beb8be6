using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The mean of a slot in place of what is missing there.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly InputOutputColumnPair[] _pairs;

    internal MissingValueReplacingEstimator(InputOutputColumnPair[] columns) => _pairs = ColumnPairs.Checked(columns);

    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        _ = GetOutputSchema(SchemaShape.Create(input.Schema));
        return new MissingValueReplacingTransformer(_pairs, [.. _pairs.Select(p => Learn(input, input.Schema[p.InputColumnName]))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var added = new List<SchemaShape.Column>();
        foreach (var pair in _pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            MissingValues.Require(column);
            added.Add(Shapes.Derive(column, pair.OutputColumnName, column.ItemType, false, Shapes.Keep(column, Annotated.SlotNames, Annotated.IsNormalized)));
        }
        return inputSchema.With(added);
    }

    /// <summary>The mean of each slot.</summary>
    private static float[] Learn(IDataView input, DataViewSchema.Column column)
    {
        var slots = Items.SlotCount(column.Type);
        Check.Param(slots > 0, "inputSchema", $"Column '{column.Name}' has no known size: it cannot be imputed by slot");
        var counts = new long[slots];
        var means = new double[slots];
        Items.ForEach<float>(input, column, (slot, value) =>
        {
            if (!float.IsNaN(value))
                means[slot] += (value - means[slot]) / ++counts[slot];
        });
        return [.. means.Select(mean => (float)mean)];
    }
}

public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    private const string Signature = "NAReplaceTransform";
    private readonly InputOutputColumnPair[] _pairs;
    private readonly float[][] _replacements;

    internal MissingValueReplacingTransformer(InputOutputColumnPair[] pairs, float[][] replacements)
    {
        _pairs = pairs;
        _replacements = replacements;
    }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node =>
    {
        var pairs = ColumnPairs.Read(node.Reader);
        return new MissingValueReplacingTransformer(pairs, [.. pairs.Select(_ => Items.Read<float>(node.Reader))]);
    });

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, _pairs);
        foreach (var replacement in _replacements)
            Items.Write<float>(writer, replacement);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => _pairs.Map(inputSchema, MapColumn);

    private MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        var values = _replacements[index];
        if (DataKinds.ItemType(input.Type) != NumberDataViewType.Single || Items.SlotCount(input.Type) != values.Length)
            throw Columns.Mismatch(input.Name, "input", values.Length > 1 ? $"Vector<Single, {values.Length}>" : "Single", input.Type.ToString());
        return new MappedColumn(
            name,
            input.Type,
            Annotated.Keep(input, Annotated.SlotNames, Annotated.IsNormalized).ToAnnotations(),
            [input],
            row => Items.Map<float, float>(row, input, (i, x) => float.IsNaN(x) ? values[i] : x));
    }
}

internal static class MissingValues
{
    public static void Require(SchemaShape.Column column)
    {
        if (column.IsKey || column.ItemType != NumberDataViewType.Single)
            throw Columns.Mismatch(column.Name, "input", "a scalar or vector of Single", column.GetTypeString());
    }
}
