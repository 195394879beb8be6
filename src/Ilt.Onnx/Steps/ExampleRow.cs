using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Onnx.Steps;

/// <summary>One row of values by column.</summary>
/// <param name="schema">The columns.</param>
/// <param name="values">float, float[], key or text.</param>
internal sealed class ExampleRow(DataViewSchema schema, IReadOnlyDictionary<int, object> values) : DataViewRow
{
    public override DataViewSchema Schema => schema;

    public override long Position => 0;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => values.ContainsKey(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = default;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Delegate getter = values[column.Index] switch
        {
            float number => (ValueGetter<float>)((ref float value) => value = number),
            float[] numbers => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => value = new VBuffer<float>(numbers.Length, numbers)),
            uint key => (ValueGetter<uint>)((ref uint value) => value = key),
            string text => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = text.AsMemory()),
            var other => throw new ArgumentException($"There are no examples of {other.GetType()}."),
        };
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' cannot be read as {typeof(TValue)}.");
    }
}
