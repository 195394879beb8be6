namespace Ilt.Weighting;

/// <summary>How <see cref="FastAdaptiveWeighting"/> moves. Immutable.</summary>
public sealed record FastAdaptiveOptions : WeightingOptions
{
    /// <inheritdoc/>
    public override LossWeightingKind Kind => LossWeightingKind.FastAdaptive;

    /// <summary>Decay of xi, which keeps the tasks' weights from drifting apart. Default 0.001; at least 0.</summary>
    public double Gamma { get; init; } = 0.001;

    /// <summary>Adam's step per batch, about the change of xi_k in one batch. Default 0.025; above 0.</summary>
    public double StepSize { get; init; } = 0.025;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Gamma >= 0 && double.IsFinite(Gamma), nameof(Gamma), Gamma, "a finite number of at least 0");
        RequirePositive(StepSize, nameof(StepSize));
    }

    internal override IReadOnlyList<WeightingNumber> Numbers =>
        [new("gamma", Gamma, value => this with { Gamma = value }), new("step", StepSize, value => this with { StepSize = value })];

    internal override ILossWeighting Create(WeightingContext context) => new FastAdaptiveWeighting(context.Tasks.Count, this);
}
