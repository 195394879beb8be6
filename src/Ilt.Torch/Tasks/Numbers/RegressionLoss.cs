namespace Ilt.Torch;

/// <summary>Between what a regression's squared error is taken.</summary>
public enum RegressionLoss
{
    /// <summary>Between the scaled numbers.</summary>
    Squared,

    /// <summary>
    /// Between rotation matrices: the numbers are rotations of six numbers each (<see cref="Ilt.Bodies.Rotations"/>), and the error is that
    /// of their 3 x 3 matrices after Gram and Schmidt. Asks for <see cref="TargetScale.Common"/>.
    /// </summary>
    RotationMatrices,
}

/// <summary>How the squared errors of a vector's components become one loss per row.</summary>
public enum RegressionReduction
{
    /// <summary>The mean over the components: the same size of loss for any length of vector.</summary>
    Mean,

    /// <summary>The sum over the components, the squared L2 distance of the paper (Eq. 2).</summary>
    Sum,
}
