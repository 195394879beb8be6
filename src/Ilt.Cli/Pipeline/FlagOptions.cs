using Ilt.Cli.Images;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Detectors;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Cli.Pipeline;

/// <summary>The options of <c>ilt flag</c>, read and checked as far as they can be without the data.</summary>
internal sealed record FlagOptions
{
    /// <summary>The table.</summary>
    public required string Data { get; init; }

    /// <summary>The tasks.</summary>
    public required IReadOnlyList<TaskSpec> Tasks { get; init; }

    /// <summary>The column that names the rows; null: the row number.</summary>
    public string? Id { get; init; }

    /// <summary>Names and patterns of feature columns; empty: all that are no id, label or ignored.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Names and patterns of columns to leave out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Names and patterns of columns that stay features although they count the rows or say a label again.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>How the columns of tables are read.</summary>
    public ReadingOptions Reading { get; init; } = ReadingOptions.None;

    /// <summary>What people have said of labels; null: nobody has looked.</summary>
    public string? Reviewed { get; init; }

    /// <summary>Images in place of feature columns; null: a table.</summary>
    public ImageOptions? Images { get; init; }

    /// <summary>The body model's file; null: none is needed.</summary>
    public string? Body { get; init; }

    /// <summary>Share of the rows to measure on; null: none.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>Table to measure on; null: none.</summary>
    public string? ValidationFile { get; init; }

    /// <summary>How losses are weighed.</summary>
    public LossWeightingKind Weighting { get; init; } = LossWeightingKind.InstanceLevel;

    /// <summary>By what rows are ranked; null: the default.</summary>
    public IDetector? Detector { get; init; }

    /// <summary>Options of that weighting; null: its defaults.</summary>
    public WeightingOptions? WeightingOptions { get; init; }

    /// <summary>The weighting as the command line takes it.</summary>
    public string WeightingText => WeightingSyntax.Format(Weighting, WeightingOptions);

    /// <summary>Passes over the rows; null: chosen from the data.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows per step; null: chosen from the data.</summary>
    public int? Batch { get; init; }

    /// <summary>Learning rate of the network; null: chosen from the data.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Step of the log-variances per visit; null: the default.</summary>
    public double? InstanceLearningRate { get; init; }

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads for the network; <see cref="TrainingOptions.AutomaticThreads"/>: the fastest number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The processes of an mpirun that train together; null: this one alone.</summary>
    public IReplicas? Replicas { get; init; }

    /// <summary>Whether another process does what is not training.</summary>
    public bool Follows => Replicas is { Rank: > 0 };

    /// <summary>Where the network is trained.</summary>
    public DevicePlan Device { get; init; } = DevicePlan.Cpu;

    /// <summary>In what numbers it multiplies in training.</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Memory for the features of a table, and as much for what is learned of its rows, in MiB; null: the default.</summary>
    public int? MemoryMiB { get; init; }

    /// <summary>The folder that gets the results.</summary>
    public string Out { get; init; } = DefaultOut;

    /// <summary>Whether cells of CSV files are made no formulas.</summary>
    public bool CsvSafe { get; init; }

    /// <summary>The folder where none is named.</summary>
    public const string DefaultOut = "ilt-out";

    /// <summary>How often the state of the training is kept.</summary>
    public CheckpointPlan Checkpoint { get; init; } = CheckpointPlan.Default;

    /// <summary>Whether there must be an unfinished run to go on with.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether an unfinished run is thrown away.</summary>
    public bool Restart { get; init; }

    /// <summary>Whether a report is made, with all that it needs.</summary>
    public bool IsAudit { get; init; }

    /// <summary>Every file and folder that the run reads and that the command line names.</summary>
    public IEnumerable<string> Inputs => new[] { Data, ValidationFile, Reviewed, Body, Images?.Folder, Images?.LabelFolder }.OfType<string>();

    /// <summary>The command line, for going on.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
