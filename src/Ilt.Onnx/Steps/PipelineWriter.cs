using Ilt.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Onnx.Steps;

/// <summary>Writes the steps of a pipeline that make the features, back to the columns of its input.</summary>
internal sealed class PipelineWriter
{
    private readonly OnnxGraph graph;
    private readonly ITransformer[] steps;
    private readonly DataViewSchema[] schemas; // before every step, and after the last one
    private readonly Dictionary<(int Level, string Name), ColumnValue> written = [];
    private readonly List<(DataViewSchema.Column Column, string Name)> inputs = [];

    /// <param name="graph">Gets the steps.</param>
    /// <param name="model">The pipeline.</param>
    /// <param name="end">The transformer in it before which the steps are.</param>
    /// <param name="inputSchema">The columns of its input.</param>
    public PipelineWriter(OnnxGraph graph, ITransformer model, MultiTaskTransformer end, DataViewSchema inputSchema)
    {
        this.graph = graph;
        steps = [.. Flat(model).TakeWhile(step => step != end)];
        schemas = new DataViewSchema[steps.Length + 1];
        schemas[0] = inputSchema;
        for (var i = 0; i < steps.Length; i++) schemas[i + 1] = steps[i].GetOutputSchema(schemas[i]);
    }

    /// <summary>A column of the pipeline after its steps, with all that makes it.</summary>
    /// <exception cref="NotSupportedException">A step cannot be exported.</exception>
    public ColumnValue Column(string name) => Column(name, steps.Length);

    /// <summary>A column of the pipeline after its steps, as an input.</summary>
    /// <param name="name">The column.</param>
    /// <param name="inputName">The name of the input; null: that of the column.</param>
    public ColumnValue Feature(string name, string? inputName) => AddInput(schemas[^1][name], inputName ?? name);

    /// <summary>Brings the inputs into the order of their columns.</summary>
    public void SortInputs()
    {
        inputs.Sort((left, right) => left.Column.Index.CompareTo(right.Column.Index));
        var sorted = inputs.Select(input => graph.Proto.Input.Single(one => one.Name == input.Name)).ToArray();
        graph.Proto.Input.Clear();
        graph.Proto.Input.Add(sorted);
    }

    /// <summary>Says what the inputs take.</summary>
    public void Describe(OnnxMetadata metadata)
    {
        foreach (var (column, name) in inputs)
        {
            var isText = OnnxType.Of(column.Type) == OnnxType.Text;
            metadata.Inputs.Add(new(name, isText ? "text, empty where it is missing" : "numbers", SlotNames(column)));
        }
    }

    private ColumnValue Column(string name, int level)
    {
        while (level > 0 && !Adds(level - 1, name)) level--;
        if (written.TryGetValue((level, name), out var known)) return known;
        return written[(level, name)] = level == 0 ? AddInput(schemas[0][name], name) : Write(level - 1, schemas[level][name]);
    }

    private ColumnValue Write(int step, DataViewSchema.Column column)
    {
        var mapper = steps[step].GetRowToRowMapper(schemas[step]);
        var output = mapper.OutputSchema[column.Name];
        var sources = mapper.GetDependencies([output]).Select(source => (source, Column(source.Name, step))).ToArray();
        return StepWriters.Write(graph, new StepColumn(steps[step], mapper, output, schemas[step + 1].Count - schemas[step].Count, sources));
    }

    // A column that a new one of its name hides is still there.
    private bool Adds(int step, string name) => schemas[step + 1].Count(column => column.Name == name) > schemas[step].Count(column => column.Name == name);

    private ColumnValue AddInput(DataViewSchema.Column column, string name)
    {
        if (OnnxType.Of(column.Type) is not { } type || OnnxType.SizeOf(column.Type) is not { } size)
            throw new NotSupportedException($"The model needs column '{column.Name}' of {column.Type}, which an ONNX model cannot take: numbers, booleans, texts and vectors of a known size can be.");
        if (!graph.Reserve(name)) throw new ArgumentException($"Two inputs would be called '{name}'; rename a column.");
        graph.AddInput(name, type, [size]);
        inputs.Add((column, name));
        return new ColumnValue(name, type, size);
    }

    private static string[]? SlotNames(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames()) return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static IEnumerable<ITransformer> Flat(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Flat) : [model];
}
