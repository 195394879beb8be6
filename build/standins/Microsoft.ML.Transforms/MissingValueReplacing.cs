using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly InputOutputColumnPair[] _pairs;
    private readonly ReplacementMode _mode;
    private readonly bool _bySlot;

    internal MissingValueReplacingEstimator(InputOutputColumnPair[] columns, ReplacementMode replacementMode, bool imputeBySlot)
    {
        _pairs = ColumnPairs.Checked(columns);
        _mode = replacementMode;
        _bySlot = imputeBySlot;
    }

    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
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
            if (!MissingValues.CanBeMissing(column))
                throw Columns.Mismatch(column.Name, "input", "a scalar or vector of Single or Double", column.GetTypeString());
            added.Add(Shapes.Derive(column, pair.OutputColumnName, column.ItemType, false, Shapes.Keep(column, Annotated.SlotNames, Annotated.IsNormalized)));
        }
        return inputSchema.With(added);
    }

    /// <summary>One replacement a slot, or a single one for all.</summary>
    private double[] Learn(IDataView input, DataViewSchema.Column column)
    {
        if (_mode == ReplacementMode.DefaultValue)
            return [0];
        var slots = _bySlot ? Items.SlotCount(column.Type) : 1;
        Check.Param(slots > 0, "inputSchema", $"Column '{column.Name}' has no known size: it cannot be imputed by slot");
        var counts = new long[slots];
        var values = new double[slots];
        void Add(int slot, double value)
        {
            var i = _bySlot ? slot : 0;
            if (double.IsNaN(value))
                return;
            counts[i]++;
            values[i] = counts[i] == 1 ? value : _mode switch
            {
                ReplacementMode.Minimum => Math.Min(values[i], value),
                ReplacementMode.Maximum => Math.Max(values[i], value),
                _ => values[i] + ((value - values[i]) / counts[i]),
            };
        }
        if (DataKinds.ItemType(column.Type) == NumberDataViewType.Single)
            Items.ForEach<float>(input, column, (i, value) => Add(i, value));
        else
            Items.ForEach<double>(input, column, Add);
        return values;
    }
}

public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    private const string Signature = "NAReplaceTransform";
    private readonly InputOutputColumnPair[] _pairs;
    private readonly double[][] _replacements;

    internal MissingValueReplacingTransformer(InputOutputColumnPair[] pairs, double[][] replacements)
    {
        _pairs = pairs;
        _replacements = replacements;
    }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, (node, _) =>
    {
        var pairs = ColumnPairs.Read(node.Reader);
        return new MissingValueReplacingTransformer(pairs, [.. pairs.Select(_ => Items.Read<double>(node.Reader))]);
    });

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, _pairs);
        foreach (var replacement in _replacements)
            Items.Write<double>(writer, replacement);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => _pairs.Map(inputSchema, MapColumn);

    private MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        var values = _replacements[index];
        var item = DataKinds.ItemType(input.Type);
        if ((item != NumberDataViewType.Single && item != NumberDataViewType.Double) || (values.Length > 1 && Items.SlotCount(input.Type) != values.Length))
            throw Columns.Mismatch(input.Name, "input", values.Length > 1 ? $"a vector of {values.Length} numbers" : "Single or Double", input.Type.ToString());
        Func<DataViewRow, Delegate> getter = item == NumberDataViewType.Single
            ? row => Items.Map<float, float>(row, input, (i, x) => float.IsNaN(x) ? (float)values[values.Length > 1 ? i : 0] : x)
            : row => Items.Map<double, double>(row, input, (i, x) => double.IsNaN(x) ? values[values.Length > 1 ? i : 0] : x);
        return new MappedColumn(name, input.Type, Annotated.Keep(input, Annotated.SlotNames, Annotated.IsNormalized).ToAnnotations(), [input], getter);
    }
}

internal static class MissingValues
{
    public static bool CanBeMissing(SchemaShape.Column column) =>
        !column.IsKey && (column.ItemType == NumberDataViewType.Single || column.ItemType == NumberDataViewType.Double);
}
