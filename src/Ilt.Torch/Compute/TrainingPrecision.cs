namespace Ilt.Torch;

/// <summary>In what numbers the layers of a network multiply while it is trained.</summary>
public enum TrainingPrecision
{
    /// <summary>Single precision throughout.</summary>
    Float32,

    /// <summary>
    /// Convolutions and linear layers take their inputs and weights as bfloat16 (8 bits of precision, the range of single precision) and give single
    /// precision back. Parameters, optimiser, normalisation, losses and log-variances stay in single precision, and so does all that is measured or
    /// predicted. Pays off on GPUs made for it, hardly on a CPU.
    /// </summary>
    BFloat16,
}
