using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

internal enum NormalizerKind
{
    MinMax,
    MeanVariance,
}

public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly InputOutputColumnPair[] _pairs;
    private readonly NormalizerKind _kind;
    private readonly bool _fixZero;
    private readonly long _maximumExampleCount;

    internal NormalizingEstimator(NormalizerKind kind, InputOutputColumnPair[] pairs, long maximumExampleCount, bool fixZero)
    {
        Check.Param(maximumExampleCount > 1, nameof(maximumExampleCount), "Must be greater than 1");
        _pairs = ColumnPairs.Checked(pairs);
        _kind = kind;
        _fixZero = fixZero;
        _maximumExampleCount = maximumExampleCount;
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
            if (column.Kind == SchemaShape.Column.VectorKind.VariableVector)
                throw Columns.Mismatch(column.Name, "input", "fixed-size vector or scalar", column.GetTypeString());
            if (column.IsKey || (column.ItemType != NumberDataViewType.Single && column.ItemType != NumberDataViewType.Double))
                throw Columns.Mismatch(column.Name, "input", "vector or scalar of Single or Double", column.GetTypeString());
            added.Add(Shapes.Derive(column, pair.OutputColumnName, column.ItemType, false, Shapes.Keep(column, Annotated.SlotNames).Append(Shapes.Normalized)));
        }
        return inputSchema.With(added);
    }

    private AffineMap Learn(IDataView input, DataViewSchema.Column column)
    {
        var slots = Enumerable.Range(0, Items.SlotCount(column.Type)).Select(_ => new SlotStatistics()).ToArray();
        if (DataKinds.ItemType(column.Type) == NumberDataViewType.Single)
            Items.ForEach<float>(input, column, (i, value) => slots[i].Add(value), _maximumExampleCount);
        else
            Items.ForEach<double>(input, column, (i, value) => slots[i].Add(value), _maximumExampleCount);
        var lines = slots.Select(s => _kind == NormalizerKind.MinMax ? s.MinMax(_fixZero) : s.MeanVariance(_fixZero)).ToArray();
        return new AffineMap([.. lines.Select(l => l.Scale)], [.. lines.Select(l => l.Offset)]);
    }

    /// <summary>Range, mean and variance of the finite values of one slot.</summary>
    private sealed class SlotStatistics
    {
        private long _count;
        private double _min = double.PositiveInfinity, _max = double.NegativeInfinity, _mean, _m2;

        public void Add(double value)
        {
            if (!double.IsFinite(value))
                return;
            _count++;
            _min = Math.Min(_min, value);
            _max = Math.Max(_max, value);
            var delta = value - _mean;
            _mean += delta / _count;
            _m2 += delta * (value - _mean);
        }

        // A slot that never changes says nothing: scale 0 makes it 0.
        public (double Scale, double Offset) MinMax(bool fixZero) =>
            !(_max > _min) ? (0, 0) : fixZero ? (1 / Math.Max(Math.Abs(_max), Math.Abs(_min)), 0) : (1 / (_max - _min), _min);

        public (double Scale, double Offset) MeanVariance(bool fixZero)
        {
            var variance = _count == 0 ? 0 : _m2 / _count;
            return variance == 0 ? (0, 0) : fixZero ? (1 / Math.Sqrt(variance + (_mean * _mean)), 0) : (1 / Math.Sqrt(variance), _mean);
        }
    }
}

/// <summary>(value - offset) * scale, slot by slot.</summary>
internal sealed record AffineMap(double[] Scale, double[] Offset);

public sealed class NormalizingTransformer : OneToOneTransformerBase
{
    private const string Signature = "Normalizer";
    private readonly InputOutputColumnPair[] _pairs;
    private readonly AffineMap[] _maps;

    internal NormalizingTransformer(InputOutputColumnPair[] pairs, AffineMap[] maps)
    {
        _pairs = pairs;
        _maps = maps;
    }

    [ModuleInitializer]
    internal static void Register() => ModelLoaders.Register(Signature, (node, _) =>
    {
        var pairs = ColumnPairs.Read(node.Reader);
        return new NormalizingTransformer(pairs, [.. pairs.Select(_ => new AffineMap(Items.Read<double>(node.Reader), Items.Read<double>(node.Reader)))]);
    });

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.Begin(Signature, this);
        ColumnPairs.Write(writer, _pairs);
        foreach (var map in _maps)
        {
            Items.Write<double>(writer, map.Scale);
            Items.Write<double>(writer, map.Offset);
        }
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema) => _pairs.Map(inputSchema, MapColumn);

    private MappedColumn MapColumn(int index, string name, DataViewSchema.Column input)
    {
        var (scale, offset) = _maps[index];
        var item = DataKinds.ItemType(input.Type);
        if (Items.SlotCount(input.Type) != scale.Length || (item != NumberDataViewType.Single && item != NumberDataViewType.Double))
            throw Columns.Mismatch(input.Name, "input", scale.Length == 1 ? "Single or Double" : $"Vector<Single or Double, {scale.Length}>", input.Type.ToString());
        var annotations = Annotated.Keep(input, Annotated.SlotNames);
        annotations.AddNormalized();
        Func<DataViewRow, Delegate> getter = item == NumberDataViewType.Single
            ? row => Items.Map<float, float>(row, input, (i, x) => (x - (float)offset[i]) * (float)scale[i])
            : row => Items.Map<double, double>(row, input, (i, x) => (x - offset[i]) * scale[i]);
        return new MappedColumn(name, input.Type, annotations.ToAnnotations(), [input], getter);
    }
}
