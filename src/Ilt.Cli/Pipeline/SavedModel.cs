using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Imaging;
using Ilt.MLNet;
using Ilt.Naming;
using Ilt.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>A saved pipeline with a multi-task transformer in it: what it reads and what it predicts.</summary>
internal sealed class SavedModel : IDisposable
{
    /// <summary>The name of its file within the output folder of <c>ilt flag</c>.</summary>
    public const string FileName = "model.zip";

    private const int MostNamed = 8;

    private const string ScoreSuffix = ".Score";
    private const string NoiseSuffix = ".NoiseScore";
    private const string ScoreKind = "ScoreColumnKind";

    private readonly string path;
    private readonly ITransformer pipeline;
    private readonly DataViewSchema input;
    private readonly HashSet<string> required;
    private readonly string? imageInput;

    private SavedModel(string path, ITransformer pipeline, DataViewSchema input, ModelReading? reading)
    {
        this.path = path;
        this.pipeline = pipeline;
        this.input = input;
        Reading = reading;
        var mapper = pipeline.GetRowToRowMapper(input);
        var output = mapper.OutputSchema;
        // A feature may be called "Credit.Score" too; only a trained column says what kind of score it is.
        Tasks = output.Where(c => !c.IsHidden && c.Name.EndsWith(ScoreSuffix, StringComparison.Ordinal)
                && (c.Annotations.Schema.GetColumnOrNull(ScoreKind) is not null || c.Type is VectorDataViewType { Dimensions.Length: > 1 }))
            .Select(c => c.Name[..^ScoreSuffix.Length]).Except(DerivedTasks(pipeline)).ToArray();
        if (Tasks.Count == 0)
            throw new UserErrorException($"MODEL {path}: predicts no task; give a model.zip that ilt flag wrote.");
        if (TrainedIn(pipeline).Any(trained => !trained.IsComplete && trained.History.Count == 0))
            throw new UserErrorException($"MODEL {path}: was never trained (the run was cancelled within its first epoch), so it predicts nothing; let the run go on, or start it again.");
        required = Dependencies(mapper, output, ScoreSuffix).ToHashSet(StringComparer.Ordinal);
        // Noise scores are looked up by id; a prediction is not, so that column may be absent.
        IdColumn = Dependencies(mapper, output, NoiseSuffix).FirstOrDefault(name => !required.Contains(name));
        if (output.GetColumnOrNull(ImageSteps.ImageColumn) is { } image)
            imageInput = mapper.GetDependencies([image]).Select(c => c.Name).First();
    }

    /// <summary>The table's column that names the images; null where the model sees feature columns.</summary>
    public string? ImageColumn => imageInput is { } name && name.StartsWith(ImageOptions.PathPrefix, StringComparison.Ordinal) ? name[ImageOptions.PathPrefix.Length..] : imageInput;

    /// <summary>Channels of the NumPy arrays that the model reads; null where it reads pictures.</summary>
    public int? ArrayChannels => imageInput is { } name && input[name].Type is VectorDataViewType { Dimensions: [_, _, var channels] } ? channels : null;

    /// <summary>The names of the tasks that are written; those that are computed from others are left out.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>The column that named the training rows; null where none was.</summary>
    public string? IdColumn { get; }

    /// <summary>How the model's tables are read; null in files of before 0.3: as any table.</summary>
    public ModelReading? Reading { get; }

    /// <summary>Writes a trained model with the reading of its tables.</summary>
    public static void Write(Stream stream, FlagResult result, FlagData data)
    {
        using var file = new MemoryStream();
        result.Ml.Model.Save(result.Pipeline, result.InputSchema, file);
        ModelReading.Of(data).Write(file);
        ZipTimes.Level(file); // equal runs write equal bytes
        file.Position = 0;
        file.CopyTo(stream);
    }

    /// <summary>Loads a model; what is none is a <see cref="UserErrorException"/>.</summary>
    public static SavedModel Load(string path)
    {
        if (Directory.Exists(path))
            throw new UserErrorException($"MODEL {path}: is a directory; give the model.zip in it.");
        ResultSet.SettleAround(path);
        if (!File.Exists(path))
            throw new UserErrorException($"MODEL {path}: there is no such file; give a model.zip that ilt flag wrote.");
        try
        {
            var pipeline = new MLContext().MultiTask.LoadModel(path, out var input);
            return new SavedModel(path, pipeline, input, ModelReading.Read(path));
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or InvalidOperationException or IOException or ArgumentException)
        {
            throw new UserErrorException($"MODEL {path}: cannot be read as a model ({e.Message.TrimEnd('.')}); give a model.zip that ilt flag wrote.", e);
        }
    }

