using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Dropout that draws from a generator of the caller's: torch's own draws from one that all trainings of a process share. Drawn in the host's
/// memory, so that one seed drops the same units on every device.
/// </summary>
internal static class Dropout
{
    /// <summary>As torch's own, number for number where the generators stand alike: zero with the probability given, else divided by one minus it.</summary>
    public static Tensor Apply(Tensor input, double probability, bool training, Generator random)
    {
        if (!training || probability == 0) return input;
        using Scalar kept = 1 - probability;
        return input.mul(Tensors.HostLike(input).bernoulli_(1 - probability, random).div_(kept).Beside(input));
    }
}
