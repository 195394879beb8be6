namespace Ilt.Weighting;

/// <summary>How the temperatures of <see cref="DataParameterWeighting"/> move. Immutable.</summary>
public sealed record DataParameterOptions : WeightingOptions
{
    /// <inheritdoc/>
    public override LossWeightingKind Kind => LossWeightingKind.DataParameters;

    /// <summary>Step of the logarithm of a row's temperature each time the row is visited, whatever the batch size. Default 0.06; above 0 and below 2 (1 + <see cref="Momentum"/>).</summary>
    public double InstanceStepSize { get; init; } = 0.06;

    /// <summary>Step of the logarithm of a class's temperature per batch, by the mean over the labelled rows of the batch. Default 0.1; at least 0, and 0 turns them off.</summary>
    public double ClassStepSize { get; init; } = 0.1;

    /// <summary>Heavy-ball momentum of both; a temperature that is not in the batch keeps its own. Default 0.9; in [0, 1).</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Decay of the logarithms of the temperatures in the batch towards their start. Default 0; at least 0.</summary>
    public double Decay { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and below 1");
        Require(InstanceStepSize > 0 && InstanceStepSize < 2 * (1 + Momentum), nameof(InstanceStepSize), InstanceStepSize, "above 0 and below 2 (1 + momentum)");
        Require(ClassStepSize >= 0 && double.IsFinite(ClassStepSize), nameof(ClassStepSize), ClassStepSize, "a finite number of at least 0");
        Require(Decay >= 0 && double.IsFinite(Decay), nameof(Decay), Decay, "a finite number of at least 0");
    }

    internal override IReadOnlyList<WeightingNumber> Numbers =>
    [
        new("step", InstanceStepSize, value => this with { InstanceStepSize = value }),
        new("class-step", ClassStepSize, value => this with { ClassStepSize = value }),
        new("momentum", Momentum, value => this with { Momentum = value }),
        new("decay", Decay, value => this with { Decay = value }),
    ];

    internal override ILossWeighting Create(WeightingContext context) => new DataParameterWeighting(context.Rows, context.Tasks, this, context.Memory);
}