    /// <summary>The predictions for every row of a table, with its images by row where the model sees images; a column the model needs that is absent or of the wrong kind is a <see cref="UserErrorException"/>.</summary>
    public IDataView Predict(Table table, string[]? images)
    {
        RequireColumns(table);
        var columns = input.Select(column => column.Name == imageInput ? ImageView(column, images!) : View(table, column)).ToArray();
        return pipeline.Transform(new TableDataView(columns, Enumerable.Range(0, table.RowCount).ToArray()));
    }

    /// <summary>The trained step in the pipeline.</summary>
    public MultiTaskTransformer Trained => pipeline.GetMultiTaskTransformer();

    /// <summary>Writes the pipeline as an ONNX file; what cannot be written is a <see cref="UserErrorException"/>.</summary>
    public OnnxExport Export(Stream stream, OnnxExportOptions options)
    {
        try
        {
            return new MLContext().MultiTask.ExportOnnx(pipeline, input, stream, options);
        }
        catch (NotSupportedException e)
        {
            throw new UserErrorException($"MODEL {path}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => (pipeline as IDisposable)?.Dispose();

    /// <summary>What follows from the predictions of other tasks, in thousands of numbers.</summary>
    private static IEnumerable<string> DerivedTasks(ITransformer pipeline) => pipeline switch
    {
        MultiTaskTransformer trained => trained.Tasks.Where(task => task.Sources.Count > 0).Select(task => task.Name),
        IEnumerable<ITransformer> chain => chain.SelectMany(DerivedTasks),
        _ => [],
    };

    private static IEnumerable<MultiTaskTransformer> TrainedIn(ITransformer pipeline) => pipeline switch
    {
        MultiTaskTransformer trained => [trained],
        IEnumerable<ITransformer> chain => chain.SelectMany(TrainedIn),
        _ => [],
    };

    private static IEnumerable<string> Dependencies(IRowToRowMapper mapper, DataViewSchema output, string suffix) =>
        mapper.GetDependencies(output.Where(c => !c.IsHidden && c.Name.EndsWith(suffix, StringComparison.Ordinal)).ToArray()).Select(c => c.Name);

    private static ViewColumn ImageView(DataViewSchema.Column column, string[] images)
    {
        if (column.Type is not VectorDataViewType { Dimensions: [var height, var width, var channels] })
            return ViewColumn.Paths(column.Name, images, null);
        var size = new ImageSize(height, width);
        return ViewColumn.Pixels(column.Name, size, channels, row => Picture.Read(images[row], size).Pixels);
    }

    // A column that the model reads as itself is not the one that is missing.
    private void RequireColumns(Table table)
    {
        var needed = input.Select(column => column.Name).Where(name => name != imageInput && required.Contains(name)).Select(name => Reading?.Dates.FirstOrDefault(date => date.Name == name)?.Column ?? name).Distinct().ToArray();
        if (needed.Where(name => !table.Contains(name)).ToArray() is not [var first, ..] missing) return;
        var others = missing.Length > 1 ? $" and {missing.Length - 1} other(s) ({Named([.. missing[1..].Select(name => $"'{name}'")])})" : "";
        // Nor is the id, or a label of the training table.
        var free = table.Names.Where(name => !needed.Contains(name) && name != IdColumn && Reading?.Columns.Any(known => known.Name == name) != true).ToArray();
        var advice = NearestName.Find(first, free) is { } near ? $"if '{near}' is it, rename it"
            : $"add it; {(free.Length > 0 ? "columns that the model does not read are" : "the table has")}: {Named(free.Length > 0 ? free : table.Names)}";
        throw new UserErrorException(FormattableString.Invariant($"MODEL {path}: {table.Source.Path} has no column '{first}'{others}; the model needs the {needed.Length} columns that it was trained on: {advice}."));

        static string Named(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? ", ..." : "");
    }

    private ViewColumn View(Table table, DataViewSchema.Column column)
    {
        var isText = column.Type is TextDataViewType;
        if (!isText && !column.Type.Equals(NumberDataViewType.Single))
            throw new UserErrorException($"MODEL {path}: reads column '{column.Name}' as {column.Type}; a table has numbers and texts only: use the model from a program.");
        if (!required.Contains(column.Name))
            return isText ? ViewColumn.Texts(column.Name, Blank("")) : ViewColumn.Numbers(column.Name, Blank(float.NaN));
        const string Role = "the model needs all columns it was trained on";
        if (Reading?.Dates.FirstOrDefault(d => d.Name == column.Name) is { } date)
            return date.View(table.Column(date.Column, Role));
        var found = table.Column(column.Name, Role);
        ForeignNumbers.Refuse(found);
        return isText ? FeaturePlan.TextView(column.Name, found) : ViewColumn.Numbers(column.Name, found.ToNumbers("this feature"));

        T[] Blank<T>(T value) => Enumerable.Repeat(value, table.RowCount).ToArray();
    }
}
