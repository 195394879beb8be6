using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>A layer that can multiply in another precision than its parameters have.</summary>
internal interface IPrecisionLayer
{
    /// <summary>Of its multiplications in training; what is predicted is computed in single precision.</summary>
    TrainingPrecision Precision { set; }
}

/// <summary>Into the type in which a layer multiplies and back. Gradients take the same way, so those of parameters are single precision too.</summary>
internal static class LayerCasts
{
    public static Tensor ToBFloat16(this Tensor tensor) => tensor.to_type(ScalarType.BFloat16);

    public static Tensor ToFloat32(this Tensor tensor) => tensor.to_type(ScalarType.Float32);
}
