namespace Ilt.Weighting;

/// <summary>How even <see cref="DynamicWeightAverage"/> is. Immutable.</summary>
public sealed record DynamicWeightAverageOptions : WeightingOptions
{
    /// <inheritdoc/>
    public override LossWeightingKind Kind => LossWeightingKind.DynamicWeightAverage;

    /// <summary>Softmax temperature T; higher is more even. Default 2; above 0.</summary>
    public double Temperature { get; init; } = DynamicWeightAverage.DefaultTemperature;

    /// <inheritdoc/>
    public override void Validate() => RequirePositive(Temperature, nameof(Temperature));

    internal override IReadOnlyList<WeightingNumber> Numbers => [new("temperature", Temperature, value => this with { Temperature = value })];

    internal override ILossWeighting Create(WeightingContext context) => new DynamicWeightAverage(Temperature);
}
