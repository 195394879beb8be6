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
}
