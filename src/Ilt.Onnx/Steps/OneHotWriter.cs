using Microsoft.ML.Data;

namespace Ilt.Onnx.Steps;

/// <summary><c>OneHotEncoding</c> of texts, or its second half, <c>MapKeyToVector</c>: 1 for the text of the row, 0 for the others; 0 for all where it was not seen in training.</summary>
/// <param name="step">The type of the steps.</param>
/// <param name="example">A source that holds a text, of the text and its place from 0.</param>
internal sealed class OneHotWriter(Type step, Func<string, int, object> example) : IStepWriter
{
    public Type Step => step;

    public ColumnValue Write(OnnxGraph graph, StepColumn column)
    {
        var source = column.Source;
        if (source.Type != OnnxType.Text || source.Size != 1)
            throw column.Unsupported($"it encodes a column of {column.Sources[0].Column.Type}, where one text per row is expected");
        var texts = Texts(column);
        // [N, 1] becomes [N, 1, texts].
        var encoded = graph.Add("OneHotEncoder", [source.Name], null, OnnxGraph.TableDomain, OnnxGraph.Texts("cats_strings", texts), OnnxGraph.Whole("zeros", 1));
        return new ColumnValue(graph.Add("Reshape", [encoded, graph.Constant("shape", -1, texts.Length)]), OnnxType.Float, texts.Length);
    }

    // Other kinds of encodings have slot names too, so each text is tried.
    private string[] Texts(StepColumn column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (!column.Output.HasSlotNames()) throw column.Unsupported("it does not tell the texts it knows");
        column.Output.GetSlotNames(ref names);
        string[] texts = [.. names.DenseValues().Select(name => name.ToString())];
        for (var i = 0; i < texts.Length; i++)
        {
            var encoded = column.Ask([example(texts[i], i)]);
            if (encoded.Length != texts.Length || encoded[i] != 1 || encoded.Sum() != 1) throw column.Unsupported("its output is not one number per text; OutputKind.Indicator can be exported");
        }
        return texts;
    }
}
