using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Probabilities of classes, and the way back to what a network emits.</summary>
internal static class Probabilities
{
    /// <summary>Keeps the logarithm of a probability that was rounded to zero finite.</summary>
    public const double Smallest = 1e-15;

    private static readonly Scalar KeptSmallest = Smallest;

    /// <summary>Logits that give these probabilities: their logarithms.</summary>
    public static Tensor ToLogits(Tensor probabilities) => probabilities.clamp_min(KeptSmallest).log();
}
