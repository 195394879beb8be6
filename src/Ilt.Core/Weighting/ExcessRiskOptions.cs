namespace Ilt.Weighting;

/// <summary>How <see cref="ExcessRiskWeighting"/> moves. Immutable.</summary>
public sealed record ExcessRiskOptions : WeightingOptions
{
    /// <inheritdoc/>
    public override LossWeightingKind Kind => LossWeightingKind.ExcessRisk;

    /// <summary>eta, the step of log alpha per batch at a task's first excess risk. Default 0.01; above 0.</summary>
    public double StepSize { get; init; } = 0.01;

    /// <inheritdoc/>
    public override void Validate() => RequirePositive(StepSize, nameof(StepSize));

    internal override IReadOnlyList<WeightingNumber> Numbers => [new("step", StepSize, value => this with { StepSize = value })];

    internal override ILossWeighting Create(WeightingContext context) => new ExcessRiskWeighting(context.Tasks.Count, this);
}
