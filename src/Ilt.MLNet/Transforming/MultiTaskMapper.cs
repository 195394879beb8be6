using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Binds a fitted model to the columns of some data.</summary>
internal sealed class MultiTaskMapper : AddedColumnsMapper
{
    private readonly FittedModel fitted;
    private readonly IReadOnlyList<OutputColumn> outputs;
    private readonly int[] inputIndices;
    private readonly DataViewSchema.Column? idColumn;

    /// <exception cref="ArgumentOutOfRangeException">An input or id column is absent or of another type.</exception>
    public MultiTaskMapper(FittedModel fitted, DataViewSchema input)
        : this(fitted, input, OutputColumns.Of(fitted.Schema, Annotate.NextSetId(input)))
    {
    }

    private MultiTaskMapper(FittedModel fitted, DataViewSchema input, IReadOnlyList<OutputColumn> outputs)
        : base(input, outputs.Select(o => o.Column))
    {
        this.fitted = fitted;
        this.outputs = outputs;
        inputIndices = fitted.Schema.Image is { } image
            ? [image.Require(input, "inputSchema").Index]
            : [.. fitted.Schema.Features.Select(f => f.Require(input, "inputSchema").Index)];
        if (fitted.Schema.IdColumnName is not { } id) return;
        // Data without the id column can be predicted; it only has no noise columns to look up.
        idColumn = input.GetColumnOrNull(id);
        if (idColumn is { } column)
            IdReader.Check(SchemaShapes.Find(SchemaShapes.Of(input), column.Name)!.Value, "inputSchema");
    }

    internal override bool CanLookAhead(bool[] activeAdded) => NeedsInput(activeAdded);

    protected override IEnumerable<int> Dependencies(bool[] activeAdded, bool lookahead)
    {
        IEnumerable<int> needed = NeedsInput(activeAdded) && !lookahead ? inputIndices : [];
        return NeedsId(activeAdded) && idColumn is { } id ? needed.Append(id.Index) : needed;
    }

    internal override AddedGetters CreateGetters(DataViewRow input, bool[] activeAdded, IDataView? source)
    {
        fitted.RequireAlive();
        var predictions = NeedsInput(activeAdded) ? OpenPredictions(input, source) : null;
        var findRow = NeedsId(activeAdded) ? CreateLookup(input) : null;
        var getters = new Delegate?[outputs.Count];
        for (var i = 0; i < getters.Length; i++)
            if (activeAdded[i])
                getters[i] = outputs[i].Getter is { } create ? create(predictions!, outputs[i].Task) : NoiseGetter(outputs[i], findRow!);
        return new AddedGetters(getters, predictions);
    }

    private RowPredictions OpenPredictions(DataViewRow input, IDataView? source)
    {
        if (source is null)
            return new SinglePredictions(input, InputReader.Create(input, fitted.Schema), fitted);
        var ahead = source.GetRowCursor([.. inputIndices.Select(i => InputSchema[i])]);
        try
        {
            return new LookaheadPredictions(input, ahead, InputReader.Create(ahead, fitted.Schema), fitted);
        }
        catch
        {
            ahead.Dispose();
            throw;
        }
    }

    /// <summary>A function that finds the training row of the current row; -1 where its id was not trained on.</summary>
    private Func<int> CreateLookup(DataViewRow input)
    {
        if (idColumn is not { } column) return () => -1;
        var readId = IdReader.Create(input, column);
        return () => readId() is { } id && fitted.Instances.Index.TryGetRow(id, out var row) ? row : -1;
    }

    private Delegate NoiseGetter(OutputColumn output, Func<int> findRow)
    {
        var instances = fitted.Instances.Tasks[output.Task];
        return output.Role switch
        {
            OutputColumns.NoiseScore => Number(instances.NoiseScores),
            OutputColumns.LogVariance => Number(instances.LogVariances),
            OutputColumns.ProbabilityWrong => Number(instances.Audit?.ProbabilityWrong),
            OutputColumns.IsFlagged => Flag(instances.Audit?.IsFlagged),
            var other => throw new ArgumentException($"There is no noise column '{other}'.", nameof(output)),
        };

        ValueGetter<float> Number(float[]? values) => (ref float value) => value = values is not null && findRow() is var row and >= 0 ? values[row] : float.NaN;

        ValueGetter<bool> Flag(bool[]? flags) => (ref bool value) => value = flags is not null && findRow() is var row and >= 0 && flags[row];
    }

    private bool NeedsInput(bool[] activeAdded) => AnyActive(activeAdded, output => !IsNoise(output));

    private bool NeedsId(bool[] activeAdded) => AnyActive(activeAdded, IsNoise);

    private bool AnyActive(bool[] activeAdded, Func<OutputColumn, bool> condition)
        => Enumerable.Range(0, activeAdded.Length).Any(i => activeAdded[i] && condition(outputs[i]));

    private static bool IsNoise(OutputColumn output) => output.Getter is null;
}
