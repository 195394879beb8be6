using Ilt.Corruption;
using Ilt.Parameters;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ilt.MLNet;

/// <summary>
/// Makes a known share of the labels of one column wrong, so that an experiment on wrong labels is an ordinary pipeline. Made by
/// <c>mlContext.MultiTask.CorruptLabels</c>. It decides in <c>Fit</c> which rows are hit and what they become.
/// </summary>
/// <remarks>
/// Only the data it was fitted on is corrupted; test data passes unchanged, with a mask of false. Rows are recognised
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
        if (options.IdColumnName is "" || options.MaskColumnName is "")
            throw new ArgumentException($"{nameof(Options.IdColumnName)} and {nameof(Options.MaskColumnName)} must be null or a name, not empty.", nameof(options));
        if (options.Mask == options.LabelColumnName || options.Mask == options.IdColumnName)
            throw new ArgumentException($"{nameof(Options.MaskColumnName)} '{options.Mask}' is also the label or id column; give it a name of its own.", nameof(options));
        ArgumentNullException.ThrowIfNull(options.Corruption);
        options.Corruption.Validate();
        context = mlContext;
        this.options = options;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Check(inputSchema, nameof(inputSchema));
        // The label column keeps its shape: only the mask is new.
        return SchemaShapes.Append(inputSchema, [new DataViewSchema.DetachedColumn(options.Mask, BooleanDataViewType.Instance)]);
    }

    /// <summary>Reads the label column and decides which rows are hit.</summary>
    /// <param name="input">The data to corrupt.</param>
    /// <exception cref="ArgumentException">A column is absent or of the wrong type, or the kind of corruption does not fit it.</exception>
    /// <exception cref="DuplicateIdException">Two rows have one id.</exception>
    public LabelCorruptionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var kind = Check(SchemaShapes.Of(input.Schema), nameof(input));
        using var channel = ((IHostEnvironment)context).Register(nameof(LabelCorruptionEstimator)).Start("Corrupting");
        var (labels, size, ids) = LabelColumn.Read(input, options.LabelColumnName, kind, options.IdColumnName);
        var plan = CorruptionPlan.Make(options.Corruption, labels, size, ids is null ? null : new InstanceIndex(ids));
        channel.Info(MessageSensitivity.Schema, $"{plan.Count} of {labels.Count} labels of column '{options.LabelColumnName}' were made wrong");
        return new LabelCorruptionTransformer(options, kind, plan);
    }

    private LabelKind Check(SchemaShape shape, string parameter)
    {
        var column = SchemaShapes.Find(shape, options.LabelColumnName) ?? throw SchemaErrors.NotFound("label", options.LabelColumnName, parameter);
        if (options.IdColumnName is { } id)
            IdReader.Check(SchemaShapes.Find(shape, id) ?? throw SchemaErrors.NotFound("id", id, parameter), parameter);
        var kind = LabelColumn.KindOf(column)
            ?? throw SchemaErrors.Mismatch("label", column.Name, "Key, Boolean, Single or known-size Vector<Single>", SchemaShapes.Describe(column), parameter);
        var classes = kind is LabelKind.Key or LabelKind.Boolean;
        var fits = options.Corruption.Kind switch
        {
            LabelCorruptionKind.Swap => true,
            LabelCorruptionKind.UniformNoise or LabelCorruptionKind.GaussianNoise => !classes,
            _ => classes,
        };
        if (!fits)
            throw SchemaErrors.Mismatch("label", column.Name, classes ? "Single or known-size Vector<Single>" : "Key or Boolean", SchemaShapes.Describe(column), parameter,
                $"The corruption {options.Corruption.Kind} is for {(classes ? "numbers" : "classes")}");
        return kind;
    }

    /// <summary>Which column to corrupt, and how. A value; fitting never writes to it.</summary>
    public sealed record Options
    {
        /// <summary>The label column: key, <see cref="bool"/>, <see cref="float"/> or known-size vector of <see cref="float"/>.</summary>
        public required string LabelColumnName { get; init; }

        /// <summary>Kind, fraction, seed and range.</summary>
        public required LabelCorruption Corruption { get; init; }

        /// <summary>The added <see cref="bool"/> column, true only where the label was changed.</summary>
        /// <value>The default is null: the label column's name + "Corrupted".</value>
        public string? MaskColumnName { get; init; }

        /// <summary>The column that names the rows: text, integer or key, no two alike.</summary>
        /// <value>The default is null: the fitted data is recognised as a whole.</value>
        public string? IdColumnName { get; init; }

        internal string Mask => MaskColumnName ?? LabelColumnName + "Corrupted";
    }
}
