namespace Ilt.Corruption;

/// <summary>Ways of making labels wrong on purpose.</summary>
public enum LabelCorruptionKind
{
    /// <summary>Classes: each chosen row gets one of the other classes, all equally likely.</summary>
    UniformFlip,

    /// <summary>Classes: class c becomes class c + 1, the last one the first.</summary>
    PairFlip,

    /// <summary>Classes: one random permutation of the class names without a fixed point, applied to all chosen rows.</summary>
    PermuteClasses,

    /// <summary>Numbers: adds to every component a number drawn uniformly from [Low, High).</summary>
    UniformNoise,

    /// <summary>Numbers: adds to every component a number drawn from a normal distribution with mean 0.</summary>
    GaussianNoise,

    /// <summary>Classes or numbers: the chosen rows exchange their whole labels among each other.</summary>
    Swap,
}
