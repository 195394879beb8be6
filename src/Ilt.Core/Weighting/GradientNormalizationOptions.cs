namespace Ilt.Weighting;

/// <summary>How <see cref="GradientNormalization"/> balances. Immutable.</summary>
public sealed record GradientNormalizationOptions : WeightingOptions
{
    /// <inheritdoc/>
    public override LossWeightingKind Kind => LossWeightingKind.GradientNormalization;

    /// <summary>How strongly tasks are brought to one rate of learning; 0: all gradients of one norm. Default 1.5; at least 0.</summary>
    public double Alpha { get; init; } = 1.5;

    /// <summary>Adam's step per batch, about the change of w_k in one batch. Default 0.025; above 0.</summary>
    public double StepSize { get; init; } = 0.025;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Alpha >= 0 && double.IsFinite(Alpha), nameof(Alpha), Alpha, "a finite number of at least 0");
        RequirePositive(StepSize, nameof(StepSize));
    }

    internal override IReadOnlyList<WeightingNumber> Numbers =>
        [new("alpha", Alpha, value => this with { Alpha = value }), new("step", StepSize, value => this with { StepSize = value })];

    internal override ILossWeighting Create(WeightingContext context) => new GradientNormalization(context.Tasks.Count, this);
}
