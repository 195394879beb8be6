namespace Ilt.Weighting;

/// <summary>How sharp <see cref="SmoothTchebycheff"/> is. Immutable.</summary>
public sealed record SmoothTchebycheffOptions : WeightingOptions
{
    /// <inheritdoc/>
    public override LossWeightingKind Kind => LossWeightingKind.SmoothTchebycheff;

    /// <summary>Smoothness mu of the maximum, on the scale of logarithms of losses. Default 1; above 0.</summary>
    public double Mu { get; init; } = 1;

    /// <summary>Epochs at the start with the sum of logarithms. Default 1; at least 1. A run that is no longer never takes the maximum.</summary>
    public int WarmupEpochs { get; init; } = 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        RequirePositive(Mu, nameof(Mu));
        Require(WarmupEpochs >= 1, nameof(WarmupEpochs), WarmupEpochs, "at least 1");
    }

    internal override IReadOnlyList<WeightingNumber> Numbers => [new("mu", Mu, value => this with { Mu = value }), new("warmup", WarmupEpochs, WithWarmup)];

    internal override ILossWeighting Create(WeightingContext context) => new SmoothTchebycheff(context.Tasks.Count, this);

    private SmoothTchebycheffOptions WithWarmup(double epochs)
    {
        Require(epochs == (int)epochs, nameof(WarmupEpochs), epochs, "a whole number");
        return this with { WarmupEpochs = (int)epochs };
    }
}
