namespace Ilt.Weighting;

/// <summary>How <see cref="UncertaintyWeighting"/> moves its log-variances. Immutable.</summary>
public sealed record UncertaintyWeightingOptions : WeightingOptions
{
    /// <inheritdoc/>
    public override LossWeightingKind Kind => LossWeightingKind.Uncertainty;

    /// <summary>Adam's step per batch, about the change of s_k in one batch. Default 0.01; above 0.</summary>
    public double StepSize { get; init; } = 0.01;

    /// <summary>
    /// Factor of s_k in the objective. Default 0.5, that is log sigma_k as in Kendall, Gal and Cipolla (2018); variants use 1. Above 0.
    /// </summary>
    public double LogVarianceFactor { get; init; } = 0.5;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequirePositive(StepSize, nameof(StepSize));
        RequirePositive(LogVarianceFactor, nameof(LogVarianceFactor));
    }

    internal override IReadOnlyList<WeightingNumber> Numbers =>
    [
        new("step", StepSize, value => this with { StepSize = value }),
        new("factor", LogVarianceFactor, value => this with { LogVarianceFactor = value }),
    ];

    internal override ILossWeighting Create(WeightingContext context) => new UncertaintyWeighting(context.Tasks, this);
}
