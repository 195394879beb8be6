using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Onnx.Steps;

/// <summary>A column that a fitted step of a pipeline adds.</summary>
/// <param name="Step">The step.</param>
/// <param name="Mapper">The step on its input.</param>
/// <param name="Output">The column.</param>
/// <param name="Siblings">Columns that the step adds, this one among them.</param>
/// <param name="Sources">The columns it is made from, with their values.</param>
internal sealed record StepColumn(
    ITransformer Step, IRowToRowMapper Mapper, DataViewSchema.Column Output, int Siblings, IReadOnlyList<(DataViewSchema.Column Column, ColumnValue Value)> Sources)
{
    /// <summary>The only source.</summary>
    /// <exception cref="NotSupportedException">There are more.</exception>
    public ColumnValue Source => Sources is [var only] ? only.Value : throw Unsupported($"it is made from {Sources.Count} columns");

    /// <summary>The only source, which holds numbers in single precision.</summary>
    /// <exception cref="NotSupportedException">It holds others, or there are more.</exception>
    public ColumnValue Numbers => Source.Type == OnnxType.Float ? Source : throw Unsupported($"it is made from a column of {Sources[0].Column.Type}, where Single is expected");

    /// <summary>Numbers per row of the column.</summary>
    /// <exception cref="NotSupportedException">Rows differ.</exception>
    public int Size => OnnxType.SizeOf(Output.Type) ?? throw Unsupported("its rows have different numbers of values");

    /// <summary>
    /// What the step makes of a row: fitted steps do not tell their numbers, but they can be asked by example.
    /// </summary>
    /// <param name="values">The sources of the row: float, float[], key or text, in their order.</param>
    public float[] Ask(params IReadOnlyList<object> values)
    {
        var row = new ExampleRow(Mapper.InputSchema, Sources.Select((source, i) => (source.Column.Index, Value: values[i])).ToDictionary(pair => pair.Index, pair => pair.Value));
        using var mapped = Mapper.GetRow(row, [Output]);
        var column = mapped.Schema[Output.Name];
        if (Output.Type is VectorDataViewType)
        {
            VBuffer<float> vector = default;
            mapped.GetGetter<VBuffer<float>>(column)(ref vector);
            return [.. vector.DenseValues()];
        }
        var number = 0f;
        mapped.GetGetter<float>(column)(ref number);
        return [number];
    }

    /// <summary>The same for sources of numbers.</summary>
    /// <param name="number">Gives the next number.</param>
    public float[] Ask(Func<float> number) =>
        Ask([.. Sources.Select(source => source.Column.Type is VectorDataViewType ? (object)Enumerable.Range(0, source.Value.Size).Select(_ => number()).ToArray() : number())]);

    /// <summary>The step cannot be exported.</summary>
    public NotSupportedException Unsupported(string why) => new(
        $"Column '{Output.Name}', which the model needs, is made by the step {Step.GetType().Name}, which cannot be exported: {why}. "
        + $"Export the network alone ({nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.Input)} = {nameof(OnnxInput)}.{nameof(OnnxInput.Network)}) and prepare its features by your own means.");
}
