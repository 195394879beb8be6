using Google.Protobuf;
using Ilt.MLNet;
using Ilt.Onnx.Steps;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.Onnx;

/// <summary>Builds the file of a pipeline: the steps before the network, the network, and the metadata.</summary>
internal sealed class OnnxExporter
{
    private const string Predicted = ".predicted";

    private readonly MultiTaskTransformer transformer;
    private readonly OnnxExportOptions options;
    private readonly OnnxGraph graph;
    private readonly PipelineWriter pipeline;

    public OnnxExporter(ITransformer model, DataViewSchema inputSchema, OnnxExportOptions options)
    {
        options.Validate();
        (transformer, this.options) = (model.GetMultiTaskTransformer(), options);
        if (options.Names.Keys.FirstOrDefault(name => transformer.Tasks.All(task => task.Name != name)) is { } unknown)
            throw new ArgumentException($"{nameof(OnnxExportOptions.Names)} names the task '{unknown}'; there are {string.Join(", ", transformer.Tasks.Select(task => $"'{task.Name}'"))}.", nameof(options));
        graph = new OnnxGraph(options.Precision);
        pipeline = new PipelineWriter(graph, model, transformer, inputSchema);
    }

    /// <summary>Writes it.</summary>
    public OnnxExport Write(Stream stream)
    {
        var metadata = new OnnxMetadata();
        var outputs = transformer.Model.Write(graph, Input(metadata));
        var names = outputs.Select(output => AddOutput(output, metadata)).ToArray();
        string[] leftOut = [.. transformer.Tasks.Select(task => task.Name).Except(outputs.Select(output => output.Task.Name))];
        foreach (var task in leftOut) metadata.LeftOut.Add(task);
        OnnxFile.Of(graph, metadata).WriteTo(stream);
        return new OnnxExport([.. graph.Proto.Input.Select(input => input.Name)], names, leftOut);
    }

    private GraphValue Input(OnnxMetadata metadata)
    {
        var columns = transformer.InputColumnNames;
        var model = transformer.Model;
        if (model.Input.IsImage)
        {
            int[] shape = [model.Input.Channels, model.Input.Height, model.Input.Width];
            var name = options.InputName ?? columns[0];
            graph.Reserve(name);
            graph.AddInput(name, OnnxType.Float, shape);
            metadata.Inputs.Add(new(name, "pixels 0 .. 255, plane after plane (red, green, blue, or gray), lines from the top", null));
            return new GraphValue(name, shape);
        }
        if (options.InputName is not null && (options.Input == OnnxInput.Columns || columns.Count != 1))
            throw new ArgumentException($"{nameof(OnnxExportOptions.InputName)} is for models of one input; leave it null.", nameof(options));
        var values = columns.Select(column => options.Input == OnnxInput.Columns ? pipeline.Column(column) : pipeline.Feature(column, options.InputName)).ToArray();
        pipeline.SortInputs();
        pipeline.Describe(metadata);
        return new GraphValue(graph.Join([.. values.Select(value => value.Name)]), [values.Sum(value => value.Size)]);
    }

    private string AddOutput(GraphOutput output, OnnxMetadata metadata)
    {
        var name = output.Task.Name;
        while (!graph.Reserve(name)) name += Predicted;
        graph.AddOutput(name, output.Value.Name, output.Value.Shape);
        var task = transformer.Tasks.First(task => task.Name == output.Task.Name);
        var given = options.Names.GetValueOrDefault(task.Name);
        if (given?.Outputs is { } names && names.Count != output.Task.Channels)
            throw new ArgumentException($"Task '{task.Name}' predicts {output.Task.Channels} number(s), but {nameof(OnnxExportOptions.Names)} has {names.Count} name(s) for them.");
        metadata.Tasks.Add(new(
            task.Name, name, task.Kind.ToString(), given?.Label ?? task.LabelColumnName, (output.IsProbability ? "probabilities" : "numbers in the unit of the label")
            + (output.Task.IsPerPixel ? ", per pixel" : ""), given?.Outputs ?? transformer.GetOutputNames(task.Name)));
        return name;
    }
}
