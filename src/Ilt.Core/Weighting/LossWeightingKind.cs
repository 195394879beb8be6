namespace Ilt.Weighting;

/// <summary>The built-in ways of weighing task losses.</summary>
public enum LossWeightingKind
{
    /// <summary>Instance-level task parameters, <see cref="InstanceLevelWeighting"/> (ilt).</summary>
    InstanceLevel,

    /// <summary>The plain sum, <see cref="EqualWeighting"/> (equal).</summary>
    Equal,

    /// <summary>One learned log-variance per task, <see cref="UncertaintyWeighting"/> (mtu).</summary>
    Uncertainty,

    /// <summary>Dynamic weight average, <see cref="Ilt.Weighting.DynamicWeightAverage"/> (dwa).</summary>
    DynamicWeightAverage,

    /// <summary>Geometric mean of the losses, <see cref="Ilt.Weighting.GeometricLoss"/> (gls).</summary>
    GeometricLoss,

    /// <summary>Random weights in every step, <see cref="RandomLossWeighting"/> (rlw).</summary>
    RandomLoss,

    /// <summary>One learned scale per task, <see cref="ImpartialLossWeighting"/> (imtl-l).</summary>
    ImpartialLoss,

    /// <summary>The sum of the logarithms, <see cref="LogarithmicLoss"/> (log).</summary>
    Logarithmic,

    /// <summary>Balanced gradients, <see cref="Ilt.Weighting.GradientNormalization"/> (gradnorm).</summary>
    GradientNormalization,

    /// <summary>Balanced progress, <see cref="FastAdaptiveWeighting"/> (famo).</summary>
    FastAdaptive,

    /// <summary>A smooth maximum of the losses, <see cref="Ilt.Weighting.SmoothTchebycheff"/> (stch).</summary>
    SmoothTchebycheff,

    /// <summary>Weights by how far tasks are from their best, <see cref="ExcessRiskWeighting"/> (excess).</summary>
    ExcessRisk,

    /// <summary>Temperatures of classes and rows, <see cref="DataParameterWeighting"/> (dp).</summary>
    DataParameters,
}
