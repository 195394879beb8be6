using Ilt.Cli.Images;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.MLNet;
using Ilt.Naming;
using Microsoft.ML;

namespace Ilt.Cli.Tasks;

/// <summary>The surface of a body from the shape and pose that two other tasks predict; in place of columns it names those tasks.</summary>
internal sealed class VerticesSyntax : TaskSyntax
{
    /// <inheritdoc/>
    public override string Word => "vertices";

    /// <inheritdoc/>
    public override string Usage => "NAME=vertices:SHAPE,POSE";

    /// <inheritdoc/>
    public override string UsageNote => ": the surface of a body, computed from two regression tasks";

    /// <inheritdoc/>
    public override string WordNote => " with two regression tasks";

    /// <inheritdoc/>
    public override string NeededOption => "--body";

    /// <inheritdoc/>
    public override bool IsDerived => true;

    /// <inheritdoc/>
    public override void RequireColumns(string text, IReadOnlyList<string> columns)
    {
        if (columns.Count != 2)
            throw new UserErrorException($"--task '{text}': a vertices task comes from two tasks, shape and pose, found {columns.Count}; expected NAME=vertices:SHAPE,POSE with the names of two regression tasks.");
    }

    /// <inheritdoc/>
    public override void RequireTasks(TaskSpec spec, IReadOnlyList<TaskSpec> specs)
    {
        foreach (var name in spec.Sources)
        {
            if (specs.FirstOrDefault(s => s.Name == name) is not { } source)
                throw new UserErrorException($"{spec.Option}: there is no task '{name}' (vertices:SHAPE,POSE names tasks, not columns); {NearestName.Advice(name, specs.Where(s => s != spec).Select(s => s.Name).ToArray())}");
            if (source.Syntax is not RegressionSyntax)
                throw new UserErrorException($"{spec.Option}: comes from two regression tasks, shape and pose; '{name}' is a {source.KindName} task.");
        }
    }

    /// <inheritdoc/>
    public override TaskLabel Read(TaskSpec spec, LabelSource source)
    {
        return new SurfaceLabel(spec, Label(spec.Sources[0]), Label(spec.Sources[1]));

        NumberLabel Label(string name) => (NumberLabel)source.Others.First(label => label?.Spec.Name == name)!;
    }

    /// <inheritdoc/>
    public override string Describe(TaskLabel label)
    {
        var surface = (SurfaceLabel)label;
        return $"vertices of a body from {surface.Shape.Spec.Name} and {surface.Pose.Spec.Name}";
    }

    /// <summary>None: the trainer computes its labels from those of shape and pose.</summary>
    public override IEnumerable<ViewColumn> View(TaskLabel label, FlagData data) => [];

    /// <summary>None.</summary>
    public override IEnumerable<IEstimator<ITransformer>> Steps(MLContext ml, TaskLabel label, FlagData data) => [];

    /// <inheritdoc/>
    public override TaskColumn Column(TaskLabel label, FlagData data) =>
        TaskColumn.Derived(label.Spec.Name, data.Body!.Surface, [.. label.Spec.Sources]);

    /// <summary>None: they follow from those of shape and pose, in thousands of numbers.</summary>
    public override PredictionColumns? Predictions(DataViewSchema schema, string task, PixelFiles? files) => null;

    /// <summary>None: the vertices of a row are wrong where its shape and pose are.</summary>
    public override IReadOnlyList<string> Corruptions => [];

    /// <inheritdoc/>
    public override string CorruptionHelp => "";

    /// <inheritdoc/>
    public override CorruptedLabels Corrupt(TaskLabel[] labels, CorruptionRecipe recipe, RowIds ids, CancellationToken cancellation) =>
        throw new InvalidOperationException("A vertices task has no labels of its own to make wrong.");
}
