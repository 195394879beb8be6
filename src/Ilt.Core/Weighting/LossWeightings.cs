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
    ];

    /// <summary>The short names, in the order of <see cref="LossWeightingKind"/>.</summary>
    public static IReadOnlyList<string> ShortNames { get; } = [.. Names.Select(entry => entry.Name)];

    /// <summary>Short name of a weighting: ilt, equal, mtu, dwa or gls.</summary>
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
    /// <param name="name">ilt, equal, mtu, dwa or gls.</param>
    /// <returns>The weighting.</returns>
    /// <exception cref="ArgumentException">The name is unknown; the message lists the known ones.</exception>
    public static LossWeightingKind Parse(string name)
    {
        foreach (var entry in Names)
            if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
                return entry.Kind;
        throw new ArgumentException($"Unknown weighting '{name}'; expected one of {string.Join(", ", ShortNames)}.", nameof(name));
    }

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
        double dwaTemperature = DynamicWeightAverage.DefaultTemperature) => kind switch
    {
        LossWeightingKind.InstanceLevel => new InstanceLevelWeighting(rows, tasks, totalEpochs, instanceLevel ?? new InstanceTaskParameterOptions()),
        LossWeightingKind.Equal => new EqualWeighting(),
        LossWeightingKind.Uncertainty => new UncertaintyWeighting(tasks),
        LossWeightingKind.DynamicWeightAverage => new DynamicWeightAverage(dwaTemperature),
        LossWeightingKind.GeometricLoss => new GeometricLoss(),
        _ => throw new ArgumentException($"Unknown weighting {kind}.", nameof(kind)),
    };
}
