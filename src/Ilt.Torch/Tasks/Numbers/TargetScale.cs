namespace Ilt.Torch;

/// <summary>The scale on which a regression target is learned.</summary>
public enum TargetScale
{
    /// <summary>
    /// Per component: bent by an inverse hyperbolic sine (about a straight line for most rows, a logarithm for the far ones) and
    /// standardised. For counts, prices, measurements: numbers of different units that may have far outliers.
    /// </summary>
    Bent,

    /// <summary>
    /// A straight line with one deviation for all components, so that the loss is the squared L2 distance of the paper (Eq. 2) up to a
    /// constant. For vectors whose components have one unit: coordinates, rotations, coefficients. A component may be constant.
    /// </summary>
    Common,
}
