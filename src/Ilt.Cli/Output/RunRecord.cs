using System.Text.Json;
using System.Text.Json.Serialization;
using Ilt.Cli.Pipeline;
using Ilt.Imaging;
using Ilt.Reports;
using Ilt.Torch;

namespace Ilt.Cli.Output;

/// <summary>What <c>run.json</c> holds. Numbers that are not finite are written as null.</summary>
internal sealed record RunRecord
{
    /// <summary>The file's name within the output folder.</summary>
    public const string FileName = "run.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new FiniteOrNull() },
    };

    /// <summary>Rises when a field changes its meaning.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>False when the run was cancelled: the results are those of the moment.</summary>
    public required bool Complete { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTime Started { get; init; }

    /// <summary>Seconds from start to writing, reading the data included.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>ilt, and the packages under it.</summary>
    public required RunVersions Versions { get; init; }

    /// <summary>The training table.</summary>
    public required RunData Data { get; init; }

    /// <summary>The validation rows; null: none.</summary>
    public required RunValidation? Validation { get; init; }

    /// <summary>What people said of labels; left out where nobody has looked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunReviewed? Reviewed { get; init; }

    /// <summary>The options as given; what was left out is null.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>The options in effect, what was chosen from the data included.</summary>
    public required RunEffective Effective { get; init; }

    /// <summary>By what the rows are ranked, and what that cost.</summary>
    public required RunScoring Scoring { get; init; }

    /// <summary>What became of the feature columns.</summary>
    public required RunFeatures Features { get; init; }

    /// <summary>How the columns in use were read.</summary>
    public IReadOnlyList<RunColumn>? Reading { get; init; }

    /// <summary>What the images are; left out for tables.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunImages? Images { get; init; }

    /// <summary>The body model; left out without tasks of the kind vertices.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunBody? Body { get; init; }

    /// <summary>The tasks.</summary>
    public required IReadOnlyList<RunTask> Tasks { get; init; }

    /// <summary>One entry per finished epoch.</summary>
    public required IReadOnlyList<RunEpoch> Epochs { get; init; }

    /// <summary>Metrics of the final network on the validation rows, by task; null without validation.</summary>
    public required IReadOnlyDictionary<string, RunMetrics>? ValidationMetrics { get; init; }

    /// <summary>By task how many labels are wrong; null where no models have spoken of the rows that had not seen them.</summary>
    public IReadOnlyDictionary<string, RunAudit>? Audit { get; init; }

    /// <summary>What ilt audit found beside wrong labels; null after ilt flag, which does not look.</summary>
    public IReadOnlyList<ReportFinding>? Findings { get; init; }

    /// <summary>The command line, and where it was given.</summary>
    public RecordedCommand? Command { get; init; }

    /// <summary>What the run cost until its files were written.</summary>
    public RunCost? Cost { get; init; }

    /// <summary>Things worth knowing about the data.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reasons to doubt the ranking.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Writes the record.</summary>
    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Json));

    /// <summary>Reads the record of a run.</summary>
    /// <exception cref="UserErrorException">It is not there, or not one that this version wrote.</exception>
    public static RunRecord Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new UserErrorException($"RUN {folder}: holds no {FileName}; expected the --out folder of ilt flag or ilt audit.");
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<RunRecord>(file, Json) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({UserErrorException.OneLine(e.Message).TrimEnd('.')}); run the command again that made it.", e);
        }
    }

    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}

/// <summary>The versions a run used.</summary>
internal sealed record RunVersions(string Ilt, string MicrosoftML, string TorchSharp, string Dotnet);

/// <summary>The training table: path as given, SHA-256 of its bytes, size, and the id column if named.</summary>
internal sealed record RunData(string Path, string Sha256, int Rows, int TrainingRows, int Columns, string Format, string? IdColumn);

/// <summary>The validation rows: a table of their own, or a share of the training table.</summary>
internal sealed record RunValidation(string? Path, string? Sha256, double? Fraction, int Rows);

/// <summary>The file of --reviewed as given, SHA-256 of its bytes, and how many labels of each task it calls right, corrected and wrong.</summary>
internal sealed record RunReviewed(string Path, string Sha256, IReadOnlyDictionary<string, RunVerdicts> ByTask);

/// <summary>Numbers of labels by verdict.</summary>
internal sealed record RunVerdicts(int Right, int Corrected, int Wrong);

/// <summary>The options as the user gave them.</summary>
internal sealed record RunOptions(
    IReadOnlyList<string> Tasks, IReadOnlyList<string> Features, IReadOnlyList<string> Ignore, string Weighting, int? Epochs, int? Batch,
    double? LearningRate, double? InstanceLearningRate, int Seed, int? Threads, string Out)
{
    /// <summary>The score or detector asked for; null: none was named.</summary>
    public string? Score { get; init; }

    /// <summary>The device asked for: auto, cpu or cuda:N.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The precision asked for: float32 or bfloat16.</summary>
    public string Precision { get; init; } = "float32";

    /// <summary>Columns that stay features whatever they look like.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>How the user said that columns are read.</summary>
    public RunReadingOptions? Reading { get; init; }
}

