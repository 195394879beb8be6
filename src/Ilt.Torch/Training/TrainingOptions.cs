using Ilt.Imaging;
using Ilt.Parameters;
using Ilt.Weighting;

namespace Ilt.Torch;

/// <summary>How to train. What is left null is chosen from the data by <see cref="TrainingDefaults"/>.</summary>
public sealed record TrainingOptions
{
    /// <summary>How the losses of rows and tasks are weighed.</summary>
    /// <value>The default is <see cref="LossWeightingKind.InstanceLevel"/>.</value>
    public LossWeightingKind Weighting { get; init; } = LossWeightingKind.InstanceLevel;

    /// <summary>Options of that weighting.</summary>
    /// <value>Those of <see cref="Weighting"/>; null = its defaults. Those of the log-variances are <see cref="InstanceLevel"/>.</value>
    public WeightingOptions? WeightingOptions { get; init; }

    /// <summary>A weighting of the user's own, in place of a built-in one.</summary>
    /// <value>null = <see cref="Weighting"/>, which is left at its default beside this.</value>
    public CustomWeighting? CustomWeighting { get; init; }

    /// <summary>Options of the log-variances; used with <see cref="LossWeightingKind.InstanceLevel"/> only.</summary>
    public InstanceTaskParameterOptions InstanceLevel { get; init; } = new();

    /// <summary>Temperature of dynamic weight averaging; used with <see cref="LossWeightingKind.DynamicWeightAverage"/> only.</summary>
    /// <value>Positive; the default is 2. The same as <see cref="DynamicWeightAverageOptions.Temperature"/>: set one of them.</value>
    public double DwaTemperature { get; init; } = DynamicWeightAverage.DefaultTemperature;

    /// <summary>Passes over the training rows.</summary>
    /// <value>
    /// At least 1; null = found for tables: each task is trained as long as the loss on rows whose labels the network has not seen falls, since a longer run
    /// learns wrong labels by heart. That costs two more fits, on half of the rows each; name a number to save them. For images, and for tables of
    /// fewer than 40 rows: from the number of rows.
    /// </value>
    public int? Epochs { get; init; }

    /// <summary>Rows per step of the optimiser.</summary>
    /// <value>At least 1; null = chosen from the data.</value>
    public int? BatchSize { get; init; }

    /// <summary>Peak learning rate of Adam; it rises over the first twentieth of the run and falls along a half cosine to a twentieth of the peak.</summary>
    /// <value>Positive; null = chosen from the data.</value>
    public double? LearningRate { get; init; }

    /// <summary>Decoupled weight decay (AdamW). Far stronger than usual, to keep the network from memorising wrong labels.</summary>
    /// <value>Not negative; null = chosen from the data: 0.5, which shrinks a weight by a tenth of a percent per step at the default peak rate.</value>
    public double? WeightDecay { get; init; }

    /// <summary>The norm of the whole gradient is clipped to this; null = never. exp(-s) multiplies a row's gradient by up to 54, so clip.</summary>
    /// <value>Positive or null; the default is 1.</value>
    public double? GradientClipNorm { get; init; } = 1;

    /// <summary>The network.</summary>
    /// <value>
    /// null = chosen from the data: a perceptron of <see cref="HiddenUnits"/> for a table; for images a <see cref="UNetDefinition"/> where there
    /// are pixel tasks (<see cref="UNetDefinition.BodySmall"/> where there is a <see cref="BodySurface"/>), else a <see cref="ResidualCnnDefinition"/>.
    /// </value>
    public NetworkDefinition? Network { get; init; }

    /// <summary>Random changes to images, and to masks and maps with them, anew at every visit.</summary>
    /// <value>null = none.</value>
    public AugmentationOptions? Augmentation { get; init; }

    /// <summary>Random changes of pictures of one person each, and of body parts and pose with them, anew at every visit; in place of <see cref="Augmentation"/>.</summary>
    /// <value>null = none.</value>
    public PersonAugmentation? PersonAugmentation { get; init; }

    /// <summary>Units of each shared layer of the perceptron that is made where the rows are those of a table and <see cref="Network"/> is null.</summary>
    /// <value>null = chosen from the data. Refused beside a <see cref="Network"/> that says otherwise, and for images.</value>
    public IReadOnlyList<int>? HiddenUnits { get; init; }

    /// <summary>Probability of dropping a hidden unit of that perceptron in training.</summary>
    /// <value>
    /// In [0, 1); null = chosen from the data: 0.5 where there is a feature for every four rows or fewer, else 0. Refused as
    /// <see cref="HiddenUnits"/> is.
    /// </value>
    public double? Dropout { get; init; }

    /// <summary>The one number from which shuffling, initial weights and dropout follow.</summary>
    /// <value>The default is 1; an ML.NET trainer draws it from <c>new MLContext(seed)</c> where it is not set, see <see cref="IsSeedSet"/>.</value>
    public int Seed
    {
        get => seed ?? 1;
        init => seed = value;
    }

