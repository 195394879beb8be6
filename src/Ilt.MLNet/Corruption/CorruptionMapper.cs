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
        if (labelColumn is { } column && options.BindingOf(SchemaShapes.Find(SchemaShapes.Of(input), column.Name)!.Value) != label.Binding)
            throw SchemaErrors.Mismatch("label", column.Name, $"a column as the fitted one ({label.Binding.Name})", column.Type.ToString()!, "inputSchema");
        var size = label.Binding.ImageSizeOf(plan.Changed);
        if (labelColumn is { } images && label.SizeOf(input) != size)
            throw SchemaErrors.Mismatch("label", images.Name, FormattableString.Invariant($"the dimensions [{size.Height}, {size.Width}] of the fitted column"), images.Type.ToString()!, "inputSchema");
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
            activeAdded[Label] ? label.Binding.CorruptedGetter(input, labelColumn!.Value, plan.Changed, find) : null,
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
}
