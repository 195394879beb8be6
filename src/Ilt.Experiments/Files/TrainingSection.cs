using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Options of training as an experiment's file has them: those of the whole experiment, a data set or one method.</summary>
internal sealed class TrainingSection
{
    private readonly Func<TrainingOptions, TrainingOptions> change;

    private TrainingSection(Func<TrainingOptions, TrainingOptions> change, string canonical) => (this.change, Canonical) = (change, canonical);

    /// <summary>Nothing but the defaults.</summary>
    public static TrainingSection None { get; } = new(options => options, "{}");

    /// <summary>The section in one way of writing.</summary>
    public string Canonical { get; }

    /// <summary>Factors on the losses of tasks, by name.</summary>
    public IReadOnlyDictionary<string, double> LossScales { get; private init; } = new Dictionary<string, double>();

    /// <summary>Strength of the random changes of pictures of people; null: as it was.</summary>
    public double? PersonAugmentation { get; private init; }

    /// <summary>Epochs that are named here.</summary>
    public int? Epochs { get; private init; }

    /// <summary>The options with those of this section.</summary>
    public TrainingOptions Apply(TrainingOptions options) => change(options);

    /// <summary>Reads a section; null: <see cref="None"/>.</summary>
    public static TrainingSection Read(JsonPlace? place)
    {
        if (place is null) return None;
        var changes = new List<Func<TrainingOptions, TrainingOptions>>();
        var epochs = place.Whole("epochs", 1);
        if (epochs is { } passes) changes.Add(o => o with { Epochs = passes });
        if (place.Whole("batchSize", 1) is { } batch) changes.Add(o => o with { BatchSize = batch });
        if (place.Number("learningRate", 0) is { } rate) changes.Add(o => o with { LearningRate = rate });
        if (place.Number("weightDecay", 0) is { } decay) changes.Add(o => o with { WeightDecay = decay });
        if (place.Number("gradientClipNorm", 0) is { } clip) changes.Add(o => o with { GradientClipNorm = clip == 0 ? null : clip });
        if (place.Wholes("hiddenUnits", 1) is { } units) changes.Add(o => o with { HiddenUnits = units });
        if (place.Number("dropout", 0, 1) is { } dropout) changes.Add(o => o with { Dropout = dropout });
        if (place.Number("dwaTemperature", 0) is { } temperature) changes.Add(o => o with { DwaTemperature = temperature });
        if (place.Whole("pixelSnapshots", 1) is { } snapshots) changes.Add(o => o with { PixelSnapshots = snapshots });
        if (place.Whole("threads", 1) is { } threads) changes.Add(o => o with { Threads = threads });
        if (place.OneOf("device", ["cpu", "cuda"]) is "cuda") changes.Add(o => o with { Device = TrainingDevice.Cuda() });
        if (place.OneOf("precision", ["float32", "bfloat16"]) is "bfloat16") changes.Add(o => o with { Precision = TrainingPrecision.BFloat16 });
        if (place.Object("network") is { } network) changes.Add(Network(network));
        if (place.Object("instanceLevel") is { } instance) changes.Add(InstanceLevel(instance));
        var scales = new Dictionary<string, double>(StringComparer.Ordinal);
        if (place.Object("lossScales") is { } byTask)
            foreach (var task in byTask.Names) scales[task] = byTask.Number(task, 0)!.Value;
        var section = new TrainingSection(options => changes.Aggregate(options, (o, next) => next(o)), place.Canonical())
        {
            Epochs = epochs,
            LossScales = scales,
            PersonAugmentation = place.Number("personAugmentation", 0),
        };
        place.End();
        try
        {
            section.Apply(new TrainingOptions()).Validate();
        }
        catch (ArgumentException e)
        {
            throw new ExperimentException($"{place.Where()}: {e.Message}", e);
        }
        return section;
    }

    // The polymorphic reader wants the kind first; the canonical form has it among the others in order.
    private static Func<TrainingOptions, TrainingOptions> Network(JsonPlace place)
    {
        var kind = place.RequiredText("kind");
        try
        {
            var rest = place.Canonical("kind")[1..];
            var network = NetworkDefinition.FromJson($"{{\"kind\":{System.Text.Json.JsonSerializer.Serialize(kind)}{(rest == "}" ? rest : "," + rest)}");
            return options => options with { Network = network };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new ExperimentException($"{place.Where()}: {e.Message}", e);
        }
    }

    private static Func<TrainingOptions, TrainingOptions> InstanceLevel(JsonPlace place)
    {
        var step = place.Number("stepSize", 0);
        var momentum = place.Number("momentum", 0, 1);
        var pull = place.Number("medianPull", 0);
        var warmup = place.Whole("warmupEpochs");
        var minimum = place.Number("minimum");
        var maximum = place.Number("maximum");
        place.End();
        return options => options with
        {
            InstanceLevel = options.InstanceLevel with
            {
                StepSize = step ?? options.InstanceLevel.StepSize,
                Momentum = momentum ?? options.InstanceLevel.Momentum,
                MedianPull = pull ?? options.InstanceLevel.MedianPull,
                WarmupEpochs = warmup ?? options.InstanceLevel.WarmupEpochs,
                Minimum = minimum ?? options.InstanceLevel.Minimum,
                Maximum = maximum ?? options.InstanceLevel.Maximum,
            },
        };
    }
}