    /// <summary>Whether <see cref="Seed"/> was given a value.</summary>
    public bool IsSeedSet => seed is not null;

    private readonly int? seed;

    /// <summary>For <see cref="Threads"/>: the number with which this training is fastest.</summary>
    public const int AutomaticThreads = 0;

    /// <summary>The most that <see cref="Threads"/> takes: four times the processors of this process, and at least 64.</summary>
    public static int MaximumThreads => Math.Max(64, 4 * Environment.ProcessorCount);

    /// <summary>Threads torch may use. Small networks are fastest with one.</summary>
    /// <value>
    /// 1 to <see cref="MaximumThreads"/>, or <see cref="AutomaticThreads"/>; the default is 1. Results are equal from run to run for one seed and one thread count. Trainings at the
    /// same time in a process must ask for the same number.
    /// </value>
    /// <remarks>
    /// <see cref="AutomaticThreads"/>: before the first step, a second network of the same definition passes some times over one batch with 1, 2, 4, ...
    /// threads, up to the processors of the process, which takes about 2 % of the run's time at most. The fewest threads than which none is faster by 5 %
    /// are kept; a run too short to measure takes 1. <see cref="TrainingResult.EffectiveOptions"/> says which number it was: named, it repeats the run bit for bit,
    /// whereas to leave it open again may choose another one. A training that goes on from a checkpoint takes that of the checkpoint, one beside others in the process theirs.
    /// </remarks>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// The ranks that train the network together: each computes its part of every batch, and the result is that of one rank but for the order in which
    /// numbers are summed. Every rank is given the same rows, options and calls.
    /// </summary>
    /// <value>null = this training alone. Another number of ranks may go on with a checkpoint, which the first rank keeps; the others need name none.</value>
    /// <remarks>
    /// A <see cref="CustomNetworkDefinition"/> must have no buffers, and batch normalization of its own would see the part of a rank only. Dropout draws other
    /// units on every rank, so that another number of ranks is as another seed.
    /// </remarks>
    public IReplicas? Replicas { get; init; }

    /// <summary>Where the network is trained, and predicts afterwards.</summary>
    /// <value>The default is <see cref="TrainingDevice.Cpu"/>. Other devices round differently; a checkpoint may go on elsewhere.</value>
    public TrainingDevice Device { get; init; } = TrainingDevice.Cpu;

    /// <summary>In what numbers convolutions and linear layers multiply in training.</summary>
    /// <value>The default is <see cref="TrainingPrecision.Float32"/>, which a <see cref="CustomNetworkDefinition"/> always has.</value>
    public TrainingPrecision Precision { get; init; }

    /// <summary>
    /// Stop when the validation loss has not fallen for this many epochs, and go back to the best epoch; 0 = train to the end and keep
    /// the last epoch. Ignored without validation data.
    /// </summary>
    /// <value>Not negative; the default is 0.</value>
    public int EarlyStoppingPatience { get; init; }

    /// <summary>Networks of the second half of the run that are kept to say where in an image a label does not fit; used with pixel tasks only.</summary>
    /// <value>At least 1; the default is 5. Each takes the memory of the network's parameters.</value>
    public int PixelSnapshots { get; init; } = 5;

    /// <summary>Training rows, from 0, whose log-variances are kept epoch by epoch in <see cref="TrainingResult.LogVarianceHistory"/>.</summary>
    /// <value>The default is none: the spread over all rows is kept anyway.</value>
    public IReadOnlyList<int> WatchedRows { get; init; } = [];

    /// <summary>
    /// Memory for what is learned of every row: log-variances, and statistics of the losses, 20 to 28 bytes per row and task; and as much for the features of a table that is
    /// read from a data view. What is beyond goes to scratch files, with the same values (see <see cref="StreamedTable"/> for the order of the rows).
    /// </summary>
    /// <value>Bytes, not negative; null = a quarter of the memory that the process may have.</value>
    public long? Memory { get; init; }

    /// <summary>Where and how often to keep the state of the training, to go on after it was cancelled or killed.</summary>
    /// <value>null = nowhere.</value>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Whether a training that fails after its first epoch gives what it had learned by the end of the last one, in place of throwing.</summary>
    /// <value>
    /// The default is false. With it, <see cref="TrainingResult.Failure"/> says what went wrong; it costs a copy of the network and of the rows' statistics
    /// after every epoch.
    /// </value>
    public bool KeepPartialOnFailure { get; init; }

    /// <summary>Called after each epoch.</summary>
    public Action<EpochReport>? OnEpoch { get; init; }

    /// <summary>Called after each step of the optimiser; must be quick.</summary>
    public Action<BatchProgress>? OnBatch { get; init; }

