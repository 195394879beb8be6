using System.Numerics;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Binds a corruption plan to the columns of some data. Adds the label column anew, which hides the one it came from, and the truth.</summary>
internal sealed class CorruptionMapper : AddedColumnsMapper
{
    private const int Label = 0;

    private readonly LabelCorruptionEstimator.Options options;
    private readonly LabelColumn label;
    private readonly CorruptionPlan plan;
    private readonly DataViewSchema.Column? labelColumn;
    private readonly DataViewSchema.Column? idColumn;
    private readonly object gate = new();
    private bool? recognised;

    public CorruptionMapper(LabelCorruptionEstimator.Options options, LabelColumn label, CorruptionPlan plan, DataViewSchema input)
        : base(input, Added(options, input))
    {
        this.options = options;
        this.label = label;
        this.plan = plan;
        labelColumn = input.GetColumnOrNull(options.LabelColumnName);
        if (labelColumn is { } column && options.KindOf(SchemaShapes.Find(SchemaShapes.Of(input), column.Name)!.Value) != label.Kind)
            throw SchemaErrors.Mismatch("label", column.Name, $"a column as the fitted one ({label.Kind})", column.Type.ToString()!, "inputSchema");
        if (labelColumn is { } images && plan.Changed is PixelLabels pixels && label.SizeOf(input) != pixels.Size)
            throw SchemaErrors.Mismatch("label", images.Name, FormattableString.Invariant($"the dimensions [{pixels.Size.Height}, {pixels.Size.Width}] of the fitted column"), images.Type.ToString()!, "inputSchema");
        idColumn = options.IdColumnName is { } id ? input.GetColumnOrNull(id) : null;
    }

    // Without ids a row is known by its position only.
    internal override bool CanShuffle => options.IdColumnName is not null;

    internal override bool CanLookAhead(bool[] activeAdded) => options.IdColumnName is null;

    protected override IEnumerable<int> Dependencies(bool[] activeAdded, bool lookahead)
    {
        if (activeAdded.Length > 0 && activeAdded[Label]) yield return labelColumn!.Value.Index;
        if (Array.IndexOf(activeAdded, true) >= 0 && idColumn is { } id) yield return id.Index;
    }

    internal override AddedGetters CreateGetters(DataViewRow input, bool[] activeAdded, IDataView? source)
    {
        if (Array.IndexOf(activeAdded, true) < 0) return new AddedGetters(new Delegate?[activeAdded.Length]);
        var find = CreateLookup(input, source);
        return new AddedGetters(
        [
            activeAdded[Label] ? LabelGetter(input, find) : null,
            activeAdded[1] ? new ValueGetter<bool>((ref bool corrupted) => corrupted = find() >= 0) : null,
        ]);
    }

    private static IEnumerable<DataViewSchema.DetachedColumn> Added(LabelCorruptionEstimator.Options options, DataViewSchema input)
        => input.GetColumnOrNull(options.LabelColumnName) is { } label
            ? [new DataViewSchema.DetachedColumn(label), new DataViewSchema.DetachedColumn(options.Truth, BooleanDataViewType.Instance)]
            : [];

    private Func<int> CreateLookup(DataViewRow input, IDataView? source)
    {
        if (idColumn is { } column)
        {
            var readId = IdReader.Create(input, column);
            return () => plan.Find(readId());
        }
        if (options.IdColumnName is null && source is not null && Recognise(source))
            return () => plan.Find(input.Position);
        return () => -1;
    }

    // A mapper serves one view, so the answer is kept.
    private bool Recognise(IDataView source)
    {
        lock (gate)
            return recognised ??= plan.Recognises(label.Fingerprint(source));
    }

    private Delegate LabelGetter(DataViewRow input, Func<int> find)
    {
        var column = labelColumn!.Value;
        if (plan.Changed is MaskLabels masks)
            return Replace(input.GetGetter<VBuffer<byte>>(column), find, (int row, ref VBuffer<byte> value) =>
            {
                var editor = VBufferEditor.Create(ref value, masks.Size.PixelCount);
                masks.Read(row, editor.Values);
                value = editor.Commit();
            });
        if (plan.Changed is MapLabels maps)
            return Replace(input.GetGetter<VBuffer<float>>(column), find, (int row, ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, maps.Size.PixelCount);
                maps.Read(row, editor.Values);
                value = editor.Commit();
            });
        if (plan.Changed is ClassLabels classes)
        {
            if (label.Kind == LabelKind.Boolean)
                return Replace(input.GetGetter<bool>(column), find, (int row, ref bool value) => value = classes.Classes[row] == 1);
            var raw = column.Type.RawType;
            if (raw == typeof(uint)) return Key<uint>();
            if (raw == typeof(byte)) return Key<byte>();
            if (raw == typeof(ushort)) return Key<ushort>();
            return Key<ulong>();

            Delegate Key<T>() where T : INumberBase<T>
                => Replace(input.GetGetter<T>(column), find, (int row, ref T value) => value = T.CreateTruncating(classes.Classes[row] + 1));
        }
        var numbers = (NumberLabels)plan.Changed;
        if (label.Kind == LabelKind.Number)
            return Replace(input.GetGetter<float>(column), find, (int row, ref float value) => value = numbers[row][0]);
        return Replace(input.GetGetter<VBuffer<float>>(column), find, (int row, ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, numbers.Dimensions);
            numbers[row].CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private delegate void Changed<T>(int row, ref T value);

    private static ValueGetter<T> Replace<T>(ValueGetter<T> original, Func<int> find, Changed<T> change) => (ref T value) =>
    {
        var row = find();
        if (row >= 0) change(row, ref value);
        else original(ref value);
    };
}
