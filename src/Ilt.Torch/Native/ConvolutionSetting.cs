namespace Ilt.Torch.Native;

/// <summary>How libtorch computes convolutions on the CPU, fastest first.</summary>
internal enum ConvolutionSetting
{
    /// <summary>As libtorch chooses: code that oneDNN compiles for this processor.</summary>
    Default,

    /// <summary>oneDNN without the instruction sets above AVX.</summary>
    Avx,

    /// <summary>Without oneDNN: libtorch's own convolutions, several times slower.</summary>
    WithoutOneDnn,
}