    /// <summary>Told in a sentence each what was chosen for this machine: the number of threads where it is <see cref="AutomaticThreads"/>.</summary>
    public Action<string>? OnNote { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        InstanceLevel.Validate();
        Require(Enum.IsDefined(Weighting), nameof(Weighting), "one of the enumeration", Weighting);
        Require(WeightingOptions is null || WeightingOptions.Kind == Weighting, nameof(WeightingOptions), $"null, or those of {nameof(Weighting)}, {Weighting}", $"those of {WeightingOptions?.Kind}");
        WeightingOptions?.Validate();
        Require(WeightingOptions is not DynamicWeightAverageOptions || DwaTemperature == DynamicWeightAverage.DefaultTemperature, nameof(DwaTemperature), $"left at its default beside {nameof(WeightingOptions)}", DwaTemperature);
        Require(CustomWeighting is null || Weighting == LossWeightingKind.InstanceLevel, nameof(Weighting), $"left at its default beside {nameof(CustomWeighting)}", Weighting);
        Require(CustomWeighting is null || !string.IsNullOrWhiteSpace(CustomWeighting.Name), nameof(CustomWeighting), "a weighting with a name", "none");
        Require(DwaTemperature > 0, nameof(DwaTemperature), "positive", DwaTemperature);
        Require(Epochs is null or >= 1, nameof(Epochs), "at least 1", Epochs);
        Require(BatchSize is null or >= 1, nameof(BatchSize), "at least 1", BatchSize);
        Require(LearningRate is null || LearningRate > 0 && double.IsFinite(LearningRate.Value), nameof(LearningRate), "positive", LearningRate);
        Require(WeightDecay is null || WeightDecay >= 0 && double.IsFinite(WeightDecay.Value), nameof(WeightDecay), "zero or positive", WeightDecay);
        Require(GradientClipNorm is null or > 0, nameof(GradientClipNorm), "positive, or null for no clipping", GradientClipNorm);
        Require(HiddenUnits is null || HiddenUnits.All(u => u >= 1), nameof(HiddenUnits), "a list of numbers of at least 1", Listed(HiddenUnits));
        Require(Dropout is null or (>= 0 and < 1), nameof(Dropout), "at least 0 and below 1", Dropout);
        if (Network is not null) RequireNoPerceptron(Network as MlpDefinition, $"{nameof(Network)} is set", $"give {nameof(Network)} its layers itself");
        Require(Memory is null or >= 0, nameof(Memory), "zero or positive", Memory);
        Checkpoint?.Validate();
        Augmentation?.Validate();
        PersonAugmentation?.Validate();
        Require(PersonAugmentation is null || Augmentation is null or { IsIdentity: true }, nameof(Augmentation), $"null where {nameof(PersonAugmentation)} is set", Augmentation);
        Require(PixelSnapshots >= 1, nameof(PixelSnapshots), "at least 1", PixelSnapshots);
        Require(Threads is >= 1 && Threads <= MaximumThreads || Threads == AutomaticThreads, nameof(Threads), $"at least 1 and at most {MaximumThreads}, or {AutomaticThreads} for the fastest number", Threads);
        Require(Device is not null, nameof(Device), "a device", null);
        Require(Enum.IsDefined(Precision), nameof(Precision), "Float32 or BFloat16", Precision);
        Require(EarlyStoppingPatience >= 0, nameof(EarlyStoppingPatience), "zero or positive", EarlyStoppingPatience);
    }

    /// <summary>Refuses what a training on images would ignore: <see cref="HiddenUnits"/> and <see cref="Dropout"/>, which speak of the perceptron for tables.</summary>
    /// <exception cref="ArgumentException">One of them is set; the message names it.</exception>
    public void ValidateForImages() =>
        RequireNoPerceptron(null, "the rows are images", $"choose the layers with {nameof(Network)}");

    // What a filled copy says of its perceptron may be given again.
    private void RequireNoPerceptron(MlpDefinition? network, string where, string cure)
    {
        var expected = $"null where {where}, which would ignore it ({cure})";
        Require(HiddenUnits is null || network is not null && HiddenUnits.SequenceEqual(network.HiddenUnits), nameof(HiddenUnits), expected, Listed(HiddenUnits));
        Require(Dropout is null || Dropout == network?.Dropout, nameof(Dropout), expected, Dropout);
    }

    /// <summary>A fresh weighting for a run.</summary>
    internal ILossWeighting CreateWeighting(WeightingContext context) => CustomWeighting is { } own
        ? own.Make(context)
        : LossWeightings.Create(
            Weighting, context, WeightingOptions ?? (Weighting == LossWeightingKind.DynamicWeightAverage ? new DynamicWeightAverageOptions { Temperature = DwaTemperature } : null), InstanceLevel);

    /// <summary>A fresh budget of <see cref="Memory"/>.</summary>
    internal MemoryBudget MemoryBudget() => new(Memory ?? Imaging.MemoryBudget.ShareOfMachine);

    private static string? Listed(IReadOnlyList<int>? units) => units is null ? null : $"[{string.Join(", ", units)}]";

    private static void Require(bool condition, string name, string expected, object? found)
    {
        if (!condition)
            throw new ArgumentException(FormattableString.Invariant($"{name} must be {expected}, found {found}."), name);
    }
}