/// <summary>How the user said that columns are read: words for missing cells (null: the usual ones), columns by kind, decimal signs, and whether spellings are kept apart.</summary>
internal sealed record RunReadingOptions(
    IReadOnlyList<string>? Missing, IReadOnlyList<string> Categories, IReadOnlyList<string> Numbers, IReadOnlyList<string> Dates, IReadOnlyList<string> Decimals, bool KeepSpellings);

/// <summary>How a column of features, labels or ids was read: number, text or date; how numbers or dates are written there.</summary>
internal sealed record RunColumn(string Name, string Kind, string? Numbers, string? Dates);

/// <summary>The options in effect.</summary>
internal sealed record RunEffective(
    string Weighting, int Epochs, int BatchSize, double LearningRate, double WeightDecay, double? GradientClipNorm, IReadOnlyList<int>? HiddenUnits,
    double? Dropout, double InstanceStepSize, double InstanceMomentum, int? InstanceWarmupEpochs, double InstanceMinimum, double InstanceMaximum,
    double InstanceMedianPull, int Seed, int Threads)
{
    /// <summary>Epochs per task, where they were found by the loss on rows not seen; the run is as long as the longest.</summary>
    public IReadOnlyDictionary<string, int>? EpochsByTask { get; init; }

    /// <summary>True where the number of threads was measured to be the fastest; left out where it was named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ThreadsChosen { get; init; }

    /// <summary>Processes that trained together under mpirun; left out where there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ranks { get; init; }

    /// <summary>The device that trained: cpu or cuda:N.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>In what numbers layers multiplied in training: float32 or bfloat16.</summary>
    public string Precision { get; init; } = "float32";
}

/// <summary>
/// The score or detector that ranks the rows, its fits and seconds beside the training, by task whose scores the rows have (noise-score where the one asked for
/// says nothing of a task), and what it decided.
/// </summary>
internal sealed record RunScoring(string Score, int Fits, double Seconds, IReadOnlyDictionary<string, string> ByTask, IReadOnlyList<string> Notes);

/// <summary>Feature columns by treatment.</summary>
internal sealed record RunFeatures(
    IReadOnlyList<string> Numbers, IReadOnlyList<string> WithMissingValues, IReadOnlyList<string> Texts, IReadOnlyList<string> Dropped);

/// <summary>
/// The images: columns and folders as given, the size trained on, how label images were read, the network and the augmentation in effect, rows left
/// out, and how long training waited for images that were still being decoded or augmented.
/// </summary>
internal sealed record RunImages(
    string Column, string Folder, string LabelFolder, int Height, int Width, string? ClassMap, IReadOnlyList<string>? ClassNames, int IgnoreValue, bool InstanceIds,
    double MapScale, double MapOffset, double? MapInvalid, bool MapNanIsInvalid, NetworkDefinition Network, AugmentationOptions? Augmentation, int MemoryMiB,
    long SkippedRows, double WaitSeconds, double WaitShare)
{
    /// <summary>The frame of --augment-person; left out without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AugmentPerson { get; init; }
}

/// <summary>The body model: path as given, SHA-256 of its bytes, its size, and how many of its vertices are computed.</summary>
internal sealed record RunBody(string Path, string Sha256, int Vertices, int ComputedVertices, int Joints, int ShapeCoefficients);

/// <summary>How many labels of a task are wrong: the estimated share with its 95 % interval, or why that cannot be told; the share taken for overlap of classes; how many are flagged; and how s of the most
/// suspicious rows went over the epochs, by id.</summary>
internal sealed record RunAudit(double? Share, double Low, double High, string? CannotTell, int Flagged, IReadOnlyDictionary<string, float[]>? Paths, double? Overlap = null);

/// <summary>A task: kind class, regression, count, mask, map or vertices, its columns, how many training rows have a label, and the classes if it has some.</summary>
internal sealed record RunTask(string Name, string Kind, IReadOnlyList<string> Columns, int LabelledRows, IReadOnlyList<string>? Classes)
{
    /// <summary>Masks: the numbers, ranges of them (0-127) or colours (#rrggbb) of the files by class, with commas between; left out for other labels and where files number objects.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ClassValues { get; init; }

    /// <summary>Vertices: the tasks that it is computed from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sources { get; init; }
}

/// <summary>An epoch, from 1: loss, metrics and quantiles of s by task.</summary>
internal sealed record RunEpoch(
    int Epoch, double Seconds, double RowsPerSecond, IReadOnlyDictionary<string, double> TrainLoss,
    IReadOnlyDictionary<string, RunMetrics>? Validation, IReadOnlyDictionary<string, RunQuantiles>? LogVariance)
{
    /// <summary>Seconds in which training waited for images; left out for tables.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WaitSeconds { get; init; }
}

/// <summary>Quantiles of s over the labelled training rows.</summary>
internal sealed record RunQuantiles(double Minimum, double P05, double P25, double Median, double P75, double P95, double Maximum);
