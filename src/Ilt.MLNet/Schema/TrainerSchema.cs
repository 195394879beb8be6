using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>The columns a trainer was fitted on: what its transformer asks of the data it is given.</summary>
/// <param name="Features">Feature columns with their sizes, in order; empty where there is an image.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="IdColumnName">The column that names rows, or null.</param>
/// <param name="Image">The image column, or null.</param>
internal sealed record TrainerSchema(IReadOnlyList<FeatureColumn> Features, IReadOnlyList<TaskSchema> Tasks, string? IdColumnName, ImageColumn? Image)
{
    /// <summary>Name of the task whose predictions also stand in columns without its name; null: there is none.</summary>
    public string? DefaultTask { get; init; }

    /// <summary>Columns that the network's input is read from.</summary>
    public IEnumerable<string> InputColumnNames => Image is null ? Features.Select(f => f.Name) : [Image.Name];

    /// <summary>Columns that labels are read from.</summary>
    public IEnumerable<string> LabelColumnNames => Tasks.Select(task => task.LabelColumnName).OfType<string>();

    /// <summary>The tasks as the training wants them.</summary>
    public TaskDefinition[] ToDefinitions()
    {
        TaskDefinition?[] own = [.. Tasks.Select(task => task.Binding.HasColumn ? task.ToDefinition([]) : null)];
        return [.. Tasks.Select((task, k) => own[k] ?? task.ToDefinition([.. SourcesOf(task).Select(source => own[source]!)]))];
    }

    /// <summary>The tasks, from 0, that a derived one is computed from, in the order of its computation.</summary>
    public IEnumerable<int> SourcesOf(TaskSchema task) => task.Task.Sources.Select(name => Enumerable.Range(0, Tasks.Count).First(k => Tasks[k].Task.Name == name));

    /// <summary>Checks names and types, before any row is read.</summary>
    /// <param name="options">The columns wanted.</param>
    /// <param name="shape">The columns there are.</param>
    /// <param name="parameter">Name of the checked parameter, for the exception.</param>
    /// <returns>What each task's label column holds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is absent or of the wrong type.</exception>
    public static TaskBinding[] Check(MultiTaskTrainer.Options options, SchemaShape shape, string parameter)
    {
        if (options.ImageColumnName is { } image)
            ImageColumn.Check(Require(shape, "image", image, parameter), parameter);
        foreach (var name in options.UsedFeatureColumnNames)
        {
            var column = Require(shape, "feature", name, parameter);
            if (column.IsKey || column.Kind == SchemaShape.Column.VectorKind.VariableVector || !column.ItemType.Equals(NumberDataViewType.Single))
                throw SchemaErrors.Mismatch("feature", name, "Single or known-size Vector<Single>", SchemaShapes.Describe(column), parameter, ColumnAdvice.ForFeatures(column));
        }
        if (options.IdColumnName is { } id)
            IdReader.Check(Require(shape, "id", id, parameter), parameter);
        return [.. options.Tasks.Select(task => TaskBindings.Bind(task, shape, parameter))];
    }

    /// <summary>Checks the schema and reads sizes and key values from it.</summary>
    /// <exception cref="ArgumentException">A column is absent or of the wrong type, or what a task is derived from does not fit its computation.</exception>
    public static TrainerSchema Read(MultiTaskTrainer.Options options, DataViewSchema schema)
    {
        var bindings = Check(options, SchemaShapes.Of(schema), "input");
        var image = options.ImageColumnName is { } name ? ImageColumn.Read(schema[name], "input") : null;
        return new TrainerSchema(
            [.. options.UsedFeatureColumnNames.Select(feature => FeatureColumn.Read(schema[feature]))],
            [.. options.Tasks.Select((task, k) => bindings[k].Read(task, schema))],
            options.IdColumnName,
            image is null ? null : FitLabels(options.Tasks, image, schema, "input"))
            { DefaultTask = options.EffectiveDefaultTask }.Measure();
    }

    /// <summary>Tasks that only serve to promise a schema: a shape knows neither sizes nor key values.</summary>
    public static TrainerSchema Placeholder(MultiTaskTrainer.Options options, SchemaShape shape)
    {
        var bindings = Check(options, shape, "inputSchema");
        var tasks = options.Tasks.Select((task, k) => bindings[k].Placeholder(task, shape));
        var placeholder = options.ImageColumnName is { } image ? new ImageColumn(image, ImageLayout.Picture, new ImageSize(1, 1), 3) : null;
        return new TrainerSchema([], [.. tasks], options.IdColumnName, placeholder) { DefaultTask = options.EffectiveDefaultTask };
    }

    /// <summary>This schema with the size of the images and the classes of the masks as the rows have them.</summary>
    public TrainerSchema Complete(DataRows rows) => this with
    {
        Image = Image is null ? null : Image with { Size = rows.ImageSize },
        Tasks = [.. Tasks.Select((task, k) => task.Binding.Complete(task, rows.HighestClass[k]))],
    };

    /// <summary>Label images must have the size of the images; where the image column does not tell its size, they do.</summary>
    public static ImageColumn FitLabels(IReadOnlyList<TaskColumn> tasks, ImageColumn image, DataViewSchema schema, string parameter)
    {
        var (size, source) = (image.Size, image.Name);
        foreach (var task in tasks.Where(task => task.IsPerPixel))
        {
            var column = schema[task.LabelColumnName];
            var found = task.Binding.ImageSizeOf(column, parameter);
            if (size.Height == 0) (size, source) = (found, column.Name);
            if (size != found)
                throw SchemaErrors.Mismatch("label", column.Name, FormattableString.Invariant($"the dimensions [{size.Height}, {size.Width}] of column '{source}'"), column.Type.ToString()!, parameter,
                    "Label images and images must have one size (imageWidth and imageHeight of LoadMasks, LoadMaps and ResizeImages)");
        }
        return image with { Size = size };
    }

    /// <summary>This schema with the numbers per row of derived tasks, which their computations tell from those of the sources.</summary>
    private TrainerSchema Measure() => this with { Tasks = [.. Tasks.Select(task => task.Binding.Measure(task, [.. SourcesOf(task).Select(k => Tasks[k])]))] };

    private static SchemaShape.Column Require(SchemaShape shape, string role, string name, string parameter)
        => SchemaShapes.Find(shape, name) ?? throw SchemaErrors.NotFound(role, name, parameter);
}
