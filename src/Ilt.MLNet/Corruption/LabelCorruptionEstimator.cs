using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.Parameters;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ilt.MLNet;

/// <summary>
/// Makes a known share of the labels of one column wrong, so that an experiment on wrong labels is an ordinary pipeline. Made by
/// <c>mlContext.MultiTask.CorruptLabels</c>. It decides in <c>Fit</c> which rows are hit and what they become.
/// </summary>
/// <remarks>
/// Only the data it was fitted on is corrupted; test data passes unchanged, with a truth of false. Rows are recognised
/// <list type="bullet">
/// <item>by <see cref="Options.IdColumnName"/> where one is named: in any view, order or part of the data;</item>
/// <item>otherwise by the data as a whole: a view whose label column has the same values in the same order as the fitted one is
/// the fitted data, any other view (a part of it, another order) is not. This reads the label column once when rows are first
/// asked for.</item>
/// </list>
/// A single row, as a <c>PredictionEngine</c> passes it, is never corrupted without an id.
/// </remarks>
public sealed class LabelCorruptionEstimator : IEstimator<LabelCorruptionTransformer>
{
    private readonly MLContext context;
    private readonly Options options;

    /// <summary>Makes the step.</summary>
    /// <param name="mlContext">The context that gets the messages.</param>
    /// <param name="options">Which column, and what to do to it.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public LabelCorruptionEstimator(MLContext mlContext, Options options)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.LabelColumnName))
            throw new ArgumentException($"{nameof(Options.LabelColumnName)} is empty; name the label column.", nameof(options));
        if (options.IdColumnName is "" || options.TruthColumnName is "")
            throw new ArgumentException($"{nameof(Options.IdColumnName)} and {nameof(Options.TruthColumnName)} must be null or a name, not empty.", nameof(options));
        if (options.Truth == options.LabelColumnName || options.Truth == options.IdColumnName)
            throw new ArgumentException($"{nameof(Options.TruthColumnName)} '{options.Truth}' is also the label or id column; give it a name of its own.", nameof(options));
        options.ValidateCorruption();
        context = mlContext;
        this.options = options;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Check(inputSchema, nameof(inputSchema));
        // The label column keeps its shape: only the truth is new.
        return SchemaShapes.Append(inputSchema, [new DataViewSchema.DetachedColumn(options.Truth, BooleanDataViewType.Instance)]);
    }

    /// <summary>Reads the label column and decides which rows are hit.</summary>
    /// <param name="input">The data to corrupt.</param>
    /// <exception cref="ArgumentException">A column is absent or of the wrong type, or the kind of corruption does not fit it.</exception>
    /// <exception cref="DuplicateIdException">Two rows have one id.</exception>
    public LabelCorruptionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var binding = Check(SchemaShapes.Of(input.Schema), nameof(input));
        using var channel = ((IHostEnvironment)context).Register(nameof(LabelCorruptionEstimator)).Start("Corrupting");
        var task = new TaskColumn(options.LabelColumnName, options.LabelColumnName, TaskBindings.KindOf(binding)) { ClassCount = options.ClassCount };
        var column = new LabelColumn(task, binding, options.IdColumnName);
        using var originals = new PixelStores(MemoryBudget.DefaultBytes);
        var changed = new PixelStores(MemoryBudget.DefaultBytes); // lives as long as the transformer
        try
        {
            var values = column.Read(input, originals);
            var plan = CorruptionPlan.Make(options, binding, values, changed);
            channel.Info(MessageSensitivity.Schema, $"{plan.Count} of {values.Labels.Count} labels of column '{options.LabelColumnName}' were made wrong");
            return new LabelCorruptionTransformer(options, column, plan, changed);
        }
        catch
        {
            changed.Dispose();
            throw;
        }
    }

    private TaskBinding Check(SchemaShape shape, string parameter)
    {
        var column = SchemaShapes.Find(shape, options.LabelColumnName) ?? throw SchemaErrors.NotFound("label", options.LabelColumnName, parameter);
        if (options.IdColumnName is { } id)
            IdReader.Check(SchemaShapes.Find(shape, id) ?? throw SchemaErrors.NotFound("id", id, parameter), parameter);
        var binding = options.BindingOf(column)
            ?? throw SchemaErrors.Mismatch("label", column.Name, Expected(options.Bindings), SchemaShapes.Describe(column), parameter);
        if (options.Corruption is not { Kind: var kind } || binding.Takes(kind)) return binding;
        TaskBinding[] others = [.. options.Bindings.Where(other => other.Takes(kind))];
        throw SchemaErrors.Mismatch("label", column.Name, Expected(others), SchemaShapes.Describe(column), parameter,
            $"The corruption {kind} is for {others[0].Noun}");
    }

    private static string Expected(IEnumerable<TaskBinding> bindings)
        => SchemaErrors.Or(bindings.Select(binding => binding.ExpectedForCorruption));

    /// <summary>Which column to corrupt, and how. A value; fitting never writes to it.</summary>
    public sealed record Options
    {
        /// <summary>
        /// The label column: key, <see cref="bool"/>, <see cref="float"/> or known-size vector of <see cref="float"/>; for masks and maps
        /// vectors of <see cref="byte"/> and <see cref="float"/> with the dimensions [height, width].
        /// </summary>
        public required string LabelColumnName { get; init; }

        /// <summary>Kind, fraction, seed and range for classes and numbers. Set one of this, <see cref="MaskCorruption"/> and <see cref="MapCorruption"/>.</summary>
        public LabelCorruption? Corruption { get; init; }

        /// <summary>Kind, fraction and seed for masks.</summary>
        public MaskCorruption? MaskCorruption { get; init; }

        /// <summary>Kind, fraction, seed and range for maps.</summary>
        public MapCorruption? MapCorruption { get; init; }

        /// <summary>Number of classes of masks; ids run from 0.</summary>
        /// <value>2 to 255; the default is null: the highest id in the masks, plus 1.</value>
        public int? ClassCount { get; init; }

        /// <summary>The added <see cref="bool"/> column, true only where the label was changed.</summary>
        /// <value>The default is null: the label column's name + "Corrupted".</value>
        public string? TruthColumnName { get; init; }

        /// <summary>The column that names the rows: text, integer or key, no two alike.</summary>
        /// <value>The default is null: the fitted data is recognised as a whole.</value>
        public string? IdColumnName { get; init; }

        /// <summary>What the column may hold to be corrupted in the way that is set.</summary>
        internal IReadOnlyList<TaskBinding> Bindings => TaskBindings.CorruptedBy(this);

        /// <summary>What the column holds; null where labels of its type cannot be corrupted in the way that is set.</summary>
        internal TaskBinding? BindingOf(SchemaShape.Column column) => Bindings.FirstOrDefault(binding => binding.FitsCorruption(column));

        internal void ValidateCorruption()
        {
            if (new object?[] { Corruption, MaskCorruption, MapCorruption }.Count(recipe => recipe is not null) != 1)
                throw new ArgumentException($"Set one of {nameof(Corruption)}, {nameof(MaskCorruption)} and {nameof(MapCorruption)}.", nameof(Corruption));
            if (ClassCount is < 2 or > 255)
                throw new ArgumentOutOfRangeException(nameof(ClassCount), ClassCount, $"{nameof(ClassCount)} must be 2 to 255, or null.");
            if (ClassCount is not null && MaskCorruption is null)
                throw new ArgumentException($"{nameof(ClassCount)} is for {nameof(MaskCorruption)}; the classes of a key or boolean column are known.", nameof(ClassCount));
            Corruption?.Validate();
            MaskCorruption?.Validate();
            MapCorruption?.Validate();
        }

        internal string Truth => TruthColumnName ?? LabelColumnName + "Corrupted";
    }
}
