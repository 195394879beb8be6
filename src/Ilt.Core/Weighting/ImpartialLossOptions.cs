namespace Ilt.Weighting;

/// <summary>How <see cref="ImpartialLossWeighting"/> moves its scales. Immutable.</summary>
public sealed record ImpartialLossOptions : WeightingOptions
{
    /// <inheritdoc/>
    public override LossWeightingKind Kind => LossWeightingKind.ImpartialLoss;

    /// <summary>Adam's step per batch, about the change of s_k in one batch. Default 0.01; above 0.</summary>
    public double StepSize { get; init; } = 0.01;

    /// <inheritdoc/>
    public override void Validate() => RequirePositive(StepSize, nameof(StepSize));

    internal override IReadOnlyList<WeightingNumber> Numbers => [new("step", StepSize, value => this with { StepSize = value })];

    internal override ILossWeighting Create(WeightingContext context) => new ImpartialLossWeighting(context.Tasks.Count, this);
}
