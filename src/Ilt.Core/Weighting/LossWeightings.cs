using Ilt.Parameters;

namespace Ilt.Weighting;

/// <summary>Names and creation of the built-in weightings.</summary>
public static class LossWeightings
{
    private static readonly (LossWeightingKind Kind, string Name)[] Names =
    [
        (LossWeightingKind.InstanceLevel, "ilt"),
        (LossWeightingKind.Equal, "equal"),
        (LossWeightingKind.Uncertainty, "mtu"),
        (LossWeightingKind.DynamicWeightAverage, "dwa"),
        (LossWeightingKind.GeometricLoss, "gls"),
        (LossWeightingKind.RandomLoss, "rlw"),
        (LossWeightingKind.ImpartialLoss, "imtl-l"),
        (LossWeightingKind.Logarithmic, "log"),
        (LossWeightingKind.GradientNormalization, "gradnorm"),
        (LossWeightingKind.FastAdaptive, "famo"),
        (LossWeightingKind.SmoothTchebycheff, "stch"),
        (LossWeightingKind.ExcessRisk, "excess"),
        (LossWeightingKind.DataParameters, "dp"),
    ];

    /// <summary>The short names, in the order of <see cref="LossWeightingKind"/>.</summary>
    public static IReadOnlyList<string> ShortNames { get; } = [.. Names.Select(entry => entry.Name)];

    /// <summary>Short name of a weighting.</summary>
    /// <param name="kind">The weighting.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The value is not one of the enumeration.</exception>
    public static string ShortName(LossWeightingKind kind)
    {
        foreach (var entry in Names)
            if (entry.Kind == kind)
                return entry.Name;
        throw new ArgumentException($"Unknown weighting {kind}.", nameof(kind));
    }

    /// <summary>Reads a short name, in upper or lower case.</summary>
    /// <param name="name">One of <see cref="ShortNames"/>.</param>
    /// <returns>The weighting.</returns>
    /// <exception cref="ArgumentException">The name is unknown; the message lists the known ones.</exception>
    public static LossWeightingKind Parse(string name)
    {
        foreach (var entry in Names)
            if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
                return entry.Kind;
        throw new ArgumentException($"Unknown weighting '{name}'; expected one of {string.Join(", ", ShortNames)}.", nameof(name));
    }

    /// <summary>The options of a weighting, all at their defaults; null for one that has none of its own, or has <see cref="InstanceTaskParameterOptions"/>.</summary>
    /// <param name="kind">The weighting.</param>
    public static WeightingOptions? DefaultOptions(LossWeightingKind kind) => kind switch
    {
        LossWeightingKind.Uncertainty => new UncertaintyWeightingOptions(),
        LossWeightingKind.DynamicWeightAverage => new DynamicWeightAverageOptions(),
        LossWeightingKind.ImpartialLoss => new ImpartialLossOptions(),
        LossWeightingKind.GradientNormalization => new GradientNormalizationOptions(),
        LossWeightingKind.FastAdaptive => new FastAdaptiveOptions(),
        LossWeightingKind.SmoothTchebycheff => new SmoothTchebycheffOptions(),
        LossWeightingKind.ExcessRisk => new ExcessRiskOptions(),
        LossWeightingKind.DataParameters => new DataParameterOptions(),
        _ => null,
    };

    /// <summary>Creates a weighting for one training run.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="rows">Number of training rows.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="totalEpochs">Planned length of the run, at least 1.</param>
    /// <param name="instanceLevel">Options of <see cref="InstanceLevelWeighting"/>; null for the defaults.</param>
    /// <param name="dwaTemperature">Temperature of <see cref="Ilt.Weighting.DynamicWeightAverage"/>.</param>
    /// <returns>A fresh weighting.</returns>
    /// <exception cref="ArgumentException">An argument or option is out of range.</exception>
    public static ILossWeighting Create(
        LossWeightingKind kind,
        int rows,
        IReadOnlyList<WeightingTask> tasks,
        int totalEpochs,
        InstanceTaskParameterOptions? instanceLevel = null,
        double dwaTemperature = DynamicWeightAverage.DefaultTemperature) =>
        Create(kind, new WeightingContext(rows, tasks, totalEpochs), kind == LossWeightingKind.DynamicWeightAverage ? new DynamicWeightAverageOptions { Temperature = dwaTemperature } : null, instanceLevel);

    /// <summary>Creates a weighting for one training run.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="context">The run.</param>
    /// <param name="options">Options of that kind; null for the defaults.</param>
    /// <param name="instanceLevel">Options of <see cref="InstanceLevelWeighting"/>; null for the defaults.</param>
    /// <returns>A fresh weighting.</returns>
    /// <exception cref="ArgumentException">An argument or option is out of range, or the options are those of another weighting.</exception>
    public static ILossWeighting Create(LossWeightingKind kind, WeightingContext context, WeightingOptions? options = null, InstanceTaskParameterOptions? instanceLevel = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (options is not null && options.Kind != kind)
            throw new ArgumentException($"The options are those of {options.Kind}; expected those of {kind}, or none.", nameof(options));
        return kind switch
        {
            LossWeightingKind.InstanceLevel =>
                new InstanceLevelWeighting(context.Rows, context.Tasks, context.Epochs, instanceLevel ?? new InstanceTaskParameterOptions(), context.Memory),
            LossWeightingKind.Equal => new EqualWeighting(),
            LossWeightingKind.GeometricLoss => new GeometricLoss(),
            LossWeightingKind.RandomLoss => new RandomLossWeighting(context.Tasks.Count, context.Seed),
            LossWeightingKind.Logarithmic => new LogarithmicLoss(),
            _ => (options ?? DefaultOptions(kind))?.Create(context) ?? throw new ArgumentException($"Unknown weighting {kind}.", nameof(kind)),
        };
    }
}
