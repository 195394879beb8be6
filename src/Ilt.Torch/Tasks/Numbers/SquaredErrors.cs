using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>The squared errors of vectors, one per row.</summary>
internal static class SquaredErrors
{
    /// <summary>[B, D] and [B, D] to [B].</summary>
    public static Tensor PerRow(RegressionReduction reduction, Tensor output, Tensor target)
    {
        var squared = output.sub(target).Squared(); // [B, D]
        return reduction == RegressionReduction.Sum ? squared.sum(1) : squared.mean([1]);
    }
}
