using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>A network with a trunk that its tasks share, and what rows look like at the trunk's end.</summary>
internal interface IEmbeddingNetwork
{
    /// <summary>The trunk's last features: of maps their means.</summary>
    /// <param name="input">[B, D] or [B, C, H, W], as forward takes it.</param>
    /// <returns>[B, E]; null: the trunk has no layer.</returns>
    Tensor? Embed(Tensor input);
}
