namespace Ilt.Onnx;

/// <summary>What an exported model takes.</summary>
public enum OnnxInput
{
    /// <summary>
    /// The columns of the pipeline's own input, one ONNX input each: the ML.NET steps before the network (missing values, normalization, one-hot,
    /// ...) are part of the file. For images the same as <see cref="Network"/>.
    /// </summary>
    Columns,

    /// <summary>What the network reads: the vector of features as the steps prepared it, or an image [C, H, W] of 0 .. 255.</summary>
    Network,
}
