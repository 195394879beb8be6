using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly InputOutputColumnPair[] _pairs;
    private readonly bool _fixZero;

    internal NormalizingEstimator(InputOutputColumnPair[] pairs, bool fixZero)
    {
        _pairs = pairs;
        _fixZero = fixZero;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        _ = GetOutputSchema(SchemaShape.Create(input.Schema));
        return new NormalizingTransformer(_pairs, [.. _pairs.Select(p => Learn(input, input.Schema[p.InputColumnName]))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var added = new List<SchemaShape.Column>();
        foreach (var pair in _pairs)
        {
            var column = Columns.Find(inputSchema, pair.InputColumnName);
            if (column.Kind == SchemaShape.Column.VectorKind.VariableVector || column.IsKey || column.ItemType != NumberDataViewType.Single)
                throw Columns.Mismatch(column.Name, "input", "fixed-size vector or scalar of Single", column.GetTypeString());
            added.Add(Shapes.Derive(column, pair.OutputColumnName, column.ItemType, false, Shapes.Keep(column, Annotated.SlotNames).Append(Shapes.Normalized)));
        }
        return inputSchema.With(added);
    }

    private Line[] Learn(IDataView input, DataViewSchema.Column column)
    {
        var slots = Enumerable.Range(0, Items.SlotCount(column.Type)).Select(_ => new SlotStatistics()).ToArray();
        Items.ForEach<float>(input, column, (i, value) => slots[i].Add(value));
        return [.. slots.Select(s => s.Line(_fixZero))];
    }

    /// <summary>Mean and variance of the finite values of one slot.</summary>
    private sealed class SlotStatistics
    {
        private long _count;
        private double _mean, _m2;

        public void Add(double value)
        {
            if (!double.IsFinite(value))
                return;
            _count++;
            var delta = value - _mean;
            _mean += delta / _count;
            _m2 += delta * (value - _mean);
        }

        // A slot that never changes says nothing: scale 0 makes it 0.
        public Line Line(bool fixZero)
        {
            var variance = _count == 0 ? 0 : _m2 / _count;
            return variance == 0 ? new(0, 0) : fixZero ? new((float)(1 / Math.Sqrt(variance + (_mean * _mean))), 0) : new((float)(1 / Math.Sqrt(variance)), (float)_mean);
        }
    }
}

/// <summary>(value - offset) * scale, for one slot.</summary>
internal readonly record struct Line(float Scale, float Offset);

public sealed class NormalizingTransformer : OneToOneTransformerBase
{
    private const string Signature = "Normalizer";
    private readonly InputOutputColumnPair[] _pairs;
    private readonly Line[][] _lines;

    internal NormalizingTransformer(InputOutputColumnPair[] pairs, Line[][] lines)
    {
        _pairs = pairs;
        _lines = lines;
    }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, node =>
    {
        var pairs = ColumnPairs.Read(node.Reader);
        return new NormalizingTransformer(pairs, [.. pairs.Select(_ => Items.Read<Line>(node.Reader))]);
    });

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, _pairs);
        foreach (var lines in _lines)
            Items.Write<Line>(writer, lines);
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => _pairs.Map(inputSchema, MapColumn);

    private MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        var lines = _lines[index];
        if (Items.SlotCount(input.Type) != lines.Length || DataKinds.ItemType(input.Type) != NumberDataViewType.Single)
            throw Columns.Mismatch(input.Name, "input", lines.Length == 1 ? "Single" : $"Vector<Single, {lines.Length}>", input.Type.ToString());
        var annotations = Annotated.Keep(input, Annotated.SlotNames);
        annotations.AddNormalized();
        return new MappedColumn(name, input.Type, annotations.ToAnnotations(), [input], row => Items.Map<float, float>(row, input, (i, x) => (x - lines[i].Offset) * lines[i].Scale));
    }
}
